package app.infinitestories.queue;

import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.jobs.ContentRefused;
import app.infinitestories.jobs.CostCapReached;
import app.infinitestories.jobs.Job;
import app.infinitestories.jobs.Pipeline.PlannedStep;
import app.infinitestories.jobs.StepOutcome;
import app.infinitestories.jobs.Steps;
import app.infinitestories.jobs.Steps.PollResult;
import app.infinitestories.local.firestore.FirestoreEmulator;
import app.infinitestories.provider.Answer;
import app.infinitestories.provider.Charge;
import app.infinitestories.provider.PaidCall;
import app.infinitestories.provider.ProviderException;
import app.infinitestories.queue.line.RetryGuard;
import app.infinitestories.queue.run.RunResult;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.TestProject;
import com.google.cloud.firestore.Firestore;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The step ledger: what is recorded is not done again, and each failure goes its way. */
@FirestoreTest
class StepsTest {
  private static final PaidCall WORDS = new PaidCall("openai", "words", new BigDecimal("0.02"));
  private static final StepOutcome DONE = new StepOutcome.Done(List.of());

  private final QueueRig rig;
  private final AtomicInteger calls = new AtomicInteger();

  StepsTest(Firestore firestore) {
    rig = new QueueRig(firestore, Map.of("CLIPS_AT_ONCE", "2", "STORY_COST_CAP_USD", "1.00"));
  }

  @BeforeEach
  void emptyDatabase(FirestoreEmulator emulator, TestProject project) {
    emulator.clear(project.id());
  }

  private String start(BiFunction<Job, Steps, StepOutcome> body) {
    return start(List.of(), body);
  }

  private String start(List<PlannedStep> plan, BiFunction<Job, Steps, StepOutcome> body) {
    rig.pipelines.put("video", new FilmPipeline("video", plan, body));
    String jobId = rig.submit("u");
    rig.queue.admitJobs().run("film");
    return jobId;
  }

  @Test
  void aRecordedStepIsNotRunAgain() {
    start((job, steps) -> {
      steps.call("one", String.class, WORDS, step -> "n" + calls.incrementAndGet());
      if (calls.get() == 1) {
        calls.incrementAndGet();
        return new StepOutcome.Wait(rig.timing.now());
      }
      assertEquals("n1", steps.call("one", String.class, WORDS, step -> "again"));
      return DONE;
    });

    assertEquals(RunResult.WAITING, rig.deliver());
    assertEquals(RunResult.SUCCEEDED, rig.deliver());

    assertEquals(2, calls.get());
  }

  @Test
  void aRefusalIsRecordedAndRefusesAgainWithoutAsking() {
    start((job, steps) -> {
      for (int i = 0; i < 2; i++) {
        try {
          steps.call(
              "scene",
              String.class,
              WORDS,
              step -> {
                calls.incrementAndGet();
                throw new ProviderException.Refused("openai", "words", "violence", false);
              });
        } catch (ContentRefused e) {
          assertEquals("violence", e.category());
        }
      }
      return DONE;
    });

    assertEquals(RunResult.SUCCEEDED, rig.deliver());
    assertEquals(1, calls.get());
  }

  @Test
  void aRefusalThatNobodyCatchesFailsTheJobAndARetryAsksAgain() {
    String jobId =
        start((job, steps) -> {
          steps.run("before", String.class, step -> "b" + calls.incrementAndGet());
          steps.call(
              "scene",
              String.class,
              WORDS,
              step -> {
                if (job.round() == 1) {
                  throw new ProviderException.Refused("openai", "words", "x", true);
                }
                return "fine";
              });
          return DONE;
        });

    assertEquals(RunResult.FAILED, rig.deliver());
    assertEquals(JobError.CONTENT_REJECTED, errorOf(jobId).code());
    assertEquals(20L, rig.ledger("u").available());

    rig.queue.retryJob(RetryGuard.ALWAYS).retry("u", jobId, Optional.empty(), Optional.empty());
    rig.queue.admitJobs().run("film");
    assertEquals(RunResult.SUCCEEDED, rig.deliver());
    assertEquals(1, calls.get());
    assertEquals(19L, rig.ledger("u").available());
    assertTrue(rig.ledger("u").agrees());
    assertTrue(rig.exists("outbox/" + jobId + ":1:failed"));
    assertTrue(rig.exists("outbox/" + jobId + ":2:ready"));
  }

