package app.infinitestories.functions.api.files;

import static app.infinitestories.functions.wiring.RunningApi.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.functions.wiring.RunningApi;
import app.infinitestories.testkit.FirestoreTest;
import com.google.cloud.firestore.Firestore;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every refusal of {@code /api/v2/files}. */
@FirestoreTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FileRoutesTest {
  private static final String UPLOAD = "/api/v2/files/upload";
  private static final String CONFIRM = "/api/v2/files/confirm";

  private final RunningApi api;

  FileRoutesTest(Firestore firestore) {
    api = new RunningApi(firestore);
  }

  @AfterAll
  void close() {
    api.close();
  }

  @Test
  void aFileNameMayHave255Characters() {
    assertEquals(200, upload("a".repeat(255)));
    assertEquals(400, upload("a".repeat(256)));
    assertEquals(200, upload("🦊".repeat(255)));
  }

  private int upload(String name) {
    return api.as("anna")
        .send(
            "POST",
            UPLOAD,
            "{\"fileName\":\"%s\",\"mimeType\":\"image/webp\",\"fileSize\":10000000,\"category\":\"photo\"}"
                .formatted(name))
        .status();
  }

  @Test
  void anOfferHasEveryFieldAndNothingPublic() {
    var offer = api.offer("anna");

    assertTrue(offer.path("publicUrl").isNull());
    assertTrue(offer.path("storageKey").asText().startsWith("users/anna/photos/"));
    assertTrue(offer.path("headers").has("Content-Type"));
    assertTrue(offer.path("headers").has("x-goog-content-length-range"));
    assertTrue(offer.path("expiresAt").asText().endsWith("Z"));
  }

  @Test
  void aForeignUploadIsNotToldFromAnUnknownOne() {
    String foreign = api.offer("bea").path("storageKey").asText();

    for (String key :
        new String[] {
          foreign,
          "users/anna/photos/nothing.jpg",
          "users/anna/photos/../../bea/photos/x.jpg",
          "users/anna/photos/__x__.jpg",
          "users/anna/uploads/1.jpg",
          "/",
          "..",
          "💥"
        }) {
      var answer = api.as("anna").send("POST", CONFIRM, json("storageKey", key));
      var unknown =
          api.as("anna").send("POST", CONFIRM, json("storageKey", "users/anna/photos/0.png"));

      assertEquals(404, answer.status(), key);
      assertEquals(unknown.body(), answer.body(), key);
    }
  }

  @Test
  void whatHasNotArrivedIsAConflictWhatIsNoPictureIsUnusable() {
    var offer = api.offer("anna");
    String body = json("storageKey", offer.path("storageKey").asText());

    var early = api.as("anna").send("POST", CONFIRM, body);
    assertEquals(409, early.status());
    assertEquals("UPLOAD_NOT_CONFIRMED", early.code());

    assertEquals(200, api.put(offer, "no picture".getBytes(StandardCharsets.UTF_8)));
    var garbage = api.as("anna").send("POST", CONFIRM, body);
    assertEquals(422, garbage.status());
    assertEquals("PHOTO_UNUSABLE", garbage.code());
    assertEquals(Set.of("reason"), garbage.details().keySet());

    assertEquals(200, api.put(offer, RunningApi.photo()));
    var confirmed = api.as("anna").send("POST", CONFIRM, body);
    assertEquals(200, confirmed.status());
    assertEquals(
        Set.of(
            "storageKey", "category", "mimeType", "fileSize", "width", "height", "durationSeconds"),
        Set.copyOf(fields(confirmed.body().path("file"))));
    assertEquals(confirmed.body(), api.as("anna").send("POST", CONFIRM, body).body());
  }

  @Test
  void badInputIsToldBeforeTheLimitAndTheLimitBeforeWhatIsThere(Firestore firestore) {
    try (var narrow = new RunningApi(firestore, "RATE_LIMIT_FACTOR", "0.05")) {
      String unknown = json("storageKey", "users/cleo/photos/0.png");
      assertEquals(404, narrow.as("cleo").send("POST", CONFIRM, unknown).status());

      var limited = narrow.as("cleo").send("POST", CONFIRM, unknown);
      assertEquals(429, limited.status());
      assertEquals("RATE_LIMITED", limited.code());
      assertTrue(Integer.parseInt(String.valueOf(limited.headers().get("Retry-After"))) > 0);
      assertEquals("0", limited.headers().get("RateLimit-Remaining"));
      assertEquals(400, narrow.as("cleo").send("POST", CONFIRM, "{}").status());
    }
  }

  private static Set<String> fields(com.fasterxml.jackson.databind.JsonNode node) {
    return node.properties().stream()
        .map(Map.Entry::getKey)
        .collect(java.util.stream.Collectors.toSet());
  }
}
