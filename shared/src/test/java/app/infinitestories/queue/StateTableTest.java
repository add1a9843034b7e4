package app.infinitestories.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.jobs.StepOutcome;
import app.infinitestories.local.firestore.FirestoreEmulator;
import app.infinitestories.queue.line.RetryGuard;
import app.infinitestories.queue.line.SubmitResult;
import app.infinitestories.queue.run.ChangeResult;
import app.infinitestories.queue.run.RunResult;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.TestProject;
import com.google.cloud.firestore.Firestore;
import com.google.common.base.Splitter;
import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every cell of the table in docs/queue.md: what each event makes of each state. */
@FirestoreTest
class StateTableTest {
  private static final List<String> STATES =
      List.of(
          "backlog",
          "ready",
          "parked",
          "waiting",
          "running",
          "awaiting_approval",
          "failed",
          "succeeded",
          "cancelled");

  /** Per event the state that follows each of {@link #STATES}; "-" is no change. */
  private static final Map<String, String> TABLE =
      Map.of(
          "admit", "- waiting - - - - - - -",
          "start", "- - - running - - - - -",
          "due", "- - ready - - - - - -",
          "approve", "409 409 409 409 409 ready 409 409 409",
          "reject", "409 409 409 409 409 cancelled 409 409 409",
          "lease out", "- - - waiting ready - - - -",
          "six hours", "- - failed - - - - - -",
          "seven days", "- - failed - - cancelled - - -",
          "cancel", "cancelled cancelled cancelled cancelled cancelled cancelled 409 409 409",
          "retry", "409 409 409 409 409 409 ready 409 409");

  @TestFactory
  Stream<DynamicTest> cells(Firestore firestore, FirestoreEmulator emulator, TestProject project) {
    return TABLE.entrySet().stream()
        .flatMap(row -> {
          List<String> cells = Splitter.on(' ').splitToList(row.getValue());
          return Stream.iterate(0, i -> i < STATES.size(), i -> i + 1)
              .map(i ->
                  DynamicTest.dynamicTest(
                      row.getKey() + " of " + STATES.get(i) + " → " + cells.get(i),
                      () -> {
                        emulator.clear(project.id());
                        var cell = new Cell(firestore);
                        try {
                          cell.check(row.getKey(), STATES.get(i), cells.get(i));
                        } finally {
                          cell.finish();
                        }
                      }));
        });
  }

  /** One cell: a job brought into a state, an event, and what came of it. */
  private static final class Cell {
    private final QueueRig rig;
    private final CountDownLatch goOn = new CountDownLatch(1);
    private StepOutcome outcome = new StepOutcome.Done(List.of());
    private boolean slow;
    private Optional<Thread> worker = Optional.empty();

    Cell(Firestore firestore) {
      rig = new QueueRig(firestore, Map.of("LEASE_SECONDS", "0", "QUEUE_WINDOW", "1"));
      rig.pipelines.put(
          "video",
          FilmPipeline.of((job, steps) -> {
            if (slow) {
              steps.run(
                  "slow",
                  String.class,
                  step -> {
                    Uninterruptibles.awaitUninterruptibly(goOn);
                    return "slept";
                  });
            }
            return outcome;
          }));
    }

    void check(String event, String state, String expected) throws InterruptedException {
      String jobId = bring(state);
      QueuedJob before = rig.job(jobId);
      assertEquals(state, before.state().word());

      boolean refused = happens(event, jobId, before);

      QueuedJob after = rig.job(jobId);
      switch (expected) {
        case "-" -> assertEquals(state, after.state().word());
        case "409" -> {
          assertTrue(refused);
          assertEquals(state, after.state().word());
        }
        case "running" -> assertEquals(before.fence() + 1, after.fence());
        default -> assertEquals(expected, after.state().word());
      }
      if (event.equals("lease out") && state.equals("running")) {
        assertEquals(before.attempts() + 1, after.attempts());
      }
      if (event.equals("retry") && state.equals("failed")) {
        assertEquals(2, after.round());
      }
      goOn.countDown();
      join();
      assertTrue(rig.ledger("u").agrees(), () -> rig.ledger("u").toString());
      assertLineIsTrue();
    }

