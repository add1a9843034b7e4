package app.infinitestories.functions.api.userstories;

import static app.infinitestories.functions.api.userstories.StoriesRig.LEGACY;
import static app.infinitestories.functions.api.userstories.StoriesRig.STORIES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.jobs.Job;
import app.infinitestories.jobs.JobFailed;
import app.infinitestories.jobs.Pipeline;
import app.infinitestories.jobs.StepOutcome;
import app.infinitestories.jobs.Steps;
import app.infinitestories.queue.run.RunResult;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.userstories.StoryLength;
import app.infinitestories.userstories.StoryOrder;
import app.infinitestories.userstories.VideoStory;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.firestore.Firestore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first version's routes of stories, which stand on the same line and the same money. */
@FirestoreTest
class LegacyStoryRouteTest {
  private final Firestore firestore;
  private final StoriesRig rig;
  private final Told pipeline = new Told();

  LegacyStoryRouteTest(Firestore firestore) throws IOException {
    this.firestore = firestore;
    rig = new StoriesRig(firestore);
    rig.pipeline.set(pipeline);
    rig.profiles.meet(rig.uid, null);
    rig.profiles.consent(rig.uid);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void anOrderIsPendingThenAFilmInOneShape() {
    var ordered = rig.post(LEGACY, order(rig.photo()));

    assertEquals(202, ordered.status(), ordered::toString);
    assertEquals(
        Set.of(
            "storyId",
            "status",
            "queuePosition",
            "title",
            "videoUrl",
            "thumbnailUrl",
            "error",
            "createdAt"),
        fields(ordered.body()));
    assertEquals("pending", ordered.body().path("status").asText());
    assertEquals("10", ordered.header("RateLimit-Limit"));
    assertEquals("9", ordered.header("RateLimit-Remaining"));
    assertEquals(19, rig.ledger().available());
    String id = ordered.body().path("storyId").asText();

    assertEquals(RunResult.SUCCEEDED, rig.work());

    var story = rig.get(LEGACY + "/" + id).body();
    assertEquals(fields(ordered.body()), fields(story));
    assertEquals(id, story.path("storyId").asText());
    assertEquals("completed", story.path("status").asText());
    assertEquals("Quillon at Sea", story.path("title").asText());
    assertEquals("https://media.invalid/film.mp4", story.path("videoUrl").asText());
    assertEquals("https://media.invalid/poster.jpg", story.path("thumbnailUrl").asText());
    assertTrue(story.path("error").isNull() && story.path("queuePosition").isNull());
    assertEquals(ordered.body().path("createdAt"), story.path("createdAt"));
    assertEquals(
        "succeeded",
        rig.get(STORIES + "/" + id).body().path("job").path("state").asText(),
        "the same story in both versions");
    assertTrue(rig.ledger().agrees());
  }

  @Test
  void whatTheOldAppDoesNotSayIsAsUsual() {
    var order = order(rig.photo());
    order.put("name", "  Quillon ");
    order.put("language", "it");

    rig.post(LEGACY, order);
    rig.work();

    StoryOrder told = pipeline.orders.getFirst();
    assertEquals("Quillon", told.name());
    assertEquals("it", told.language());
    assertEquals("nova", told.voice());
    assertEquals(StoryLength.SHORT, told.length());
    assertTrue(told.video());
    assertFalse(told.requireApproval());
  }

  @Test
  void inLineItTellsItsPlace() {
    String id = rig.post(LEGACY, order(rig.photo())).body().path("storyId").asText();
    assertTrue(rig.get(LEGACY + "/" + id).body().path("queuePosition").isNull());
    rig.nodes.put(
        "queue/users/" + rig.uid + "/jobs/" + id,
        Map.of("state", "queued", "position", 4, "positionExact", true),
        1);

    assertEquals(4, rig.get(LEGACY + "/" + id).body().path("queuePosition").asInt());
  }

  @Test
  void aFailedStoryTellsWhyAndACancelledOneThatItWasCancelled() {
    pipeline.failure = "CONTENT_REJECTED";
    String failed = rig.post(LEGACY, order(rig.photo())).body().path("storyId").asText();
    assertEquals(RunResult.FAILED, rig.work());
    String cancelled = rig.post(LEGACY, order(rig.photo())).body().path("storyId").asText();
    rig.post(STORIES + "/" + cancelled + "/cancel", Map.of());

    var first = rig.get(LEGACY + "/" + failed).body();
    var second = rig.get(LEGACY + "/" + cancelled).body();

    assertEquals("failed", first.path("status").asText());
    assertEquals("CONTENT_REJECTED", first.path("error").path("code").asText());
    assertEquals("It does not fit.", first.path("error").path("message").asText());
    assertTrue(first.path("videoUrl").isNull());
    assertEquals("failed", second.path("status").asText());
    assertEquals("CANCELLED", second.path("error").path("code").asText());
    assertEquals(20, rig.ledger().available());
  }

  @Test
  void aStoryThatAsksItsParentIsStillInTheMaking() {
    var order = StoriesRig.order(rig.photo());
    order.put("requireApproval", true);
    String id = rig.accepted(order);
    assertEquals(RunResult.ASKED, rig.work());

    assertEquals("processing", rig.get(LEGACY + "/" + id).body().path("status").asText());
  }

  @Test
  void theListIsNewestFirstAndGoesOnWhereItEnded() {
    var ids = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      ids.addFirst(rig.post(LEGACY, order(rig.photo())).body().path("storyId").asText());
    }
    assertEquals(RunResult.SUCCEEDED, rig.work());

    var first = rig.get(LEGACY + "?limit=2").body();
    var second = rig.get(LEGACY + "?limit=2&cursor=" + first.path("nextCursor").asText()).body();

    assertEquals(ids.subList(0, 2), storyIds(first));
    assertEquals(ids.subList(2, 3), storyIds(second));
    assertTrue(second.path("nextCursor").isNull());
    assertEquals("pending", first.path("stories").path(0).path("status").asText());
    assertEquals("completed", second.path("stories").path(0).path("status").asText());
    assertEquals(3, rig.get(LEGACY).body().path("stories").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "cursor=", "cursor=bm8", "cursor=%21"})
  void aBadPageIsRefusedByItsField(String query) {
    var refused = rig.get(LEGACY + "?" + query);

    assertEquals(400, refused.status(), refused::toString);
    assertEquals("VALIDATION_FAILED", refused.code());
    assertTrue(
        refused.details().containsKey(query.substring(0, query.indexOf('='))), refused::toString);
  }

