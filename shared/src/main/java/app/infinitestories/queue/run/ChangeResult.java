package app.infinitestories.queue.run;

import app.infinitestories.accounts.Hold;
import app.infinitestories.queue.JobState;
import app.infinitestories.queue.JobView;
import java.time.Duration;

/** How a wish of the owner about a job ended. */
public sealed interface ChangeResult {
  /** Done; what the account got back. */
  record Changed(JobView job, Hold returned) implements ChangeResult {}

  /** Nobody knows this job, or it is somebody else's. */
  record NotFound() implements ChangeResult {}

  /** The job is in a state, or of a kind, that does not allow it. */
  record NotNow(JobState state) implements ChangeResult {}

  /** The job was changed once already, which is as often as it may be. */
  record ChangedBefore() implements ChangeResult {}

  /** The owner has said no too often this month. */
  record TooOften(Duration retryAfter) implements ChangeResult {}

  /** The user is being deleted. */
  record AccountClosing() implements ChangeResult {}

  /** Too much going on around this job. */
  record TryLater(Duration retryAfter) implements ChangeResult {}
}
