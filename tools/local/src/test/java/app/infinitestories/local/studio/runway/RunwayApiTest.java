package app.infinitestories.local.studio.runway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.studio.Faults;
import app.infinitestories.local.studio.Json;
import app.infinitestories.local.studio.Latency;
import app.infinitestories.local.studio.SetClock;
import app.infinitestories.local.studio.Studio;
import app.infinitestories.local.studio.StudioSettings;
import app.infinitestories.local.studio.Wire;
import app.infinitestories.local.studio.Wire.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.Color;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FrameGrabber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Runway endpoints over HTTP, with time moved by the test. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RunwayApiTest {
  private final Wire wire = new Wire();
  private final SetClock clock = new SetClock("2026-11-21T10:00:00Z");
  private Studio studio;

  @BeforeEach
  void start() {
    studio = Studio.start(new StudioSettings(0, 1, new Latency(1), Faults.none()), clock);
  }

  @AfterEach
  void stop() {
    studio.close();
    wire.close();
  }

  @Test
  void aClipGoesFromPendingThroughRunningToAFilm(@TempDir Path folder) throws IOException {
    String id = submit();

    assertEquals("PENDING", task(id).path("status").asText());
    clock.pass(Duration.ofMillis(300));
    JsonNode early = task(id);
    clock.pass(Duration.ofMillis(500));
    JsonNode running = task(id);
    clock.pass(Duration.ofMillis(500));
    JsonNode done = finished(id);

    assertEquals(id, UUID.fromString(id).toString());
    assertEquals("RUNNING", early.path("status").asText());
    assertTrue(running.path("progress").asDouble() > early.path("progress").asDouble());
    assertEquals("SUCCEEDED", done.path("status").asText());
    assertEquals(10, done.at("/cost/credits").asInt());
    assertFilm(wire.get(done.at("/output/0").asText()), folder);
  }

  @Test
  void withoutAKeyItIs401() throws IOException {
    Answer answer = wire.get(studio.runwayUrl() + "/v1/tasks/1");

    assertEquals(401, answer.status());
  }

  @Test
  void withoutTheVersionHeaderItIs400() throws IOException {
    Answer answer =
        wire.send(
            new Request.Builder()
                .url(studio.runwayUrl() + "/v1/tasks/1")
                .header("Authorization", "Bearer " + Wire.RUNWAY_KEY)
                .build());

    assertEquals(400, answer.status());
    assertTrue(answer.json().path("error").asText().contains("X-Runway-Version"));
  }

  @Test
  void anUnknownFieldIs400() throws IOException {
    assertIssue(order().put("fps", 24), "unrecognized_keys", "");
  }

  @Test
  void anUnknownModelIs400() throws IOException {
    assertIssue(order().put("model", "gen1"), "invalid_enum_value", "model");
  }

  @Test
  void anUnknownRatioIs400() throws IOException {
    assertIssue(order().put("ratio", "16:9"), "invalid_enum_value", "ratio");
  }

  @Test
  void aMissingRatioIs400() throws IOException {
    ObjectNode order = order();
    order.remove("ratio");

    assertIssue(order, "invalid_type", "ratio");
  }

  @Test
  void aDurationThatIsNoIntegerIs400() throws IOException {
    assertIssue(order().put("duration", 2.5), "invalid_type", "duration");
  }

  @Test
  void aDurationOutOfBoundsIs400() throws IOException {
    assertIssue(order().put("duration", 11), "too_big", "duration");
  }

  @Test
  void veoTakesFourSixOrEightSecondsOnly() throws IOException {
    assertIssue(
        order().put("model", "veo3.1").put("duration", 5), "invalid_enum_value", "duration");
  }

  @Test
  void aPromptOver1000CharactersIs400() throws IOException {
    assertIssue(order().put("promptText", "a".repeat(1_001)), "too_big", "promptText");
  }

  @Test
  void aMissingImageIs400() throws IOException {
    ObjectNode order = order();
    order.remove("promptImage");

    assertIssue(order, "invalid_type", "promptImage");
  }

  @Test
  void aDataUriThatIsNoPictureIs400() throws IOException {
    assertIssue(order().put("promptImage", "data:image/png;base64,AAAA"), "custom", "promptImage");
  }

  @Test
  void aDataUriOver5MegabytesIs400() throws IOException {
    assertIssue(
        order().put("promptImage", "data:image/png;base64," + "A".repeat(5 * 1024 * 1024)),
        "custom",
        "promptImage");
  }

  @Test
  void anUnknownTaskIs404() throws IOException {
    assertEquals(404, wire.runway(studio, "/v1/tasks/" + UUID.randomUUID()).status());
  }

  @Test
  void anUploadCanBeTheFirstFrame() throws IOException {
    JsonNode ticket =
        wire.runway(
                studio,
                "/v1/uploads",
                Json.object().put("filename", "frame.png").put("type", "ephemeral"))
            .json();
    MultipartBody.Builder form = new MultipartBody.Builder().setType(MultipartBody.FORM);
    ticket
        .path("fields")
        .properties()
        .forEach(field -> form.addFormDataPart(field.getKey(), field.getValue().asText()));
    form.addFormDataPart(
        "file", "frame.png", RequestBody.create(frame(), MediaType.get("image/png")));

    Answer stored =
        wire.send(
            new Request.Builder()
                .url(ticket.path("uploadUrl").asText())
                .post(form.build())
                .build());
    Answer submitted =
        wire.runway(
            studio,
            "/v1/image_to_video",
            order().put("promptImage", ticket.path("runwayUri").asText()));

    assertEquals(204, stored.status());
    assertEquals(200, submitted.status());
  }

  @Test
  void anUploadThatNeverCameIs400() throws IOException {
    JsonNode ticket =
        wire.runway(
                studio,
                "/v1/uploads",
                Json.object().put("filename", "frame.png").put("type", "ephemeral"))
            .json();

    assertIssue(
        order().put("promptImage", ticket.path("runwayUri").asText()), "custom", "promptImage");
  }

  @Test
  void clipsBeyondTheConcurrencyAreThrottledUntilThereIsRoom() throws IOException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i <= ClipBoard.CONCURRENCY; i++) {
      ids.add(submit());
    }
    clock.pass(Duration.ofMillis(300));

    assertEquals("RUNNING", task(ids.getFirst()).path("status").asText());
    assertEquals("THROTTLED", task(ids.getLast()).path("status").asText());
    delete(ids.getFirst());
    assertEquals("RUNNING", task(ids.getLast()).path("status").asText());
  }

  @Test
  void aDeletedTaskIsCancelledAndDeletedAgainForgotten() throws IOException {
    String id = submit();

    assertEquals(204, delete(id));
    assertEquals("CANCELLED", task(id).path("status").asText());
    assertEquals(204, delete(id));
    assertEquals(404, delete(id));
  }

  @Test
  void aStuckTaskRunsForEver() throws IOException {
    studio.order(Faults.parse("stuck-task=1"));
    String id = submit();
    clock.pass(Duration.ofMillis(300));
    task(id);
    clock.pass(Duration.ofHours(5));

    assertEquals("RUNNING", task(id).path("status").asText());
  }

  @Test
  void aThrottledTaskStartsLate() throws IOException {
    studio.order(Faults.parse("throttled-task=1"));
    String id = submit();
    clock.pass(Duration.ofMillis(300));
    JsonNode soon = task(id);
    clock.pass(Duration.ofSeconds(3));
    JsonNode later = task(id);

    assertEquals("THROTTLED", soon.path("status").asText());
    assertEquals("RUNNING", later.path("status").asText());
  }

  @Test
  void aFailedTaskNamesItsInternalCode() throws IOException {
    studio.order(Faults.parse("failed-task=1"));

    assertEquals("INTERNAL.BAD_OUTPUT.CODE01", failed().path("failureCode").asText());
  }

  @Test
  void anUnsafeTaskNamesItsSafetyCode() throws IOException {
    studio.order(Faults.parse("unsafe-task=1"));

    assertEquals("SAFETY.INPUT.IMAGE", failed().path("failureCode").asText());
  }

  @Test
  void aLostOutputIs404Once() throws IOException {
    studio.order(Faults.parse("lost-output=1"));
    String id = submit();
    clock.pass(Duration.ofMillis(300));
    task(id);
    clock.pass(Duration.ofSeconds(2));
    String url = finished(id).at("/output/0").asText();

    assertEquals(404, wire.get(url).status());
    assertEquals(200, wire.get(url).status());
  }

  @Test
  void aCutConnectionLosesTheAnswerButNotTheTask() throws IOException {
    studio.order(Faults.parse("cut-connection@clips=1"));

    assertThrows(IOException.class, this::submit);

    assertEquals(1, studio.calls().size());
    assertEquals("/v1/image_to_video", studio.calls().getFirst().path());
  }

  @Test
  void aRateLimitAnswers429AndSheddingLoad503() throws IOException {
    studio.order(Faults.parse("rate-limit=1,server-error=1"));

    assertEquals(429, wire.runway(studio, "/v1/image_to_video", order()).status());
    assertEquals(503, wire.runway(studio, "/v1/image_to_video", order()).status());
    assertEquals(200, wire.runway(studio, "/v1/image_to_video", order()).status());
  }

  private JsonNode failed() throws IOException {
    String id = submit();
    clock.pass(Duration.ofMillis(300));
    task(id);
    clock.pass(Duration.ofSeconds(2));
    JsonNode task = task(id);
    assertEquals("FAILED", task.path("status").asText());
    assertFalse(task.has("output"));
    return task;
  }

  private void assertIssue(ObjectNode order, String code, String path) throws IOException {
    Answer answer = wire.runway(studio, "/v1/image_to_video", order);
    JsonNode issue = answer.json().at("/issues/0");
    assertEquals(400, answer.status());
    assertEquals("Validation of body failed", answer.json().path("error").asText());
    assertEquals(code, issue.path("code").asText());
    assertEquals(path, issue.path("path").path(0).asText());
  }

  private static void assertFilm(Answer answer, Path folder) throws IOException {
    assertEquals("video/mp4", answer.headers().get("Content-Type"));
    String head = new String(answer.bytes(), 0, 4_096, StandardCharsets.ISO_8859_1);
    assertTrue(head.contains("moov"), "the index comes first");
    Path file = folder.resolve("clip.mp4");
    Files.write(file, answer.bytes());
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
      grabber.setImageMode(FrameGrabber.ImageMode.RAW);
      grabber.start();
      assertEquals(avutil.AV_PIX_FMT_YUV420P, grabber.getPixelFormat());
      assertEquals(avcodec.AV_CODEC_ID_H264, grabber.getVideoCodec());
      assertEquals(1280, grabber.getImageWidth());
      assertEquals(720, grabber.getImageHeight());
      assertEquals(24, grabber.getVideoFrameRate(), 0.01);
      assertEquals(2.0, grabber.getLengthInTime() / 1e6, 0.05);
    }
  }

  private String submit() throws IOException {
    return wire.runway(studio, "/v1/image_to_video", order()).json().path("id").asText();
  }

  private JsonNode task(String id) throws IOException {
    return wire.runway(studio, "/v1/tasks/" + id).json();
  }

  /** Polls until the encoder is done: its time is real, and no clock of the test moves it. */
  private JsonNode finished(String id) throws IOException {
    JsonNode task = task(id);
    while (task.path("status").asText().equals("RUNNING")) {
      Thread.onSpinWait();
      task = task(id);
    }
    return task;
  }

  private int delete(String id) throws IOException {
    return wire.send(Wire.runwayRequest(studio, "/v1/tasks/" + id).delete().build()).status();
  }

  private static ObjectNode order() throws IOException {
    return Json.object()
        .put("model", "gen4_turbo")
        .put("promptImage", Wire.dataUri(frame()))
        .put("promptText", "The camera pushes in slowly")
        .put("ratio", "1280:720")
        .put("duration", 2)
        .put("seed", 7);
  }

  private static byte[] frame() throws IOException {
    return Wire.png(Wire.photo(Color.ORANGE, Color.PINK, Color.BLUE));
  }
}
