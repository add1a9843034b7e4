package app.infinitestories.local.cli.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls of the app to the API, signed in as one parent. */
final class AppCalls {
  private final HttpCalls http;
  private final URI api;
  private final Parent parent;

  AppCalls(HttpCalls http, URI api, Parent parent) {
    this.http = http;
    this.api = api;
    this.parent = parent;
  }

  /** Makes the profile, with the guardian's consent to use photos. */
  void register(String language) {
    var body =
        object()
            .put("displayName", "Sample Parent")
            .put("language", language)
            .put("guardianConsent", true);
    call("registering the parent", "POST", "/api/v1/users", Map.of(), body);
  }

  /** Names the phone that is to get the push. */
  void putPushToken(String token) {
    var body =
        object().put("token", token).put("deviceId", "sample-phone").put("platform", "android");
    call("registering the phone", "PUT", "/api/v1/users/me/fcm-token", Map.of(), body);
  }

  /**
   * Sends a file by a signed URL: asks for the URL, puts the bytes with the headers it demands, and
   * has the API check what arrived.
   *
   * @return the key by which an order names the file
   */
  String upload(Attachment file) {
    byte[] bytes = file.bytes();
    var wish =
        object()
            .put("fileName", file.fileName())
            .put("mimeType", file.mimeType())
            .put("fileSize", bytes.length)
            .put("category", file.category().word());
    var offer =
        call(
            "asking where to upload " + file.noun(),
            "POST",
            "/api/v2/files/upload",
            Map.of(),
            wish);
    var headers = new LinkedHashMap<String, String>();
    offer
        .path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    http.put(
        "uploading " + file.noun() + " by its signed URL",
        URI.create(offer.path("uploadUrl").asText()),
        headers,
        bytes);
    var key = offer.path("storageKey").asText();
    call(
        "confirming " + file.noun(),
        "POST",
        "/api/v2/files/confirm",
        Map.of(),
        object().put("storageKey", key));
    return key;
  }

  /** Orders the film; answers the job. */
  JsonNode submit(
      StoryOrder order, String photoKey, @Nullable String ideaKey, String idempotencyKey) {
    return call(
            "ordering the story",
            "POST",
            "/api/v2/user-stories",
            Map.of("Idempotency-Key", idempotencyKey),
            order.body(photoKey, ideaKey))
        .path("job");
  }

  /** Job and story as they are now. */
  JsonNode item(String jobId) {
    return call("asking for the story", "GET", "/api/v2/user-stories/" + jobId, Map.of(), null);
  }

  JsonNode cost(String jobId) {
    var path = "/api/v2/user-stories/" + jobId + "/cost";
    return call("asking what the story cost", "GET", path, Map.of(), null);
  }

  /**
   * Says what the parent thinks of script and pictures.
   *
   * @param changes what to change, or null
   */
  void approve(String jobId, boolean approved, @Nullable String changes) {
    var body = object().put("approved", approved);
    if (changes != null) {
      body.put("changes", changes);
    }
    var path = "/api/v2/user-stories/" + jobId + "/approve";
    call("answering for the parent", "POST", path, Map.of(), body);
  }

  void cancel(String jobId) {
    var path = "/api/v2/user-stories/" + jobId + "/cancel";
    call("cancelling the story", "POST", path, Map.of(), null);
  }

  private JsonNode call(
      String doing,
      String method,
      String path,
      Map<String, String> headers,
      @Nullable ObjectNode body) {
    var all = new LinkedHashMap<>(headers);
    all.put("Authorization", "Bearer " + parent.idToken());
    return http.json(doing, method, api.resolve(path), all, body);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