  @Test
  void aBusyProviderIsWaitedForWithTheSlotAndThenParked() {
    String jobId =
        start((job, steps) -> {
          steps.call(
              "words",
              String.class,
              WORDS,
              step -> {
                throw new ProviderException.Busy(
                    "openai", "words", "429", Optional.of(Duration.ofSeconds(30)), null);
              });
          return DONE;
        });

    assertEquals(RunResult.WAITING, rig.deliver());
    assertEquals(JobState.WAITING, rig.job(jobId).state());
    rig.time.add(Duration.ofSeconds(100));
    assertEquals(RunResult.PARKED, rig.deliver());

    QueuedJob parked = rig.job(jobId);
    assertEquals(JobState.PARKED, parked.state());
    assertNotNull(parked.dueAt());
    assertEquals(0, parked.attempts());
    assertTrue(rig.slots().stream().allMatch(Slot::free));
    assertEquals(1L, rig.accounts.read("u").orElseThrow().line("film").active());
  }

  @Test
  void aBreakerOpensStopsAdmissionAndClosesWithTheFirstSuccess() {
    var breakers = rig.queue.breakers();
    for (int i = 0; i < 5; i++) {
      breakers.wasBusy("openai", "words", "film", Optional.empty());
    }

    assertEquals(0, breakers.admissible("film", 16));
    assertEquals(16, breakers.admissible("media", 16));
    assertTrue(breakers.openUntil("openai", "words").isPresent());
    rig.submit("u");
    assertEquals(0, rig.queue.admitJobs().run("film"));

    rig.time.add(Duration.ofSeconds(31));
    assertEquals(1, breakers.admissible("film", 16));
    breakers.worked("openai", "words");
    assertEquals(16, breakers.admissible("film", 16));
  }

  @Test
  void aBadAnswerIsAskedForOnceMore() {
    start((job, steps) -> {
      steps.call(
          "words",
          String.class,
          WORDS,
          step -> {
            if (calls.incrementAndGet() == 1) {
              throw new ProviderException.BadAnswer("openai", "words", "no JSON", null);
            }
            return "fine";
          });
      return DONE;
    });

    assertEquals(RunResult.SUCCEEDED, rig.deliver());
    assertEquals(2, calls.get());
  }

  @Test
  void twoBadAnswersFailTheJob() {
    String jobId =
        start((job, steps) -> {
          steps.call(
              "words",
              String.class,
              WORDS,
              step -> {
                calls.incrementAndGet();
                throw new ProviderException.BadAnswer("openai", "words", "no JSON", null);
              });
          return DONE;
        });

    assertEquals(RunResult.FAILED, rig.deliver());
    assertEquals(JobError.PROVIDER_UNAVAILABLE, errorOf(jobId).code());
    assertEquals(2, calls.get());
  }

  @Test
  void aRequestThatIsWrongFailsTheJobAtOnce() {
    String jobId =
        start((job, steps) -> {
          steps.call(
              "words",
              String.class,
              WORDS,
              step -> {
                throw new ProviderException.BadRequest("openai", "words", "400", null);
              });
          return DONE;
        });

    assertEquals(RunResult.FAILED, rig.deliver());
    assertEquals(JobError.INTERNAL, errorOf(jobId).code());
  }

