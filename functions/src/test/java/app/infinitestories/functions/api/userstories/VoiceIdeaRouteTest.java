package app.infinitestories.functions.api.userstories;

import static app.infinitestories.functions.api.userstories.StoriesRig.STORIES;
import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.film.Speech;
import app.infinitestories.film.SpokenAudio;
import app.infinitestories.functions.web.RouterCaller;
import app.infinitestories.queue.run.RunResult;
import app.infinitestories.testkit.FirestoreTest;
import com.google.cloud.firestore.Firestore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A spoken idea: uploaded, checked, heard, told, forgotten. */
@FirestoreTest
class VoiceIdeaRouteTest {
  private static final String IDEA = "Quillon finds a lantern that sings in the old harbour.";
  private static final String CONFIRM = "/api/v2/files/confirm";
  private static StudioFilms films;
  private static byte[] said;

  private final Firestore firestore;
  private final StoriesRig rig;

  VoiceIdeaRouteTest(Firestore firestore) {
    this.firestore = firestore;
    rig = new StoriesRig(firestore);
    rig.pipeline.set(films.pipeline(rig.media, true));
  }

  @BeforeAll
  static void open() {
    films = new StudioFilms();
    said = films.said(IDEA);
  }

  @AfterAll
  static void shut() {
    films.close();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aConfirmedRecordingTellsItsLengthAndIsCleanSpeech() {
    var file = rig.recording(said, "audio/wav");

    assertEquals(200, file.status(), file::toString);
    var told = file.body().path("file");
    assertEquals("voice", told.path("category").asText());
    assertEquals("audio/mpeg", told.path("mimeType").asText());
    assertTrue(told.path("width").isNull());
    double seconds = told.path("durationSeconds").asDouble();
    assertTrue(seconds > 1 && seconds < 20, () -> seconds + " s");
    byte[] kept = rig.media.read(told.path("storageKey").asText());
    assertEquals(kept.length, told.path("fileSize").asLong());
    assertEquals(seconds, new Speech().decode(kept).duration().toMillis() / 1000.0, 0.1);
  }

  @ParameterizedTest
  @CsvSource({"61,TOO_LONG", "0.2,TOO_SHORT", "-2,SILENT", "0,UNSUPPORTED_FORMAT"})
  void whatIsNoUsableRecordingIsRefusedWithItsReason(double seconds, String reason) {
    var refused = rig.recording(sound(seconds), "audio/wav");

    assertEquals(422, refused.status(), refused::toString);
    assertEquals("RECORDING_UNUSABLE", refused.code());
    assertEquals(reason, refused.detail("reason"));
  }

  @Test
  void aFullMinuteIsTaken() {
    var file = rig.recording(sound(60), "audio/wav");

    assertEquals(60, file.body().path("file").path("durationSeconds").asDouble(), 0.01);
  }

  @ParameterizedTest
  @CsvSource({
    "voice,image/png,1000,mimeType",
    "photo,audio/mpeg,1000,mimeType",
    "voice,audio/ogg,1000,mimeType",
    "voice,audio/mpeg,10000001,fileSize",
    "song,audio/mpeg,1000,category"
  })
  void anUploadMustBeWhatItsCategoryTakes(String category, String type, int size, String field) {
    var refused =
        rig.post(
            "/api/v2/files/upload",
            Map.of("fileName", "x", "mimeType", type, "fileSize", size, "category", category));

    assertEquals(400, refused.status());
    assertTrue(refused.details().containsKey(field), refused::toString);
  }

  @Test
  void theIdeaIsHeardOnceWithoutTheNameAndForgottenAfterTheEnd() {
    String recording = key(rig.recording(said, "audio/wav"));
    String job = rig.accepted(order(recording));
    StudioFilms.withoutCutting(rig, job, 1);
    long heard = films.calls("/audio/transcriptions");

    assertEquals(RunResult.SUCCEEDED, rig.work());

    assertEquals(heard + 1, films.calls("/audio/transcriptions"));
    String words =
        String.valueOf(
            on(rig.queue.store().steps(job).document("voice-idea@1").get()).getString("result"));
    assertTrue(words.contains("{{HERO}}") && words.contains("lantern"), words);
    assertFalse(words.contains("Quillon"));
    assertTrue(
        on(rig.queue.store().steps(job).document("check-voice-idea-judge@1").get()).exists());

    rig.forgetPhotos().ofJob(job);
    assertTrue(rig.media.stat(recording).isEmpty());
    assertFalse(on(rig.upload(recording).get()).exists());
    assertTrue(rig.job(job).contains("recordingForgottenAt"));
    assertTrue(rig.job(job).contains("photoForgottenAt"));
  }

  @Test
  void afterACancelledJobItIsForgottenWithinTheHour() {
    String recording = key(rig.recording(said, "audio/wav"));
    String job = rig.accepted(order(recording));
    rig.forgetPhotos().run();
    assertTrue(rig.media.stat(recording).isPresent(), "the job needs it");

    rig.post(STORIES + "/" + job + "/cancel", Map.of());
    rig.forgetPhotos().run();

    assertTrue(rig.media.stat(recording).isEmpty());
  }

  @Test
  void anIdeaThatIsNotForChildrenEndsTheJob() {
    String recording =
        key(rig.recording(films.said("A story where they take drugs and kill."), "audio/wav"));
    String job = rig.accepted(order(recording));
    long painted = films.calls("/images/edits");

    assertEquals(RunResult.FAILED, rig.work());

    var error = rig.get(STORIES + "/" + job).body().path("job").path("error");
    assertEquals("CONTENT_REJECTED", error.path("code").asText());
    assertEquals(painted, films.calls("/images/edits"));
    assertEquals(20, rig.ledger().available());
  }

  @Test
  void anOrderNeedsARecordingThatIsThereConfirmedAndOnesOwn() {
    String photo = rig.photo();
    var unknown = new java.util.HashMap<>(StoriesRig.order(photo));
    unknown.put("voiceIdea", "users/" + rig.uid + "/voices/unknown.wav");
    assertEquals(404, rig.post(STORIES, unknown).status());

    var wrong = new java.util.HashMap<>(StoriesRig.order(photo));
    wrong.put("voiceIdea", photo);
    var category = rig.post(STORIES, wrong);
    assertEquals(400, category.status());
    assertTrue(category.details().containsKey("voiceIdea"));

    var offer =
        rig.post(
            "/api/v2/files/upload",
            Map.of("fileName", "x", "mimeType", "audio/wav", "fileSize", 10, "category", "voice"));
    var pending = new java.util.HashMap<>(StoriesRig.order(photo));
    pending.put("voiceIdea", offer.body().path("storageKey").asText());
    var early = rig.post(STORIES, pending);
    assertEquals(409, early.status());
    assertEquals("UPLOAD_NOT_CONFIRMED", early.code());

    String recording = key(rig.recording(said, "audio/wav"));
    var foreign = new java.util.HashMap<>(StoriesRig.order(photo));
    foreign.put("voiceIdea", recording);
    assertEquals(404, rig.as("user-eve", STORIES, foreign).status());

    var silent = new java.util.HashMap<>(StoriesRig.order(photo));
    silent.put("voiceIdea", recording);
    silent.put("guardianConsent", false);
    var refused = rig.post(STORIES, silent);
    assertEquals(403, refused.status());
    assertEquals("CONSENT_REQUIRED", refused.code());
    assertEquals(20, rig.ledger().available());
  }

  @Test
  void whatIsNoStorageKeyIsNamedWithEveryOtherBadField() {
    for (Object bad : List.of("", "x".repeat(301), 7, List.of("a"))) {
      var order = new java.util.HashMap<>(StoriesRig.order("users/" + rig.uid + "/photos/1.png"));
      order.put("voiceIdea", bad);
      order.put("age", 0);

      var refused = rig.post(STORIES, order);

      assertEquals(400, refused.status(), refused::toString);
      assertEquals("VALIDATION_FAILED", refused.code());
      assertTrue(refused.details().containsKey("voiceIdea"), refused::toString);
      assertTrue(refused.details().containsKey("age"), refused::toString);
    }
  }

  @Test
  void aRecordingIsNoPhoto() {
    String recording = key(rig.recording(said, "audio/wav"));

    var refused = rig.post(STORIES, StoriesRig.order(recording));

    assertEquals(400, refused.status(), refused::toString);
    assertTrue(refused.details().containsKey("photo"), refused::toString);
  }

  @Test
  void confirmingWhatNeverArrivedOrIsNotOnesOwnNamesIt() {
    var offer =
        rig.post(
            "/api/v2/files/upload",
            Map.of("fileName", "x", "mimeType", "audio/wav", "fileSize", 10, "category", "voice"));
    String key = offer.body().path("storageKey").asText();

    assertEquals(409, rig.post(CONFIRM, Map.of("storageKey", key)).status());
    assertEquals(404, rig.as("user-eve", CONFIRM, Map.of("storageKey", key)).status());
    var nothing = rig.post(CONFIRM, Map.of("storageKey", ""));
    assertEquals(400, nothing.status());
    assertTrue(nothing.details().containsKey("storageKey"), nothing::toString);
  }

  @Test
  void whereNothingOfAChildMayLeaveNoRecordingIsTaken() {
    try (var strict = new StoriesRig(firestore, false, Map.of())) {
      String recording = key(strict.recording(said, "audio/wav"));
      var order = new java.util.HashMap<>(StoriesRig.order(strict.photo()));
      order.put("voiceIdea", recording);

      var refused = strict.post(STORIES, order);

      assertEquals(400, refused.status());
      assertTrue(refused.details().containsKey("voiceIdea"), refused::toString);
      assertTrue(refused.details().containsKey("appearance"), "every bad field at once");
    }
  }

  private static String key(RouterCaller.Answer confirmed) {
    assertEquals(200, confirmed.status(), confirmed::toString);
    return confirmed.body().path("file").path("storageKey").asText();
  }

  private Map<String, Object> order(String recording) {
    var order = StoriesRig.order(rig.photo(StudioFilms.photo()));
    order.put("voiceIdea", recording);
    return order;
  }

  /** A tone of that many seconds, silence for a negative number, no sound at all for none. */
  private static byte[] sound(double seconds) {
    if (seconds == 0) {
      return "not a sound".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
    if (seconds < 0) {
      return SpokenAudio.silence(Duration.ofMillis((long) (-seconds * 1000))).wav();
    }
    var samples = new short[(int) (seconds * SpokenAudio.SAMPLE_RATE_HZ)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (8_000 * Math.sin(i * 2 * Math.PI * 300 / SpokenAudio.SAMPLE_RATE_HZ));
    }
    return SpokenAudio.of(samples).wav();
  }
}
