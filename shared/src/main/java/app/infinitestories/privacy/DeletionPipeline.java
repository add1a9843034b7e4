package app.infinitestories.privacy;

import app.infinitestories.jobs.Job;
import app.infinitestories.jobs.JobFailed;
import app.infinitestories.jobs.Pipeline;
import app.infinitestories.jobs.StepOutcome;
import app.infinitestories.jobs.Steps;
import app.infinitestories.platform.firebase.SignInsUnavailable;
import app.infinitestories.platform.firestore.FirestoreTimeout;
import app.infinitestories.platform.realtime.RealtimeException;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Deletes all that is a user's: first what could still make more, then what is there, the sign-in
 * last; then counts, and goes round again until nothing is left. Every step may be repeated.
 */
public final class DeletionPipeline implements Pipeline {
  /** The job kind. */
  public static final String KIND = "deletion";

  private static final Duration NEXT_LOOK = Duration.ofSeconds(5);
  private static final Duration BACK_OFF = Duration.ofSeconds(5);
  private static final int MOST_ROUNDS = 20;

  private final EraseUser erase;
  private final Clock clock;

  public DeletionPipeline(EraseUser erase, Clock clock) {
    this.erase = erase;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public StepOutcome run(Job job, Steps steps) {
    try {
      return delete(job, steps);
    } catch (FirestoreException
        | FirestoreTimeout
        | StorageException
        | RealtimeException
        | SignInsUnavailable
        | NotYet e) {
      return new StepOutcome.Retry(BACK_OFF, "not now: " + e.getClass().getSimpleName());
    }
  }

  private StepOutcome delete(Job job, Steps steps) {
    var user = new EraseUser.Leaving(job.uid(), erase.salt(job.uid()), job.id());
    steps.run("revoke-tokens", Boolean.class, s -> erase.revokeTokens(user));
    steps.run("cancel-jobs", Integer.class, s -> erase.cancelJobs(user));
    if (erase.isAtWork(user)) {
      // Without holding a worker: those at work lose their lease or end within 90 seconds.
      return new StepOutcome.Wait(clock.instant().plus(NEXT_LOOK));
    }
    steps.run("provider-tasks", Integer.class, s -> erase.cancelProviderTasks(user));
    for (int round = 1; round <= MOST_ROUNDS; round++) {
      String suffix = round == 1 ? "" : "-" + round;
      var now = new AtomicBoolean();
      steps.run("legal-record" + suffix, Integer.class, s -> erase.keepLegalRecord(user));
      steps.run("documents" + suffix, Integer.class, s -> erase.deleteDocuments(user));
      steps.run("live-nodes" + suffix, Boolean.class, s -> erase.deleteNodes(user));
      steps.run("objects" + suffix, Integer.class, s -> erase.deleteObjects(user));
      steps.run("sign-in" + suffix, Boolean.class, s -> erase.deleteSignIn(user));
      int left =
          steps.run(
              "count" + suffix,
              Integer.class,
              s -> {
                now.set(true);
                return erase.countLeft(user);
              });
      if (left == 0) {
        return steps.finish("gone", s -> new StepOutcome.Done(List.of()));
      }
      if (now.get()) {
        return new StepOutcome.Wait(clock.instant().plus(NEXT_LOOK));
      }
    }
    // The clean-up sweeps by the tombstone, an hour and a day later.
    throw new JobFailed("INTERNAL", "Something of this account comes back again and again.");
  }

  @Override
  public List<PlannedStep> plan(Job job) {
    return List.of(
        new PlannedStep("revoke-tokens", 1, 1),
        new PlannedStep("cancel-jobs", 1, 2),
        new PlannedStep("provider-tasks", 1, 2),
        new PlannedStep("legal-record", 1, 2),
        new PlannedStep("documents", 1, 20),
        new PlannedStep("live-nodes", 1, 1),
        new PlannedStep("objects", 1, 20),
        new PlannedStep("sign-in", 1, 1),
        new PlannedStep("count", 1, 1));
  }
}
