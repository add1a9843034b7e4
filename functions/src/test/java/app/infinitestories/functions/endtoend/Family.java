package app.infinitestories.functions.endtoend;

import app.infinitestories.functions.contract.OpenApiContract;
import app.infinitestories.local.stack.LocalStack;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** A parent with an account and a phone, who calls the API as the app does. */
record Family(LocalStack stack, URI api, String uid, String token, String phone) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final OpenApiContract CONTRACT = OpenApiContract.checkedIn();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** An answer of the API. */
  record Answer(int status, JsonNode body, int retryAfter) {}

  static Family signUp(LocalStack stack) {
    var family = newcomer(stack);
    family.expect(
        "POST",
        "/api/v1/users",
        Map.of("displayName", "Sample Parent", "language", "en", "guardianConsent", true));
    family.expect(
        "PUT",
        "/api/v1/users/me/fcm-token",
        Map.of("token", family.phone(), "deviceId", "sample-phone", "platform", "android"));
    return family;
  }

  /** Somebody who has just signed up, and whose token the API has never seen. */
  static Family newcomer(LocalStack stack) {
    var id = UUID.randomUUID().toString();
    var signedUp =
        send(
            HttpRequest.newBuilder(
                    stack
                        .part("auth")
                        .address()
                        .resolve("/identitytoolkit.googleapis.com/v1/accounts:signUp?key=sample"))
                .header("Content-Type", "application/json")
                .POST(
                    json(
                        Map.of(
                            "email",
                            "parent-" + id + "@example.com",
                            "password",
                            "sample-" + id,
                            "returnSecureToken",
                            true))));
    return new Family(
        stack,
        stack.part("api").address(),
        signedUp.body().path("localId").asText(),
        signedUp.body().path("idToken").asText(),
        "sample-phone-" + id);
  }

  /** The same parent, whose app is answered by another instance. */
  Family at(URI anotherApi) {
    return new Family(stack, anotherApi, uid, token, phone);
  }

  /** A cheap story: short, without clips. */
  static Map<String, Object> pictures() {
    var order = new HashMap<String, Object>();
    order.put("name", "Quillon");
    order.put("age", 6);
    order.put("genre", "adventure");
    order.put("length", "short");
    order.put("video", false);
    order.put("guardianConsent", true);
    return order;
  }

  static Map<String, Object> clips() {
    var order = pictures();
    order.put("video", true);
    return order;
  }

  /** Uploads a photo and orders a story with it; answers the job's id. */
  String order(Map<String, Object> order) {
    var body = new HashMap<>(order);
    body.put("photo", uploadPhoto());
    return expect("POST", "/api/v2/user-stories", body).path("job").path("id").asText();
  }

  static byte[] photo() {
    try (var in =
        Objects.requireNonNull(
            LocalStack.class.getResourceAsStream(
                "/app/infinitestories/local/samples/photo-1.jpg"))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks where to upload the photo. */
  JsonNode offerPhoto() {
    return expect(
        "POST",
        "/api/v2/files/upload",
        Map.of(
            "fileName",
            "photo.jpg",
            "mimeType",
            "image/jpeg",
            "fileSize",
            photo().length,
            "category",
            "photo"));
  }

  private String uploadPhoto() {
    byte[] photo = photo();
    var offer = offerPhoto();
    var put =
        HttpRequest.newBuilder(URI.create(offer.path("uploadUrl").asText()))
            .PUT(BodyPublishers.ofByteArray(photo));
    offer
        .path("headers")
        .properties()
        .forEach(header -> put.header(header.getKey(), header.getValue().asText()));
    var stored = send(put);
    if (stored.status() / 100 != 2) {
      throw new AssertionError("The photo was not taken: " + stored.status());
    }
    String key = offer.path("storageKey").asText();
    expect("POST", "/api/v2/files/confirm", Map.of("storageKey", key));
    return key;
  }

  void cancel(String jobId) {
    expect("POST", "/api/v2/user-stories/" + jobId + "/cancel", Map.of());
  }

  Answer get(String path) {
    return send(request(path).GET());
  }

  JsonNode expect(String method, String path, Map<String, ?> body) {
    var answer = call(method, path, body);
    if (answer.status() / 100 != 2) {
      throw new AssertionError(method + " " + path + ": " + answer);
    }
    return answer.body();
  }

  Answer delete(String path) {
    return send(request(path).DELETE());
  }

  Answer post(String path, Map<String, ?> body) {
    return call("POST", path, body);
  }

  private Answer call(String method, String path, Map<String, ?> body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .method(method, body.isEmpty() ? BodyPublishers.noBody() : json(body)));
  }

  private HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(api.resolve(path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private static HttpRequest.BodyPublisher json(Map<String, ?> body) {
    return BodyPublishers.ofString(JSON.valueToTree(body).toString());
  }

  /** What Cloud Scheduler sends to a function. */
  static void tick(URI function) {
    var answer = send(HttpRequest.newBuilder(function).POST(BodyPublishers.noBody()));
    if (answer.status() / 100 != 2) {
      throw new AssertionError(function + ": " + answer);
    }
  }

  private static OpenApiContract.Exchange exchange(HttpResponse<String> answer) {
    var headers = new HashMap<String, String>();
    answer.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    return new OpenApiContract.Exchange(
        answer.request().method(),
        answer.uri().getPath(),
        answer.statusCode(),
        headers,
        answer.body());
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
      if (answer.uri().getPath().startsWith("/api/")) {
        CONTRACT.check(exchange(answer));
      }
      boolean json = answer.headers().firstValue("Content-Type").orElse("").contains("json");
      return new Answer(
          answer.statusCode(),
          json ? JSON.readTree(answer.body()) : JSON.getNodeFactory().missingNode(),
          answer.headers().firstValue("Retry-After").map(Integer::parseInt).orElse(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
