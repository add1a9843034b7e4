package app.infinitestories.functions.api.userstories;

import static app.infinitestories.functions.api.userstories.StoriesRig.STORIES;
import static app.infinitestories.functions.api.userstories.StoriesRig.order;
import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.jobs.Job;
import app.infinitestories.jobs.JobFailed;
import app.infinitestories.jobs.Pipeline;
import app.infinitestories.jobs.StepOutcome;
import app.infinitestories.jobs.Steps;
import app.infinitestories.provider.Charge;
import app.infinitestories.provider.PaidCall;
import app.infinitestories.queue.run.RunResult;
import app.infinitestories.testkit.FirestoreTest;
import com.google.cloud.firestore.Firestore;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Another try of a film that failed, as the app asks for it. */
@FirestoreTest
class RetryRouteTest {
  private final StoriesRig rig;
  private final Paid pipeline = new Paid();

  RetryRouteTest(Firestore firestore) {
    rig = new StoriesRig(firestore);
    rig.pipeline.set(pipeline);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aFailedJobGoesOnFromItsLastGoodStepAndIsPaidOnce() {
    String photo = rig.photo();
    String job = failed(photo, "hero-sheet");
    assertEquals(20, rig.ledger().available());
    var before = on(rig.upload(photo).get()).getUpdateTime();

    var answer = rig.post(retry(job), Map.of());

    assertEquals(202, answer.status(), answer::toString);
    assertEquals("queued", answer.body().path("job").path("state").asText());
    assertTrue(answer.body().path("job").path("error").isNull());
    assertEquals("10", answer.header("RateLimit-Limit"));
    assertEquals("9", answer.header("RateLimit-Remaining"));
    assertEquals(19, rig.ledger().available());
    assertNotEquals(before, on(rig.upload(photo).get()).getUpdateTime(), "the photo is used again");

    pipeline.broken = "";
    assertEquals(RunResult.SUCCEEDED, rig.work());
    assertEquals(List.of("photo", "script", "hero-sheet", "hero-sheet"), pipeline.calls);
    assertEquals(19, rig.ledger().available());
    assertTrue(rig.ledger().agrees());
  }

  @Test
  void theSameKeyGetsTheSameAnswerAndAnotherJobAnotherOne() {
    String first = failed(rig.photo(), "hero-sheet");
    String second = failed(rig.photo(), "hero-sheet");

    var answer = rig.post(retry(first), Map.of(), "key");
    var again = rig.post(retry(first), Map.of(), "key");
    var other = rig.post(retry(second), Map.of(), "key");

    assertEquals(202, again.status());
    assertEquals("true", again.header("Idempotent-Replayed"));
    assertEquals(answer.body(), again.body());
    assertEquals(202, other.status(), other::toString);
    assertEquals(second, other.body().path("job").path("id").asText());
    assertEquals(18, rig.ledger().available());
  }

  @Test
  void onlyAFailedJobIsTriedAgain() {
    String job = rig.accepted(order(rig.photo()));

    var queued = rig.post(retry(job), Map.of());
    assertEquals(409, queued.status());
    assertEquals("CONFLICT", queued.code());
    assertEquals("queued", queued.detail("state"));
    rig.work();
    var finished = rig.post(retry(job), Map.of());
    assertEquals("succeeded", finished.detail("state"));
  }

  @Test
  void anothersStoryIsNotFound() {
    String job = failed(rig.photo(), "hero-sheet");

    assertEquals(404, rig.as("user-eve", retry(job), Map.of()).status());
    assertEquals(404, rig.post(retry("unknown"), Map.of()).status());
    assertEquals(401, rig.as("nobody", retry(job), Map.of()).status());
  }

  @Test
  void afterADayEverythingItWasMadeFromIsForgotten() {
    String job = failed(rig.photo(), "hero-sheet");
    rig.time.add(Duration.ofHours(24).plusSeconds(1));

    var late = rig.post(retry(job), Map.of());

    assertEquals(409, late.status());
    assertEquals("INPUT_FORGOTTEN", late.code());
    assertEquals(20, rig.ledger().available());
  }

  @Test
  void withoutItsPhotoTheHeroCannotBeDrawn() {
    String job = failed(rig.photo(), "hero-sheet");
    rig.time.add(Duration.ofMinutes(31));
    rig.forgetPhotos().run();

    assertEquals("INPUT_FORGOTTEN", rig.post(retry(job), Map.of()).code());
  }

  @Test
  void aDrawnHeroNeedsNoPhotoAnyMore() {
    String job = failed(rig.photo(), "picture");
    rig.time.add(Duration.ofMinutes(31));
    rig.forgetPhotos().run();

    assertEquals(202, rig.post(retry(job), Map.of()).status());
    pipeline.broken = "";
    assertEquals(RunResult.SUCCEEDED, rig.work());
  }

  @Test
  void aPhotoThatIsUsedAgainIsNotForgottenBeforeTheEnd() {
    String photo = rig.photo();
    String job = failed(photo, "hero-sheet");
    rig.post(retry(job), Map.of());
    rig.time.add(Duration.ofMinutes(31));

    rig.forgetPhotos().run();
    assertTrue(rig.media.stat(photo).isPresent());

    pipeline.broken = "";
    rig.work();
    rig.forgetPhotos().ofJob(job);
    assertTrue(rig.media.stat(photo).isEmpty());
  }

  @Test
  void whoHasNoTokensLeftIsTold() {
    String job = failed(rig.photo(), "hero-sheet");
    rig.spendAllTokens();

    var poor = rig.post(retry(job), Map.of(), "poor");

    assertEquals(402, poor.status(), poor::toString);
    assertEquals("INSUFFICIENT_TOKENS", poor.code());
    assertEquals(1, poor.body().at("/details/needed").asInt());
    assertEquals(0, poor.body().at("/details/available").asInt());
    assertEquals("true", rig.post(retry(job), Map.of(), "poor").header("Idempotent-Replayed"));
  }

  @Test
  void withoutTheGuardiansConsentNothingGoesOn() {
    String job = failed(rig.photo(), "hero-sheet");
    on(rig.firestore.document("users/" + rig.uid).update("guardianConsentAt", null));

    var refused = rig.post(retry(job), Map.of());

    assertEquals(403, refused.status());
    assertEquals("CONSENT_REQUIRED", refused.code());
  }

  @Test
  void tenTriesAnHourAreEnough() {
    String job = failed(rig.photo(), "hero-sheet");
    for (int i = 0; i < 10; i++) {
      assertEquals(202, rig.post(retry(job), Map.of()).status());
      assertEquals(RunResult.FAILED, rig.work());
    }

    var often = rig.post(retry(job), Map.of());

    assertEquals(429, often.status());
    assertEquals("RATE_LIMITED", often.code());
    assertTrue(Integer.parseInt(often.header("Retry-After")) > 3_000);
  }

  private static String retry(String job) {
    return STORIES + "/" + job + "/retry";
  }

  /** Orders a film whose pipeline fails at that step. */
  private String failed(String photo, String step) {
    pipeline.broken = step;
    String job = rig.accepted(order(photo));
    assertEquals(RunResult.FAILED, rig.work());
    return job;
  }

  /** Steps of a film that each cost something. */
  private static final class Paid implements Pipeline {
    final List<String> calls = new ArrayList<>();
    String broken = "";

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
      for (String step :
          List.of("photo", "script", "photo-moderation", "hero-sheet", "hero-profile", "picture")) {
        if (step.equals("photo-moderation")) {
          steps.run(step, Boolean.class, s -> true);
          continue;
        }
        steps.call(
            step,
            String.class,
            new PaidCall("studio", "model", new BigDecimal("0.01")),
            s -> {
              if (List.of("photo", "script", "hero-sheet").contains(step)) {
                calls.add(step);
              }
              if (step.equals(broken)) {
                throw new JobFailed("INTERNAL", "It broke.");
              }
              s.charge(
                  new Charge(
                      "studio", "model", step, "calls", BigDecimal.ONE, new BigDecimal("0.01")));
              return step;
            });
      }
      return steps.finish("publish", step -> new StepOutcome.Done(List.of()));
    }
  }
}
