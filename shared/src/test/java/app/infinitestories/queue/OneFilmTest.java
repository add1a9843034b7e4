package app.infinitestories.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.jobs.Pipeline.PlannedStep;
import app.infinitestories.jobs.StepOutcome;
import app.infinitestories.jobs.StepOutcome.NewDocument;
import app.infinitestories.jobs.Steps.PollResult;
import app.infinitestories.provider.Answer;
import app.infinitestories.provider.Charge;
import app.infinitestories.provider.PaidCall;
import app.infinitestories.queue.run.RunResult;
import app.infinitestories.testkit.FirestoreTest;
import com.google.cloud.firestore.Firestore;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The way of one film from the request to the story, over the real Firestore. */
@FirestoreTest
class OneFilmTest {
  private static final PaidCall WORDS = new PaidCall("openai", "words", new BigDecimal("0.02"));
  private static final PaidCall CLIP = new PaidCall("runway", "clip", new BigDecimal("0.25"));

  @Test
  void aFilmIsSubmittedAdmittedMadeAndPaid(Firestore firestore) {
    var rig = new QueueRig(firestore, Map.of());
    var told = new AtomicInteger();
    var sent = new AtomicInteger();
    rig.pipelines.put(
        "video",
        new FilmPipeline(
            "video",
            List.of(new PlannedStep("script", 1, 10), new PlannedStep("clip", 2, 30)),
            (job, steps) -> {
              String script =
                  steps.call(
                      "script",
                      String.class,
                      WORDS,
                      step -> {
                        told.incrementAndGet();
                        step.charge(charge("openai", "story_generation", "0.013"));
                        return "Once upon a time";
                      });
              List<String> clips =
                  steps.each(
                      List.of("sea", "sky"),
                      (scene, s) ->
                          s.await(
                              "clip",
                              String.class,
                              CLIP,
                              step -> "task-" + scene + sent.incrementAndGet(),
                              (step, task) ->
                                  new PollResult.Ready<>(
                                      new Answer<>(
                                          step.upload(new byte[] {1}, "mp4", "video/mp4"),
                                          charge("runway", "video_generation", "0.25")))));
              assertEquals(2, clips.size());
              return steps.finish(
                  "publish",
                  step ->
                      new StepOutcome.Done(
                          List.of(
                              new NewDocument(
                                  "users/" + job.uid() + "/stories/" + job.id(),
                                  Map.of("text", script)))));
            }));

    String jobId = rig.submit("anna");
    assertEquals(JobState.READY, rig.job(jobId).state());
    assertEquals(19L, rig.ledger("anna").available());

    assertEquals(1, rig.queue.admitJobs().run("film"));
    assertEquals(JobState.WAITING, rig.job(jobId).state());

    assertEquals(RunResult.WAITING, rig.deliver());
    assertEquals(JobState.WAITING, rig.job(jobId).state());
    assertEquals(2, sent.get());

    rig.time.add(Duration.ofSeconds(20));
    assertEquals(RunResult.SUCCEEDED, rig.deliver());

    QueuedJob done = rig.job(jobId);
    assertEquals(JobState.SUCCEEDED, done.state());
    assertNull(done.slot());
    assertEquals(2, sent.get());
    assertEquals(1, told.get());
    assertTrue(rig.exists("users/anna/stories/" + jobId));
    assertTrue(rig.exists("outbox/" + jobId + ":1:ready"));
    assertTrue(rig.ledger("anna").agrees(), () -> rig.ledger("anna").toString());
    assertEquals(0L, rig.ledger("anna").held());
    assertTrue(rig.slot("film-0").free() && rig.slot("film-1").free());
    JobView last = rig.changes.getLast();
    assertEquals(JobState.SUCCEEDED, last.state());
    assertEquals(100, last.progress());
  }

  private static Charge charge(String provider, String operation, String usd) {
    return new Charge(provider, "model", operation, "seconds", BigDecimal.ONE, new BigDecimal(usd));
  }
}