  @Test
  void aCallThatDoesNotFitUnderTheCapIsNotSent() {
    start((job, steps) -> {
      var dear = new PaidCall("runway", "clip", new BigDecimal("1.01"));
      try {
        steps.call("clip", String.class, dear, step -> "n" + calls.incrementAndGet());
      } catch (CostCapReached e) {
        steps.run("motion", String.class, step -> "cheaper");
      }
      return DONE;
    });

    assertEquals(RunResult.SUCCEEDED, rig.deliver());
    assertEquals(0, calls.get());
  }

  @Test
  void fiveBrokenStartsWithoutANewStepFailTheJob() {
    String jobId =
        start((job, steps) -> {
          throw new IllegalStateException("poison");
        });

    for (int i = 1; i < 5; i++) {
      assertEquals(RunResult.RETURNED, rig.deliver());
      assertEquals(i, rig.job(jobId).attempts());
      rig.queue.admitJobs().run("film");
    }
    assertEquals(RunResult.FAILED, rig.deliver());

    assertEquals(JobError.TOO_MANY_ATTEMPTS, errorOf(jobId).code());
    assertEquals(20L, rig.ledger("u").available());
    assertTrue(rig.ledger("u").agrees());
  }

  @Test
  void aNewStepForgivesEarlierAttempts() {
    String jobId =
        start((job, steps) -> {
          if (calls.incrementAndGet() == 3) {
            steps.run("new", String.class, step -> "x");
          }
          throw new IllegalStateException("poison");
        });

    rig.deliver();
    rig.queue.admitJobs().run("film");
    rig.deliver();
    rig.queue.admitJobs().run("film");
    rig.deliver();

    assertEquals(1, rig.job(jobId).attempts());
  }

  @Test
  void clipsAreBoundedAndOneThatWaitsDoesNotStopTheOthers() {
    String jobId =
        start(
            List.of(new PlannedStep("clip", 4, 10), new PlannedStep("voice", 4, 10)),
            (job, steps) -> {
              List<String> clips =
                  steps.each(
                      List.of("a", "b", "c", "d"),
                      (scene, s) -> {
                        s.run("voice", String.class, step -> "voice of " + scene);
                        return s.await(
                            "clip",
                            String.class,
                            new PaidCall("runway", "clip", new BigDecimal("0.20")),
                            step -> "task-" + calls.incrementAndGet(),
                            (step, task) ->
                                new PollResult.Ready<>(new Answer<>(scene, charge("0.20"))));
                      });
              assertEquals(List.of("a", "b", "c", "d"), clips);
              return DONE;
            });

    assertEquals(RunResult.WAITING, rig.deliver());
    assertEquals(2, calls.get());
    assertEquals(4, doneSteps(jobId));
    assertEquals(50, rig.slot("film-0").progress());

    rig.time.add(Duration.ofSeconds(15));
    assertEquals(RunResult.WAITING, rig.deliver());
    assertEquals(4, calls.get());
    rig.time.add(Duration.ofSeconds(15));
    assertEquals(RunResult.SUCCEEDED, rig.deliver());

    assertEquals(0, new BigDecimal("0.80").compareTo(rig.queue.costReport().of(jobId).totalUsd()));
  }

  @Test
  void aPollWithoutNewsChangesNothingButTheSlot() {
    String jobId =
        start((job, steps) -> {
          steps.await(
              "clip",
              String.class,
              WORDS,
              step -> "task",
              (step, task) -> new PollResult.Pending<String>(calls.incrementAndGet() / 9.0));
          return DONE;
        });
    rig.deliver();
    QueuedJob before = rig.job(jobId);
    Slot slot = rig.slot("film-0");

    rig.time.add(Duration.ofSeconds(15));
    assertEquals(RunResult.WAITING, rig.deliver());

    assertEquals(1, calls.get());
    assertEquals(before.updateTime(), rig.job(jobId).updateTime());
    assertTrue(rig.slot("film-0").beat() > slot.beat());
  }