    private String bring(String state) throws InterruptedException {
      if (state.equals("backlog")) {
        rig.submit("u");
        return rig.submit("u");
      }
      String jobId = rig.submit("u");
      switch (state) {
        case "waiting" -> assertTrue(rig.queue.admitJobs().admitNow(jobId).isPresent());
        case "running" -> startSlowly(jobId);
        case "parked" -> run(jobId, new StepOutcome.Retry(Duration.ofMinutes(5), "away"));
        case "awaiting_approval" -> run(jobId, new StepOutcome.Ask());
        case "failed" -> run(jobId, new StepOutcome.Fail("INTERNAL", "no"));
        case "succeeded" -> run(jobId, new StepOutcome.Done(List.of()));
        case "cancelled" -> rig.queue.cancelJob().cancel("u", jobId);
        default -> {}
      }
      return jobId;
    }

    private void run(String jobId, StepOutcome how) {
      outcome = how;
      var admitted = rig.queue.admitJobs().admitNow(jobId).orElseThrow();
      rig.worker().run(jobId, admitted.slotId(), admitted.beat());
      outcome = new StepOutcome.Done(List.of());
    }

    private void startSlowly(String jobId) throws InterruptedException {
      slow = true;
      var admitted = rig.queue.admitJobs().admitNow(jobId).orElseThrow();
      worker =
          Optional.of(
              Thread.ofVirtual()
                  .start(() -> rig.worker().run(jobId, admitted.slotId(), admitted.beat())));
      while (rig.job(jobId).state() != JobState.RUNNING) {
        Thread.onSpinWait();
      }
    }

    /** True when the event was refused with 409. */
    private boolean happens(String event, String jobId, QueuedJob job) {
      switch (event) {
        case "admit" -> rig.queue.admitJobs().run("film");
        case "start" -> {
          String slot = job.slot() == null ? "film-0" : job.slot();
          rig.queue.admitJobs().run("house");
          long beat = job.slot() == null ? 0 : rig.slot(slot).beat();
          RunResult result = rig.worker().run(jobId, slot, beat);
          assertEquals(job.state() != JobState.WAITING, result == RunResult.DROPPED);
        }
        case "due" -> {
          rig.time.add(Duration.ofHours(1));
          sweepWaiting();
        }
        case "lease out" -> rig.queue.returnExpiredLeases().run();
        case "six hours" -> {
          rig.time.add(Duration.ofHours(7));
          sweepWaiting();
        }
        case "seven days" -> {
          rig.time.add(Duration.ofDays(8));
          sweepWaiting();
        }
        case "cancel" -> {
          return rig.queue.cancelJob().cancel("u", jobId) instanceof ChangeResult.NotNow;
        }
        case "approve" -> {
          return rig.queue.approveJob().answer("u", jobId, true, Optional.empty())
              instanceof ChangeResult.NotNow;
        }
        case "reject" -> {
          return rig.queue.approveJob().answer("u", jobId, false, Optional.empty())
              instanceof ChangeResult.NotNow;
        }
        case "retry" -> {
          SubmitResult result =
              rig.queue
                  .retryJob(RetryGuard.ALWAYS)
                  .retry("u", jobId, Optional.empty(), Optional.empty());
          boolean accepted = result instanceof SubmitResult.Accepted;
          assertEquals(job.state() == JobState.FAILED, accepted, result::toString);
          return result instanceof SubmitResult.NotNow;
        }
        default -> throw new AssertionError(event);
      }
      return false;
    }

    private void sweepWaiting() {
      rig.queue.endWaiting().run();
    }

    /** The account's numbers are what its jobs say, and each busy slot belongs to one of them. */
    private void assertLineIsTrue() {
      var jobs = rig.jobsOf("u");
      long active = jobs.stream().filter(job -> job.state().isActive()).count();
      long backlog = jobs.stream().filter(job -> job.state() == JobState.BACKLOG).count();
      var line = rig.accounts.read("u").orElseThrow().line("film");
      assertEquals(active, line.active());
      assertEquals(backlog, line.backlog());
      for (Slot slot : rig.slots()) {
        boolean used =
            jobs.stream().anyMatch(job -> job.state().hasSlot() && slot.id().equals(job.slot()));
        assertEquals(used, !slot.free(), slot.id());
      }
    }

    private void join() throws InterruptedException {
      if (worker.isPresent()) {
        worker.get().join();
      }
    }

    /** Lets a worker that sleeps go on, whatever happened. */
    void finish() throws InterruptedException {
      goOn.countDown();
      join();
    }
  }
}
