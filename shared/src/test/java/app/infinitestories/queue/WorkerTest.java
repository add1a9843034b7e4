package app.infinitestories.queue;

import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.accounts.CheckLedger;
import app.infinitestories.accounts.Cost;
import app.infinitestories.jobs.StepOutcome;
import app.infinitestories.local.firestore.FirestoreEmulator;
import app.infinitestories.platform.tasks.TaskQueue;
import app.infinitestories.queue.line.Priority;
import app.infinitestories.queue.line.Submission;
import app.infinitestories.queue.run.ChangeResult;
import app.infinitestories.queue.run.RunResult;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.TestProject;
import com.google.cloud.firestore.Firestore;
import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One job, one worker: copies of a task, late workers, races with the owner, places passed on. */
@FirestoreTest
class WorkerTest {
  private static final StepOutcome DONE = new StepOutcome.Done(List.of());

  private final Firestore firestore;
  private final AtomicInteger calls = new AtomicInteger();
  private QueueRig rig;

  WorkerTest(Firestore firestore) {
    this.firestore = firestore;
    this.rig = new QueueRig(firestore, Map.of());
  }

  @BeforeEach
  void emptyDatabase(FirestoreEmulator emulator, TestProject project) {
    emulator.clear(project.id());
  }

  @Test
  void ofTwoCopiesOfATaskOneWorks() throws Exception {
    rig.pipelines.put(
        "video",
        FilmPipeline.of((job, steps) -> {
          steps.run("once", String.class, step -> "n" + calls.incrementAndGet());
          return DONE;
        }));
    rig.submit("u");
    rig.queue.admitJobs().run("film");
    TaskQueue.Work task = rig.tasks.nextWork().orElseThrow();

    List<RunResult> results = together(() -> rig.deliver(task), () -> rig.deliver(task));

    assertEquals(1, results.stream().filter(RunResult.SUCCEEDED::equals).count());
    assertEquals(1, results.stream().filter(RunResult.DROPPED::equals).count());
    assertEquals(1, calls.get());
    assertEquals(RunResult.DROPPED, rig.deliver(task));
  }

  @Test
  void twoDispatchersAdmitEachJobOnce() throws Exception {
    rig = new QueueRig(firestore, Map.of("FILM_SLOTS", "12"));
    for (int user = 0; user < 12; user++) {
      rig.submit("user-" + user);
    }

    List<Integer> admitted =
        together(() -> rig.queue.admitJobs().run("film"), () -> rig.queue.admitJobs().run("film"));
    rig.queue.admitJobs().run("film");

    assertTrue(admitted.get(0) + admitted.get(1) <= 12, admitted::toString);
    List<String> jobs = rig.slots().stream().map(slot -> String.valueOf(slot.jobId())).toList();
    assertEquals(12, jobs.stream().distinct().count());
    assertTrue(rig.slots().stream().noneMatch(Slot::free));
  }