  @Test
  void aTaskThatTheProviderLostIsSentOnceMoreThenTheJobFails() {
    String jobId =
        start((job, steps) -> {
          steps.await(
              "clip",
              String.class,
              WORDS,
              step -> "task-" + calls.incrementAndGet(),
              (step, task) -> new PollResult.Lost<String>("their fault"));
          return DONE;
        });
    rig.deliver();
    rig.time.add(Duration.ofSeconds(15));
    assertEquals(RunResult.WAITING, rig.deliver());
    rig.time.add(Duration.ofSeconds(15));
    assertEquals(RunResult.FAILED, rig.deliver());

    assertEquals(2, calls.get());
    assertEquals(JobError.PROVIDER_UNAVAILABLE, errorOf(jobId).code());
    assertTrue(rig.exists("orphans/openai:task-1"));
  }

  @Test
  void tasksThatAreAllLostAtOnceAreAllSentOnceMore() {
    String jobId =
        start((job, steps) -> {
          steps.each(
              List.of("a", "b"),
              (scene, s) ->
                  s.await(
                      "clip",
                      String.class,
                      new PaidCall("runway", "clip", new BigDecimal("0.20")),
                      step -> "task-" + calls.incrementAndGet(),
                      (step, task) ->
                          task.endsWith("1") || task.endsWith("2")
                              ? new PollResult.Lost<String>("their fault")
                              : new PollResult.Ready<>(new Answer<>(scene, charge("0.20")))));
          return DONE;
        });
    rig.deliver();
    assertEquals(2, calls.get());

    RunResult end = RunResult.WAITING;
    for (int poll = 0; poll < 4 && end == RunResult.WAITING; poll++) {
      rig.time.add(Duration.ofSeconds(15));
      end = rig.deliver();
    }

    assertEquals(RunResult.SUCCEEDED, end);
    assertEquals(4, calls.get());
    assertTrue(rig.exists("orphans/runway:task-1"));
    assertTrue(rig.exists("orphans/runway:task-2"));
    assertEquals(2, doneSteps(jobId));
  }

  @Test
  void aLargeResultLiesInStorage() {
    String jobId =
        start((job, steps) -> {
          String large = steps.run("large", String.class, step -> "x".repeat(150_000));
          assertEquals(150_000, large.length());
          if (calls.incrementAndGet() == 1) {
            return new StepOutcome.Wait(rig.timing.now());
          }
          return DONE;
        });

    rig.deliver();
    assertEquals(RunResult.SUCCEEDED, rig.deliver());
    assertEquals(List.of("jobs/" + jobId + "/work/large@1.json"), rig.media.list("jobs/", 9));
  }

  @Test
  void aRunThatLostItsJobWritesNothingAndTakesItsUploadsBack() {
    String jobId =
        start((job, steps) -> {
          steps.call(
              "picture",
              String.class,
              WORDS,
              step -> {
                String path = step.upload(new byte[] {1, 2}, "png", "image/png");
                step.charge(charge("0.02"));
                rig.queue.cancelJob().cancel("u", job.id());
                return path;
              });
          return DONE;
        });

    assertEquals(RunResult.LOST, rig.deliver());

    assertEquals(JobState.CANCELLED, rig.job(jobId).state());
    assertEquals(0, doneSteps(jobId));
    assertEquals(List.of(), rig.media.list("jobs/", 9));
    assertTrue(rig.slots().stream().allMatch(Slot::free));
    assertEquals(0, new BigDecimal("0.02").compareTo(rig.queue.costReport().of(jobId).totalUsd()));
    assertEquals(20L, rig.ledger("u").available());
  }

