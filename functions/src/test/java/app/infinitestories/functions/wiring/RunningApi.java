package app.infinitestories.functions.wiring;

import app.infinitestories.functions.api.ApiRoutes;
import app.infinitestories.functions.api.InMemory;
import app.infinitestories.functions.api.TestBucket;
import app.infinitestories.functions.web.RouterCaller;
import app.infinitestories.functions.web.RouterCaller.Answer;
import app.infinitestories.functions.web.User;
import app.infinitestories.local.storage.StorageStandIn;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.realtime.RealtimeNodes;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.queue.Timing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.cloud.firestore.Firestore;
import com.google.common.base.Supplier;
import com.google.common.base.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The whole API, wired as in production, over the real Firestore emulator and a bucket that checks
 * signatures; a bearer token is its user's uid, and who is called {@code admin-…} is one. Tasks go
 * nowhere: nothing works on what is ordered here.
 */
public final class RunningApi implements AutoCloseable {
  /** The token of somebody who may do what staff may. */
  public static final String ADMIN = "admin-staff";

  /** Nobody listens there. */
  private static final String NOWHERE = "http://127.0.0.1:1";

  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final TestBucket bucket;
  private final RealtimeNodes nodes = new InMemory.Nodes();
  private final ApiRoutes routes;
  private final RouterCaller nobody;

  /**
   * Wires it with the machine's clock.
   *
   * @param changes names and values of settings that are not the usual ones, in turn
   */
  public RunningApi(Firestore firestore, String... changes) {
    this(firestore, Clock.systemUTC(), changes);
  }

  /**
   * Wires it with another clock.
   *
   * @param clock the API's, and what the bucket tells the age of signatures by
   */
  public RunningApi(Firestore firestore, Clock clock, String... changes) {
    bucket = TestBucket.open(clock);
    var clients =
        new Clients(
            () -> firestore,
            bucket::media,
            InMemory.Tasks::new,
            notHere("auth"),
            notHere("messaging"));
    var timing =
        new Timing(clock, Ticker.systemTicker(), new SplittableRandom(1), Timing.system().pause());
    ApiWiring api = new Wiring(settings(changes), clients, nodes, timing).api();
    routes = api.routes();
    nobody = new RouterCaller(api.router(RunningApi::authenticate));
  }

  private static Settings settings(String... changes) {
    var variables = new HashMap<String, String>();
    variables.put("ENVIRONMENT", "local");
    variables.put("GOOGLE_CLOUD_PROJECT", "demo-api");
    variables.put("STORAGE_BUCKET", "bucket");
    variables.put("OPENAI_API_KEY", "sample");
    variables.put("OPENAI_BASE_URL", NOWHERE);
    variables.put("RUNWAY_API_KEY", "sample");
    variables.put("RUNWAY_BASE_URL", NOWHERE);
    variables.put("AI_CHILD_DATA_ALLOWED", "true");
    variables.put("RATE_LIMIT_FACTOR", "1000");
    for (int i = 0; i < changes.length; i += 2) {
      variables.put(changes[i], changes[i + 1]);
    }
    return Settings.of(variables);
  }

  private static User authenticate(String token) {
    if (token.equals("bad")) {
      throw new Failure.Unauthenticated();
    }
    return new User(token, token + "@example.com", true, token.startsWith("admin-"));
  }

  private static <T> Supplier<T> notHere(String what) {
    return () -> {
      throw new IllegalStateException("no route of these tests needs " + what);
    };
  }

  /** Asks without being signed in. */
  public RouterCaller nobody() {
    return nobody;
  }

  /** Asks as that user. */
  public RouterCaller as(String uid) {
    return nobody.as(uid);
  }

  /** A GET by a user, or by nobody for null; headers as name, value, name, value. */
  public Answer get(@Nullable String uid, String target, String... headers) {
    return send(uid, "GET", target, null, headers);
  }

  /** Any request by a user, or by nobody for null. */
  public Answer send(
      @Nullable String uid,
      String method,
      String target,
      @Nullable Map<String, ?> body,
      String... headers) {
    RouterCaller caller = uid == null ? nobody : nobody.as(uid);
    for (int i = 0; i < headers.length; i += 2) {
      caller = caller.with(headers[i], headers[i + 1]);
    }
    return body == null
        ? caller.ask(method, target, new byte[0])
        : caller.send(method, target, JSON.valueToTree(body).toString());
  }

  /** Everything that is mounted. */
  public ApiRoutes routes() {
    return routes;
  }

  /** The bucket. */
  public MediaStore media() {
    return bucket.media();
  }

  /** What the sync would project. */
  public void project(String path, Map<String, @Nullable Object> node) {
    nodes.put(path, node, 1);
  }

  /** Where to put a photo of that user. */
  public JsonNode offer(String uid) {
    return as(uid)
        .send(
            "POST",
            "/api/v2/files/upload",
            "{\"fileName\":\"a.jpg\",\"mimeType\":\"image/jpeg\",\"fileSize\":%d,\"category\":\"photo\"}"
                .formatted(photo().length))
        .body();
  }

  /** Puts bytes to where an offer says; answers the status. */
  public int put(JsonNode offer, byte[] bytes) {
    var request =
        HttpRequest.newBuilder(URI.create(offer.path("uploadUrl").asText()))
            .PUT(BodyPublishers.ofByteArray(bytes));
    offer
        .path("headers")
        .properties()
        .forEach(header -> request.header(header.getKey(), header.getValue().asText()));
    return status(request.build());
  }

  /** The status that a media address is answered with. */
  public int open(String url) {
    return status(HttpRequest.newBuilder(URI.create(url)).build());
  }

  private static int status(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A photo that is confirmed; its storage key. */
  public String photoOf(String uid) {
    JsonNode offer = offer(uid);
    put(offer, photo());
    String key = offer.path("storageKey").asText();
    Answer confirmed = as(uid).send("POST", "/api/v2/files/confirm", json("storageKey", key));
    if (confirmed.status() != 200) {
      throw new AssertionError(confirmed);
    }
    return key;
  }

  /** An object of texts, from names and values in turn. */
  public static String json(String... fields) {
    var object = JSON.createObjectNode();
    for (int i = 0; i < fields.length; i += 2) {
      object.put(fields[i], fields[i + 1]);
    }
    return object.toString();
  }

  public static byte[] photo() {
    try (var in =
        Objects.requireNonNull(
            StorageStandIn.class.getResourceAsStream(
                "/app/infinitestories/local/samples/photo-1.jpg"))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    bucket.close();
  }
}