  @Test
  void aLateWorkerCannotWrite() throws Exception {
    rig = new QueueRig(firestore, Map.of("LEASE_SECONDS", "0"));
    var inside = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    rig.pipelines.put(
        "video",
        FilmPipeline.of((job, steps) -> {
          String who =
              steps.run(
                  "who",
                  String.class,
                  step -> {
                    int run = calls.incrementAndGet();
                    if (run == 1) {
                      inside.countDown();
                      Uninterruptibles.awaitUninterruptibly(goOn);
                    }
                    return "run " + run;
                  });
          return steps.finish(
              "publish",
              step ->
                  new StepOutcome.Done(
                      List.of(
                          new StepOutcome.NewDocument("stories/" + job.id(), Map.of("who", who)))));
        }));
    String jobId = rig.submit("u");
    rig.queue.admitJobs().run("film");
    TaskQueue.Work first = rig.tasks.nextWork().orElseThrow();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<RunResult> late = threads.submit(() -> rig.deliver(first));
      Uninterruptibles.awaitUninterruptibly(inside);

      assertEquals(1, rig.queue.returnExpiredLeases().run());
      rig.queue.admitJobs().run("film");
      assertEquals(RunResult.SUCCEEDED, rig.deliver());
      goOn.countDown();

      assertEquals(RunResult.LOST, late.get());
    }
    assertEquals("run 2", rig.field("stories/" + jobId, "who"));
    assertEquals(2, rig.job(jobId).fence());
    assertEquals(19L, rig.ledger("u").available());
    assertTrue(rig.ledger("u").agrees());
  }

  @Test
  void aRunWhoseAnswerAndLeaseWereLostTogetherWritesNothingMore(
      FirestoreEmulator emulator, TestProject project) throws Exception {
    try (var lossy = new LossyFirestore(emulator.host(), project.id())) {
      var worker = new QueueRig(lossy.client(), Map.of());
      rig = new QueueRig(firestore, Map.of("LEASE_SECONDS", "0"));
      worker.pipelines.put(
          "video",
          FilmPipeline.of((job, steps) -> {
            steps.run(
                "first",
                String.class,
                step -> {
                  // The step's commit works, its answer is lost, and before the second copy is
                  // refused the sweeper has taken the job.
                  lossy.loseNextCommit(() -> rig.queue.returnExpiredLeases().run());
                  return "x";
                });
            steps.run("second", String.class, step -> "n" + calls.incrementAndGet());
            return DONE;
          }));
      String jobId = rig.submit("u");
      rig.queue.admitJobs().run("film");

      RunResult result = worker.deliver(rig.tasks.nextWork().orElseThrow());

      assertEquals(1, lossy.lost());
      assertEquals(RunResult.LOST, result);
      assertEquals(JobState.READY, rig.job(jobId).state());
      assertTrue(rig.slots().stream().allMatch(Slot::free));
      assertTrue(rig.exists("jobs/" + jobId + "/steps/first@1"));
      assertEquals(false, rig.exists("jobs/" + jobId + "/steps/second@1"));
    }
  }

  @Test
  void aCancelThatRacesTheEndHasOneWinnerEachTime() throws Exception {
    rig = new QueueRig(firestore, Map.of("LEASE_SECONDS", "0", "STARTING_TOKENS", "1"));
    rig.pipelines.put("video", FilmPipeline.of((job, steps) -> DONE));
    for (int i = 0; i < 200; i++) {
      String user = "u" + i;
      String jobId = rig.submit(user);
      rig.queue.admitJobs().run("film");
      TaskQueue.Work task = rig.tasks.nextWork().orElseThrow();

      List<Object> results =
          together(() -> rig.deliver(task), () -> rig.queue.cancelJob().cancel(user, jobId));

      boolean made = results.get(0) == RunResult.SUCCEEDED;
      boolean cancelled = results.get(1) instanceof ChangeResult.Changed;
      assertTrue(made != cancelled, results::toString);
      assertEquals(made ? JobState.SUCCEEDED : JobState.CANCELLED, rig.job(jobId).state());
      rig.queue.returnExpiredLeases().run();
      assertTrue(rig.slots().stream().allMatch(Slot::free));
      CheckLedger.Finding ledger = rig.ledger(user);
      assertEquals(made ? 0 : 1, ledger.available());
      assertEquals(0L, ledger.held());
      assertTrue(ledger.agrees());
    }
  }

  @Test
  void theEndOfOneJobStartsTheMostUrgentOfTheBacklog() {
    rig = new QueueRig(firestore, Map.of("QUEUE_WINDOW", "1"));
    rig.pipelines.put("video", FilmPipeline.of((job, steps) -> DONE));
    rig.submit("u");
    String low = submit(Priority.LOW);
    String high = submit(Priority.HIGH);
    rig.queue.admitJobs().run("film");

    rig.deliver();

    assertEquals(JobState.READY, rig.job(high).state());
    assertEquals(JobState.BACKLOG, rig.job(low).state());
  }

  @Test
  void aLargerWindowLetsTheBacklogMoveUp() {
    rig = new QueueRig(firestore, Map.of("QUEUE_WINDOW", "1"));
    rig.submit("u");
    String second = rig.submit("u");
    String third = rig.submit("u");
    on(rig.accounts.ref("u").update("window", 3L));

    rig.queue.sweepQueue().run();

    assertEquals(JobState.READY, rig.job(second).state());
    assertEquals(JobState.READY, rig.job(third).state());
    assertEquals(3L, rig.accounts.read("u").orElseThrow().line("film").active());
    assertEquals(0L, rig.accounts.read("u").orElseThrow().line("film").backlog());
  }

  @Test
  void aWorkerWhoseLeaseIsOldRenewsItBeforeItCallsAnybody() {
    rig.pipelines.put(
        "video",
        FilmPipeline.of((job, steps) -> {
          steps.run("first", String.class, step -> "x");
          rig.time.add(Duration.ofSeconds(50));
          long beat = rig.slot("film-0").beat();
          steps.await(
              "clip",
              String.class,
              new app.infinitestories.provider.PaidCall("runway", "clip", java.math.BigDecimal.ONE),
              step -> {
                assertTrue(rig.slot("film-0").beat() > beat);
                return "task";
              },
              (step, id) -> new app.infinitestories.jobs.Steps.PollResult.Pending<String>(0));
          return DONE;
        }));
    rig.submit("u");
    rig.queue.admitJobs().run("film");

    assertEquals(RunResult.WAITING, rig.deliver());
  }

  @Test
  void changesAtApprovalRaiseTheRevisionAndRedoWhatTheyTouch() {
    rig.pipelines.put(
        "video",
        FilmPipeline.of((job, steps) -> {
          steps.run("sheet", String.class, step -> "sheet" + calls.incrementAndGet());
          String script =
              steps
                  .revised()
                  .run("script", String.class, step -> "script" + calls.incrementAndGet());
          return job.input().get("approval") == null
              ? new StepOutcome.Ask()
              : steps.finish(
                  "publish",
                  step ->
                      new StepOutcome.Done(
                          List.of(
                              new StepOutcome.NewDocument(
                                  "stories/" + job.id(), Map.of("text", script)))));
        }));
    String jobId = rig.submit("u");
    rig.queue.admitJobs().run("film");
    assertEquals(RunResult.ASKED, rig.deliver());
    assertEquals(0L, rig.accounts.read("u").orElseThrow().line("film").active());

    rig.queue.approveJob().answer("u", jobId, true, java.util.Optional.of("a cat, please"));
    rig.queue.admitJobs().run("film");
    assertEquals(RunResult.SUCCEEDED, rig.deliver());

    assertEquals(2, rig.job(jobId).revision());
    assertEquals("script3", rig.field("stories/" + jobId, "text"));
    assertTrue(rig.ledger("u").agrees());
  }

  @Test
  void aFourthRejectionWithinAMonthIsTooOften() {
    rig.pipelines.put("video", FilmPipeline.of((job, steps) -> new StepOutcome.Ask()));
    for (int i = 0; i < 4; i++) {
      String jobId = rig.submit("u");
      rig.queue.admitJobs().run("film");
      rig.deliver();

      ChangeResult result =
          rig.queue.approveJob().answer("u", jobId, false, java.util.Optional.empty());

      assertEquals(
          i < 3 ? ChangeResult.Changed.class : ChangeResult.TooOften.class, result.getClass());
    }
    assertEquals(19L, rig.ledger("u").available());
    assertTrue(rig.ledger("u").agrees());
  }

  private String submit(Priority priority) {
    String jobId = rig.ids.next();
    rig.queue
        .submitJob()
        .submit(
            Submission.of(jobId, "u", "video", "short", Map.of(), Cost.ofTokens(1))
                .withPriority(priority));
    return jobId;
  }

  private static <T> List<T> together(
      java.util.concurrent.Callable<? extends T> first,
      java.util.concurrent.Callable<? extends T> second)
      throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<? extends T> a = threads.submit(first);
      Future<? extends T> b = threads.submit(second);
      return List.of(a.get(), b.get());
    }
  }
}
