package app.infinitestories.queue.run;

import app.infinitestories.accounts.Hold;
import app.infinitestories.queue.JobState;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.line.Repeat;
import java.time.Duration;
import java.util.Optional;

/** Cancels a job for its owner, or for the deletion of its owner; safe against a racing end. */
public final class CancelJob {
  private static final Hold NOTHING = new Hold(0, 0, null);

  private final EndFromOutside end;
  private final QueueConfig config;
  private final Repeat repeat;

  public CancelJob(EndFromOutside end, QueueConfig config, Repeat repeat) {
    this.end = end;
    this.config = config;
    this.repeat = repeat;
  }

  /** The owner's wish. */
  public ChangeResult cancel(String uid, String jobId) {
    return repeat
        .untilDone(() -> attempt(uid, jobId, false))
        .orElseGet(() -> new ChangeResult.TryLater(Duration.ofSeconds(2)));
  }

  /** The owner is being deleted: also what they could not cancel themselves. */
  public ChangeResult cancelForDeletion(String uid, String jobId) {
    return repeat
        .untilDone(() -> attempt(uid, jobId, true))
        .orElseGet(() -> new ChangeResult.TryLater(Duration.ofSeconds(2)));
  }

  private Optional<ChangeResult> attempt(String uid, String jobId, boolean anyKind) {
    Optional<EndFromOutside.Held> held = end.read(jobId);
    if (held.isEmpty() || !held.get().job().uid().equals(uid)) {
      return Optional.of(new ChangeResult.NotFound());
    }
    JobState state = held.get().job().state();
    boolean allowed = anyKind || config.kind(held.get().job().kind()).cancellable();
    if (state.isFinished() || !allowed) {
      return Optional.of(new ChangeResult.NotNow(state));
    }
    return end.end(held.get(), JobState.CANCELLED, null)
        .map(ended ->
            new ChangeResult.Changed(
                ended.job().view(config.kind(ended.job().kind()), null),
                ended.returned().orElse(NOTHING)));
  }
}