  @Test
  void aCancelledJobsTasksAreCancelledAtTheProvider() {
    String jobId =
        start((job, steps) -> {
          steps.await(
              "clip",
              String.class,
              WORDS,
              step -> "task-7",
              (step, task) -> new PollResult.Pending<String>(0));
          return DONE;
        });
    rig.deliver();

    rig.queue.cancelJob().cancel("u", jobId);
    var cancelled = new java.util.ArrayList<String>();
    var reaper = rig.queue.reapOrphans((provider, task) -> cancelled.add(provider + " " + task));
    assertEquals(1, reaper.run());
    assertEquals(0, reaper.run());

    assertEquals(List.of("openai task-7"), cancelled);
    assertEquals(0, new BigDecimal("0.02").compareTo(rig.queue.costReport().of(jobId).totalUsd()));
  }

  @Test
  void oneBranchesFailureLosesNothingOfTheOthers() {
    String jobId =
        start((job, steps) -> {
          steps.both(
              () -> steps.run("good", String.class, step -> "kept"),
              () ->
                  steps.run(
                      "bad",
                      String.class,
                      step -> {
                        throw new IllegalStateException("broken");
                      }));
          return DONE;
        });

    assertEquals(RunResult.RETURNED, rig.deliver());
    assertEquals(1, doneSteps(jobId));
    assertFalse(rig.exists("jobs/" + jobId + "/steps/bad@1"));
  }

  @Test
  void theMonthsMetricIsWrittenWithTheStep() {
    String jobId =
        start((job, steps) -> {
          steps.call(
              "words",
              String.class,
              WORDS,
              step -> {
                step.charge(charge("0.0123"));
                return "x";
              });
          return DONE;
        });
    rig.deliver();

    String month =
        java.time.YearMonth.from(rig.timing.now().atZone(java.time.ZoneOffset.UTC)).toString();
    assertEquals(
        "0.0123", rig.field("users/u/usage/" + month + "/metrics/" + jobId + ":words@1", "usd"));
  }

  @Test
  void anUnusableAnswerIsPaidForAndRecordedLikeAGoodOne() {
    String jobId =
        start((job, steps) -> {
          steps.call(
              "words",
              String.class,
              WORDS,
              step -> {
                if (calls.incrementAndGet() == 1) {
                  throw noJson("0.03");
                }
                step.charge(charge("0.01"));
                return "fine";
              });
          return DONE;
        });

    assertEquals(RunResult.SUCCEEDED, rig.deliver());

    assertEquals(List.of("0.03", "0.01"), costs(jobId));
    assertEquals("0.03", rig.field(metric(jobId + ":words@1"), "usd"));
    assertEquals("0.01", rig.field(metric(jobId + ":words@1:1"), "usd"));
  }

  @Test
  void aProviderThatStaysUnusableIsPaidForAlthoughTheJobFails() {
    String jobId =
        start((job, steps) -> {
          steps.call(
              "words",
              String.class,
              WORDS,
              step -> {
                throw noJson("0.03");
              });
          return DONE;
        });

    assertEquals(RunResult.FAILED, rig.deliver());

    assertEquals(List.of("0.03", "0.03"), costs(jobId));
    assertEquals("0.03", rig.field(metric(jobId + ":words@1:1"), "usd"));
    assertEquals(20L, rig.ledger("u").available());
  }

  @Test
  void theCapKnowsOfUnusableAnswers() {
    String jobId =
        start((job, steps) -> {
          try {
            steps.call(
                "words",
                String.class,
                WORDS,
                step -> {
                  calls.incrementAndGet();
                  throw noJson("0.99");
                });
          } catch (CostCapReached e) {
            steps.run("motion", String.class, step -> "cheaper");
          }
          return DONE;
        });

    assertEquals(RunResult.SUCCEEDED, rig.deliver());

    assertEquals(1, calls.get(), "a second one does not fit");
    assertEquals(List.of("0.99"), costs(jobId));
  }