  @Test
  void theSameKeyOrdersOnce() {
    var order = order(rig.photo());

    var first = rig.post(LEGACY, order, "key");
    var again = rig.post(LEGACY, order, "key");
    order.put("age", 7);
    var other = rig.post(LEGACY, order, "key");

    assertEquals(202, again.status());
    assertEquals("true", again.header("Idempotent-Replayed"));
    assertEquals(first.body(), again.body());
    assertEquals(422, other.status());
    assertEquals("IDEMPOTENCY_KEY_REUSED", other.code());
    assertEquals(19, rig.ledger().available());
  }

  @Test
  void bothVersionsShareOneLimit() {
    for (int i = 0; i < 5; i++) {
      assertEquals(202, rig.post(LEGACY, order(rig.photo())).status());
      assertEquals(202, rig.post(STORIES, StoriesRig.order(rig.photo())).status());
    }

    var often = rig.post(LEGACY, order(rig.photo()));

    assertEquals(429, often.status(), often::toString);
    assertEquals("RATE_LIMITED", often.code());
    assertTrue(Integer.parseInt(often.header("Retry-After")) > 3_000);
  }

  @Test
  void everyBadFieldIsNamedAtOnce() {
    var nothing = rig.post(LEGACY, Map.of("name", " ", "age", 19, "language", "la"));
    assertEquals(400, nothing.status());
    assertEquals(
        Set.of("imagePath", "name", "age", "genre", "language"), nothing.details().keySet());

    var newer = order(rig.photo());
    newer.put("guardianConsent", true);
    var unknown = rig.post(LEGACY, newer);
    assertEquals(400, unknown.status());
    assertTrue(unknown.details().containsKey("guardianConsent"), unknown::toString);
    var wrong = order(rig.photo());
    wrong.put("age", "six");
    wrong.put("genre", "western");
    assertEquals(Set.of("age", "genre"), rig.post(LEGACY, wrong).details().keySet());
    assertEquals(20, rig.ledger().available());
  }

