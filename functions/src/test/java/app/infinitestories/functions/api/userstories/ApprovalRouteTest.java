package app.infinitestories.functions.api.userstories;

import static app.infinitestories.functions.api.userstories.StoriesRig.STORIES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.jobs.Job;
import app.infinitestories.jobs.Pipeline;
import app.infinitestories.jobs.StepOutcome;
import app.infinitestories.jobs.Steps;
import app.infinitestories.queue.run.RunResult;
import app.infinitestories.testkit.FirestoreTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.firestore.Firestore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A film whose script and pictures the parent sees before the dear steps. */
@FirestoreTest
class ApprovalRouteTest {
  private static StudioFilms films;

  private final StoriesRig rig;

  ApprovalRouteTest(Firestore firestore) {
    rig = new StoriesRig(firestore);
    rig.pipeline.set(films.pipeline(rig.media, true));
  }

  @BeforeAll
  static void open() {
    films = new StudioFilms();
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
  void theParentSeesScriptAndPicturesAndThenTheFilmIsMade() {
    String job = order();
    long scripts = films.calls("story_script");
    long painted = films.calls("/images/edits");
    long spoken = films.calls("/audio/speech");
    assertEquals(RunResult.ASKED, rig.work());

    var asked = job(job);
    assertEquals("awaiting_approval", asked.path("state").asText());
    assertEquals("approval", asked.path("step").asText());
    assertFalse(asked.path("script").path("title").asText().isBlank());
    assertEquals(3, asked.path("script").path("scenes").size());
    assertEquals(2, asked.path("script").path("scenes").path(2).path("index").asInt());
    assertTrue(asked.path("script").toString().contains("Quillon"), "named as it is spoken");
    assertFalse(asked.path("script").toString().contains("{{"));
    assertEquals(3, asked.path("previews").size());
    assertEquals(
        "awaiting_approval",
        rig.nodes.read("queue/users/" + rig.uid + "/jobs/" + job).get("state"));
    assertEquals(spoken, films.calls("/audio/speech"), "nothing dear before the answer");
    assertEquals(
        asked.path("script"),
        rig.get(STORIES + "?state=awaiting_approval")
            .body()
            .path("items")
            .path(0)
            .path("job")
            .path("script"));

    var answer = rig.post(approve(job), Map.of("approved", true));
    assertEquals(200, answer.status(), answer::toString);
    assertEquals("queued", answer.body().path("job").path("state").asText());
    assertTrue(answer.body().path("job").path("script").isNull());

    StudioFilms.withoutCutting(rig, job, 1);
    assertEquals(RunResult.SUCCEEDED, rig.work());
    assertEquals(scripts + 1, films.calls("story_script"));
    assertEquals(painted + 1 + 3, films.calls("/images/edits"), "the sheet and the scenes, once");
    assertTrue(films.calls("/audio/speech") > spoken);
    assertEquals(19, rig.ledger().available());
    assertTrue(rig.ledger().agrees());
  }

  @Test
  void aNoCancelsAndGivesBack() {
    String job = asked();
    assertEquals(19, rig.ledger().available());

    var answer = rig.post(approve(job), Map.of("approved", false));

    assertEquals(200, answer.status());
    assertEquals("cancelled", answer.body().path("job").path("state").asText());
    assertEquals(20, rig.ledger().available());
    assertTrue(rig.ledger().agrees());
    assertEquals(
        "cancelled", rig.nodes.read("queue/users/" + rig.uid + "/jobs/" + job).get("state"));
    var again = rig.post(approve(job), Map.of("approved", true));
    assertEquals(409, again.status());
    assertEquals("cancelled", again.detail("state"));
  }

  @Test
  void threeNosAMonthAreEnough() {
    for (int i = 0; i < 3; i++) {
      assertEquals(200, rig.post(approve(asked()), Map.of("approved", false)).status());
    }
    String fourth = asked();

    var refused = rig.post(approve(fourth), Map.of("approved", false));

    assertEquals(409, refused.status());
    assertEquals("CONFLICT", refused.code());
    assertEquals("turned_down_too_often", refused.detail("state"));
    assertEquals("awaiting_approval", job(fourth).path("state").asText());
    assertEquals(200, rig.post(approve(fourth), Map.of("approved", true)).status());
  }

  @Test
  void wishesRewriteTheScriptOnceAndTheParentIsAskedAgain() {
    String job = order();
    rig.work();
    var before = job(job).path("script");
    long scripts = films.calls("story_script");

    var wished =
        rig.post(
            approve(job),
            Map.of("approved", false, "changes", "Quillon should meet a friendly seal."));
    assertEquals(200, wished.status(), wished::toString);
    assertEquals(RunResult.ASKED, rig.work());

    var after = job(job).path("script");
    assertEquals(scripts + 1, films.calls("story_script"));
    assertNotEquals(before, after);
    assertEquals(3, after.path("scenes").size());
    var more = rig.post(approve(job), Map.of("approved", true, "changes", "And a whale."));
    assertEquals(409, more.status());
    assertEquals("rewritten", more.detail("state"));

    assertEquals(200, rig.post(approve(job), Map.of("approved", true)).status());
    StudioFilms.withoutCutting(rig, job, 2);
    assertEquals(RunResult.SUCCEEDED, rig.work());
    assertEquals(scripts + 1, films.calls("story_script"));
    var story = rig.get(STORIES + "/" + job).body().path("story");
    assertEquals(
        after.path("scenes").path(0).path("text"), story.path("scenes").path(0).path("text"));
  }

  @Test
  void aYesWithWishesIsNotAskedAgain() {
    String job = order();
    rig.work();

    rig.post(approve(job), Map.of("approved", true, "changes", "Let it snow at the end."));
    StudioFilms.withoutCutting(rig, job, 2);

    assertEquals(RunResult.SUCCEEDED, rig.work());
  }

  @Test
  void wishesThatAreNotFitForChildrenEndTheJobAndGiveBack() {
    String job = order();
    rig.work();
    long scripts = films.calls("story_script");

    rig.post(
        approve(job), Map.of("approved", true, "changes", "They should call +49 170 1234567."));

    assertEquals(RunResult.FAILED, rig.work());
    assertEquals("CONTENT_REJECTED", job(job).path("error").path("code").asText());
    assertEquals(scripts, films.calls("story_script"));
    assertEquals(20, rig.ledger().available());
  }

  @Test
  void afterSevenDaysWithoutAnAnswerItIsCancelledAndGivenBack() {
    String job = asked();
    rig.time.add(Duration.ofDays(7).minusMinutes(1));
    rig.queue.sweepAndAdmit();
    assertEquals("awaiting_approval", job(job).path("state").asText());

    rig.time.add(Duration.ofMinutes(2));
    rig.queue.sweepAndAdmit();

    assertEquals("cancelled", job(job).path("state").asText());
    assertEquals(20, rig.ledger().available());
    assertEquals(
        "cancelled", rig.nodes.read("queue/users/" + rig.uid + "/jobs/" + job).get("state"));
  }

  @Test
  void onlyAWaitingJobOfOnesOwnIsAnswered() {
    String job = order();

    var early = rig.post(approve(job), Map.of("approved", true));
    assertEquals(409, early.status());
    assertEquals("queued", early.detail("state"));
    assertEquals(404, rig.as("user-eve", approve(job), Map.of("approved", true)).status());
    assertEquals(404, rig.post(approve("unknown"), Map.of("approved", true)).status());
    assertEquals(401, rig.as("nobody", approve(job), Map.of("approved", true)).status());
  }

  @Test
  void everyBadFieldIsNamed() {
    String job = order();

    var nothing = rig.post(approve(job), Map.of("changes", "x".repeat(501)));
    assertEquals(400, nothing.status());
    assertEquals("VALIDATION_FAILED", nothing.code());
    assertTrue(nothing.details().containsKey("approved"), nothing::toString);
    assertTrue(nothing.details().containsKey("changes"), nothing::toString);
    assertEquals(400, rig.post(approve(job), Map.of("approved", "maybe")).status());
    assertEquals(400, rig.post(approve(job), Map.of("approved", true, "why", "so")).status());
  }

  private static String approve(String job) {
    return STORIES + "/" + job + "/approve";
  }

  private JsonNode job(String id) {
    return rig.get(STORIES + "/" + id).body().path("job");
  }

  private String order() {
    String photo = rig.photo(StudioFilms.photo());
    var order = StoriesRig.order(photo);
    order.put("requireApproval", true);
    return rig.accepted(order);
  }

  /** A job that waits for its parent, made by a pipeline that only asks. */
  private String asked() {
    rig.pipeline.set(new OnlyAsks());
    String job = order();
    assertEquals(RunResult.ASKED, rig.work());
    return job;
  }

  private static final class OnlyAsks implements Pipeline {
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
      return new StepOutcome.Ask();
    }
  }
}
