package app.infinitestories.local.cli.story;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.part.PartException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AppCallsTest {
  private static final Attachment PHOTO =
      new Attachment(Attachment.Category.PHOTO, "me.png", "image/png", new byte[] {1, 2, 3});

  private FakeBackend backend;
  private AppCalls app;

  @BeforeEach
  void start() throws IOException {
    backend = new FakeBackend();
    app = calls(Duration.ofSeconds(20), backend.address());
  }

  @AfterEach
  void stop() {
    backend.close();
  }

  private static AppCalls calls(Duration patience, URI api) {
    return new AppCalls(new HttpCalls(patience), api, new Parent("ann", "ann-token"));
  }

  @Test
  void signsUpAsAnAppDoes() {
    backend.on(
        "POST /identitytoolkit.googleapis.com/v1/accounts:signUp",
        200,
        "{\"localId\": \"u1\", \"idToken\": \"t1\"}");

    var parent =
        Parent.signUp(
            new HttpCalls(Duration.ofSeconds(20)), backend.address(), "a@example.com", "secret-1");

    assertEquals(new Parent("u1", "t1"), parent);
    var sent = backend.asked("POST /identitytoolkit.googleapis.com/v1/accounts:signUp").json();
    assertEquals("a@example.com", sent.path("email").asText());
    assertTrue(sent.path("returnSecureToken").asBoolean());
  }

  @Test
  void putsThePhotoWithExactlyTheHeadersThatTheUrlIsSignedFor() {
    backend
        .on("POST /api/v2/files/upload", 200, offer())
        .on("PUT /bucket/photo", 200, "")
        .on("POST /api/v2/files/confirm", 200, "{\"file\": {}}");

    var key = app.upload(PHOTO);

    assertEquals("users/ann/photos/1.png", key);
    assertEquals(
        List.of("POST /api/v2/files/upload", "PUT /bucket/photo", "POST /api/v2/files/confirm"),
        backend.calls());
    var put = backend.asked("PUT /bucket/photo");
    assertArrayEquals(PHOTO.bytes(), put.body());
    assertEquals(Optional.of("image/png"), put.header("Content-Type"));
    assertEquals(Optional.of("3,3"), put.header("x-goog-content-length-range"));
    assertEquals(Optional.empty(), put.header("Authorization"), "the URL alone opens the door");
    assertEquals(
        key, backend.asked("POST /api/v2/files/confirm").json().path("storageKey").asText());
  }

  @Test
  void aRefusedUploadEndsBeforeItIsConfirmed() {
    backend
        .on("POST /api/v2/files/upload", 200, offer())
        .on("PUT /bucket/photo", 403, "<Error><Code>SignatureDoesNotMatch</Code></Error>");

    var problem = assertThrows(ApiException.class, () -> app.upload(PHOTO));

    assertEquals(403, problem.status());
    assertTrue(
        message(problem).contains("uploading the photo by its signed URL"), message(problem));
    assertTrue(message(problem).contains("SignatureDoesNotMatch"), message(problem));
    assertFalse(backend.calls().contains("POST /api/v2/files/confirm"));
  }

  @Test
  void anErrorOfTheApiIsShownWithCodeAndEveryDetail() {
    backend.on(
        "POST /api/v2/user-stories",
        400,
        """
        {"error": "The request is not valid.", "code": "VALIDATION_FAILED",
         "details": {"age": "must be at most 18", "genre": "is unknown"}}
        """);

    var problem = assertThrows(ApiException.class, () -> app.submit(order(), "key", null, "once"));

    assertEquals(400, problem.status());
    for (String part :
        List.of(
            "ordering the story",
            "VALIDATION_FAILED: The request is not valid.",
            "age: must be at most 18",
            "genre: is unknown")) {
      assertTrue(message(problem).contains(part), message(problem));
    }
  }

  @Test
  void theOrderCarriesTheTokenTheKeyAndTheConsent() {
    backend.on("POST /api/v2/user-stories", 202, "{\"job\": {\"id\": \"j1\"}}");

    var job = app.submit(order(), "users/ann/photos/1.png", null, "once");

    assertEquals("j1", job.path("id").asText());
    var asked = backend.asked("POST /api/v2/user-stories");
    assertEquals(Optional.of("Bearer ann-token"), asked.header("Authorization"));
    assertEquals(Optional.of("once"), asked.header("Idempotency-Key"));
    assertEquals("users/ann/photos/1.png", asked.json().path("photo").asText());
    assertEquals(7, asked.json().path("age").asInt());
    assertFalse(asked.json().path("video").asBoolean());
    assertTrue(asked.json().path("guardianConsent").asBoolean());
    assertFalse(asked.json().has("voiceIdea") || asked.json().has("secondLanguage"));
  }

  @Test
  void aSpokenIdeaGoesUpAsARecordingAndIntoTheOrder() {
    backend
        .on("POST /api/v2/files/upload", 200, offer())
        .on("PUT /bucket/photo", 200, "")
        .on("POST /api/v2/files/confirm", 422, "{\"error\": \"Silence.\", \"code\": \"X\"}")
        .on("POST /api/v2/user-stories", 202, "{\"job\": {\"id\": \"j1\"}}");
    var idea =
        new Attachment(Attachment.Category.VOICE, "idea.wav", "audio/wav", new byte[] {1, 2, 3});

    var silent = assertThrows(ApiException.class, () -> app.upload(idea));
    var order =
        new StoryOrder(PHOTO, idea, "Ann", 7, "space", "en", "de", "short", false, null, true);
    app.submit(order, "photo-key", "idea-key", "once");

    var wish = backend.asked("POST /api/v2/files/upload").json();
    assertEquals("voice", wish.path("category").asText());
    assertEquals("audio/wav", wish.path("mimeType").asText());
    assertTrue(message(silent).contains("confirming the recording"), message(silent));
    var sent = backend.asked("POST /api/v2/user-stories").json();
    assertEquals("photo-key", sent.path("photo").asText());
    assertEquals("idea-key", sent.path("voiceIdea").asText());
    assertEquals("de", sent.path("secondLanguage").asText());
    assertTrue(sent.path("requireApproval").asBoolean());
  }

  @Test
  void silenceEndsWithWhatWasWaitedFor() {
    backend.silentOn("GET /api/v2/user-stories/j1");
    var hasty = calls(Duration.ofMillis(200), backend.address());

    var problem = assertThrows(PartException.class, () -> hasty.item("j1"));

    assertTrue(message(problem).contains("asking for the story"), message(problem));
    assertTrue(message(problem).contains(backend.address().toString()), message(problem));
  }

  @Test
  void whoIsNotThereIsNamed() throws IOException {
    URI nobody;
    try (var socket = new ServerSocket(0)) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    var problem =
        assertThrows(PartException.class, () -> calls(Duration.ofSeconds(20), nobody).item("j1"));

    assertTrue(message(problem).contains(nobody + " does not answer"), message(problem));
  }

  @Test
  void anOrderIsNeverPrinted() {
    assertEquals("StoryOrder[redacted]", order().toString());
    assertFalse(new Parent("ann", "secret").toString().contains("secret"));
  }

  private static String message(Throwable problem) {
    return String.valueOf(problem.getMessage());
  }

  private static StoryOrder order() {
    return new StoryOrder(PHOTO, null, "Ann", 7, "space", "en", null, "short", false, null, false);
  }

  private String offer() {
    return """
    {"uploadUrl": "%s/bucket/photo?signature=abc", "storageKey": "users/ann/photos/1.png",
     "headers": {"Content-Type": "image/png", "x-goog-content-length-range": "3,3"}}
    """
        .formatted(backend.address());
  }
}