  @Test
  void theImageMustBeAConfirmedPhotoOfOnesOwn() {
    assertEquals(404, rig.post(LEGACY, order("users/" + rig.uid + "/photos/no.png")).status());
    String foreign = rig.photo();
    rig.profiles.meet("user-eve", null);
    rig.profiles.consent("user-eve");
    assertEquals(404, rig.as("user-eve", LEGACY, order(foreign)).status());

    String pending = rig.uploads.offerPhoto(rig.uid, "image/png", 1_000).storageKey();
    var early = rig.post(LEGACY, order(pending));
    assertEquals(409, early.status());
    assertEquals("UPLOAD_NOT_CONFIRMED", early.code());

    var offer =
        rig.post(
            "/api/v2/files/upload",
            Map.of("fileName", "x", "mimeType", "audio/wav", "fileSize", 10, "category", "voice"));
    var voice = rig.post(LEGACY, order(offer.body().path("storageKey").asText()));
    assertEquals(400, voice.status(), voice::toString);
    assertEquals(Set.of("imagePath"), voice.details().keySet());
  }

  @Test
  void withoutTheGuardiansConsentInTheProfileNothingIsOrdered() throws IOException {
    try (var newcomer = new StoriesRig(firestore)) {
      var refused = newcomer.post(LEGACY, order(newcomer.photo()));

      assertEquals(403, refused.status(), refused::toString);
      assertEquals("CONSENT_REQUIRED", refused.code());
    }
  }

  @Test
  void whereNoPhotoMayLeaveTheOldAppIsToldSo() throws IOException {
    try (var strict = new StoriesRig(firestore, false, Map.of())) {
      strict.profiles.meet(strict.uid, null);
      strict.profiles.consent(strict.uid);

      var refused = strict.post(LEGACY, order(strict.photo()));

      assertEquals(400, refused.status(), refused::toString);
      assertEquals(Set.of("imagePath"), refused.details().keySet());
    }
  }

  @Test
  void anothersStoryIsNotFound() {
    String id = rig.post(LEGACY, order(rig.photo())).body().path("storyId").asText();

    assertEquals(404, rig.getAs("user-eve", LEGACY + "/" + id).status());
    assertEquals(0, rig.getAs("user-eve", LEGACY).body().path("stories").size());
    assertEquals(404, rig.get(LEGACY + "/unknown").status());
    assertEquals(401, rig.getAs("nobody", LEGACY).status());
    assertEquals(401, rig.as("nobody", LEGACY, order("x")).status());
  }

  private static Map<String, Object> order(String photo) {
    return new HashMap<>(
        Map.of("imagePath", photo, "name", "Quillon", "age", 6, "genre", "adventure"));
  }

  private static List<String> storyIds(JsonNode page) {
    var ids = new ArrayList<String>();
    page.path("stories").forEach(story -> ids.add(story.path("storyId").asText()));
    return ids;
  }

  private static Set<String> fields(JsonNode object) {
    var names = new TreeSet<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Ends at once: with a film, as the test says, or with the parent's question. */
  private final class Told implements Pipeline {
    final List<StoryOrder> orders = new ArrayList<>();
    String failure = "";

    @Override
    public String kind() {
      return "video";
    }

    @Override
    public List<PlannedStep> plan(Job job) {
      return List.of();
    }

    @Override
    public StepOutcome run(Job job, Steps steps) {
      var order = StoryOrder.of(job.input());
      orders.add(order);
      if (!failure.isEmpty()) {
        throw new JobFailed(failure, "It does not fit.");
      }
      if (order.requireApproval()) {
        return new StepOutcome.Ask();
      }
      return steps.finish(
          "publish",
          step -> {
            var film =
                new VideoStory(
                    job.id(),
                    "Quillon at Sea",
                    order.language(),
                    order.genre(),
                    "4-6",
                    "film.mp4",
                    "poster.jpg",
                    List.of(),
                    45,
                    List.of(),
                    job.createdAt(),
                    rig.time.instant());
            return new StepOutcome.Done(
                List.of(
                    new StepOutcome.NewDocument(
                        "users/" + job.uid() + "/stories/" + job.id(), film.toFields())));
          });
    }
  }
}
