package app.infinitestories.queue;

import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.jobs.StepOutcome;
import app.infinitestories.jobs.Steps.PollResult;
import app.infinitestories.local.firestore.FirestoreEmulator;
import app.infinitestories.platform.tasks.TaskQueue;
import app.infinitestories.provider.Answer;
import app.infinitestories.provider.Charge;
import app.infinitestories.provider.PaidCall;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.TestProject;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Workers that crash, answers that are lost, leases that are taken away from living workers, owners
 * who cancel, two dispatchers and two sweepers at once: in the end every job has ended, every
 * account is its ledger, and no slot or place is missing.
 */
@FirestoreTest
class ChaosTest {
  private static final int USERS = 12;
  private static final int JOBS_EACH = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The process is gone: nobody in the engine may catch this. */
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final Random random = new Random(7);
  private final AtomicInteger crashes = new AtomicInteger();
  private final AtomicBoolean calm = new AtomicBoolean();

  @Test
  void everythingEndsAndAddsUp(FirestoreEmulator emulator, TestProject project) throws Exception {
    try (var lossy =
        new LossyFirestore(emulator.host(), project.id(), () -> !calm.get() && chance(6))) {
      var rig =
          new QueueRig(
              lossy.client(),
              Map.of(
                  "FILM_SLOTS", "4",
                  "LEASE_SECONDS", "0",
                  "POLL_INTERVAL_SECONDS", "0"));
      rig.pipelines.put(
          "video",
          FilmPipeline.of((job, steps) -> {
            steps.run("script", String.class, step -> maybeCrash("script"));
            steps.each(
                List.of(1, 2),
                (scene, s) -> {
                  s.call(
                      "picture",
                      String.class,
                      new PaidCall("openai", "pictures", new BigDecimal("0.01")),
                      step -> maybeCrash("picture"));
                  return s.await(
                      "clip",
                      String.class,
                      new PaidCall("runway", "clip", new BigDecimal("0.10")),
                      step -> maybeCrash(rig.ids.next()),
                      (step, task) ->
                          new PollResult.Ready<>(new Answer<>(maybeCrash(task), clipCharge())));
                });
            return steps.finish(
                "publish",
                step ->
                    new StepOutcome.Done(
                        List.of(
                            new StepOutcome.NewDocument(
                                "stories/" + job.id(), Map.of("round", job.round())))));
          }));
      var jobs = new ArrayList<String>();
      for (int user = 0; user < USERS; user++) {
        for (int i = 0; i < JOBS_EACH; i++) {
          jobs.add(rig.submit("user-" + user));
        }
      }

      storm(rig, jobs);

      settle(rig);
      assertEquals(List.of(), rig.unfinished(), "jobs that never ended");
      assertTrue(crashes.get() > 0, "nothing crashed");
      assertTrue(lossy.lost() > 0, "no answer was lost");
      for (int user = 0; user < USERS; user++) {
        assertAccountIsTrue(rig, "user-" + user);
      }
      assertTrue(rig.slots().stream().allMatch(Slot::free), "a slot leaked");
    }
  }

  /** Everything at once until no job is left, or patience ends. */
  private void storm(QueueRig rig, List<String> jobs) throws Exception {
    var over = new AtomicBoolean();
    long end = System.nanoTime() + PATIENCE.toNanos();
    Callable<Boolean> worker =
        () -> {
          while (!over.get()) {
            Optional<TaskQueue.Work> task = rig.tasks.nextWork();
            task.ifPresent(work -> deliver(rig, work));
            if (task.isEmpty()) {
              rig.timing.pause().sleep(Duration.ofMillis(2));
            }
          }
          return true;
        };
    Callable<Boolean> dispatcher =
        () -> {
          while (!over.get()) {
            rig.queue.admitJobs().run("film");
            if (chance(30)) {
              rig.queue.sweepQueue().run();
            }
            assertNoWindowExceeded(rig);
            over.compareAndSet(false, System.nanoTime() > end || rig.unfinished().isEmpty());
          }
          return true;
        };
    Callable<Boolean> owner =
        () -> {
          for (String jobId : jobs) {
            if (chance(15)) {
              rig.queue.cancelJob().cancel(rig.job(jobId).uid(), jobId);
            }
          }
          return true;
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Callable<Boolean>>();
      all.add(dispatcher);
      all.add(dispatcher);
      all.add(owner);
      for (int i = 0; i < 6; i++) {
        all.add(worker);
      }
      for (var done : threads.invokeAll(all)) {
        assertTrue(done.get());
      }
    }
  }

  private void settle(QueueRig rig) {
    calm.set(true);
    rig.queue.returnExpiredLeases().run();
  }

  private static void deliver(QueueRig rig, TaskQueue.Work work) {
    try {
      rig.deliver(work);
    } catch (Crash e) {
      // The process died; Cloud Tasks would send the task again, the sweeper finds the slot.
    } catch (IllegalStateException e) {
      if (!(e.getCause() instanceof Crash)) {
        throw e;
      }
    }
  }

  private static void assertNoWindowExceeded(QueueRig rig) {
    for (QueryDocumentSnapshot account :
        on(rig.firestore.collection("accounts").get()).getDocuments()) {
      long active = rig.accounts.parse(account).orElseThrow().line("film").active();
      assertTrue(active <= 2, () -> account.getId() + " has " + active);
    }
  }

  private static void assertAccountIsTrue(QueueRig rig, String uid) {
    assertTrue(rig.ledger(uid).agrees(), () -> uid + " " + rig.ledger(uid));
    assertEquals(0L, rig.ledger(uid).held(), uid);
    var line = rig.accounts.read(uid).orElseThrow().line("film");
    assertEquals(0L, line.active(), uid);
    assertEquals(0L, line.backlog(), uid);
    var entries = on(rig.accounts.ref(uid).collection("ledger").get()).getDocuments();
    long holds = entries.stream().filter(e -> e.getId().startsWith("hold:")).count();
    long settles = entries.stream().filter(e -> e.getId().startsWith("settle:")).count();
    assertEquals(JOBS_EACH, holds);
    assertEquals(holds, settles);
    for (QueuedJob job : rig.jobsOf(uid)) {
      assertEquals(job.state() == JobState.SUCCEEDED, rig.exists("stories/" + job.id()));
    }
  }

  private String maybeCrash(String result) {
    if (chance(5)) {
      crashes.incrementAndGet();
      throw new Crash();
    }
    return result;
  }

  private synchronized boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private static Charge clipCharge() {
    return new Charge(
        "runway", "clip", "video_generation", "seconds", BigDecimal.TEN, new BigDecimal("0.10"));
  }
}