  @Test
  void aRefusalThatCostsIsPaidFor() {
    String jobId =
        start((job, steps) -> {
          try {
            steps.call(
                "scene",
                String.class,
                WORDS,
                step -> {
                  throw new ProviderException.Refused("openai", "words", "violence", false)
                      .costing(charge("0.02"));
                });
          } catch (ContentRefused e) {
            return DONE;
          }
          return DONE;
        });

    assertEquals(RunResult.SUCCEEDED, rig.deliver());
    assertEquals(List.of("0.02"), costs(jobId));
  }

  @Test
  void whatIsLostOnOurSideAfterItWasPaidForIsRecordedToo() {
    String jobId =
        start((job, steps) -> {
          steps.call(
              "picture",
              String.class,
              WORDS,
              step -> {
                step.charge(charge("0.02"));
                if (calls.incrementAndGet() == 1) {
                  throw new IllegalStateException("the bucket is away");
                }
                return "kept";
              });
          return DONE;
        });

    assertEquals(RunResult.RETURNED, rig.deliver());
    assertEquals(List.of("0.02"), costs(jobId));
    rig.queue.admitJobs().run("film");
    assertEquals(RunResult.SUCCEEDED, rig.deliver());
    assertEquals(List.of("0.02", "0.02"), costs(jobId));
  }

  @Test
  void aTaskThatWasMadeAndBroughtNothingIsPaidForOnce() {
    String jobId =
        start((job, steps) -> {
          steps.await(
              "clip",
              String.class,
              WORDS,
              step -> "task-" + calls.incrementAndGet(),
              (step, task) -> {
                if (task.equals("task-1")) {
                  throw noJson("0.25");
                }
                return new PollResult.Ready<>(new Answer<>("film", charge("0.25")));
              });
          return DONE;
        });
    rig.deliver();
    rig.time.add(Duration.ofSeconds(15));
    assertEquals(RunResult.WAITING, rig.deliver());
    rig.time.add(Duration.ofSeconds(15));
    assertEquals(RunResult.SUCCEEDED, rig.deliver());

    assertEquals(2, calls.get());
    assertTrue(rig.exists("orphans/openai:task-1"));
    assertEquals(List.of("0.25", "0.25"), costs(jobId));
  }

  @Test
  void aTaskThatIsLostWithoutAWordOfItsCostIsBookedAsEstimated() {
    String jobId =
        start((job, steps) -> {
          steps.await(
              "clip",
              String.class,
              WORDS,
              step -> "task-" + calls.incrementAndGet(),
              (step, task) ->
                  task.equals("task-1")
                      ? new PollResult.Lost<String>("their fault")
                      : new PollResult.Ready<>(new Answer<>("film", charge("0.01"))));
          return DONE;
        });
    rig.deliver();
    rig.time.add(Duration.ofSeconds(15));
    rig.deliver();
    rig.time.add(Duration.ofSeconds(15));
    assertEquals(RunResult.SUCCEEDED, rig.deliver());

    assertEquals(
        List.of("0.01", "0.02"), costs(jobId).stream().sorted().toList(), "clip and lost task");
  }

  private List<String> costs(String jobId) {
    return rig.queue.costReport().of(jobId).lines().stream()
        .map(line -> line.charge().usd().toPlainString())
        .toList();
  }

  private String metric(String id) {
    var month = java.time.YearMonth.from(rig.timing.now().atZone(java.time.ZoneOffset.UTC));
    return "users/u/usage/" + month + "/metrics/" + id;
  }

  private static ProviderException noJson(String usd) {
    return new ProviderException.BadAnswer("openai", "words", "no JSON", null).costing(charge(usd));
  }

  private JobError errorOf(String jobId) {
    JobError error = rig.job(jobId).error();
    assertNotNull(error);
    return error;
  }

  private long doneSteps(String jobId) {
    return on(rig.queue.store().steps(jobId).whereEqualTo("state", "done").get()).size();
  }

  private static Charge charge(String usd) {
    return new Charge(
        "openai", "m", "image_generation", "images", BigDecimal.ONE, new BigDecimal(usd));
  }
}
