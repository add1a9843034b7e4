package app.infinitestories.queue.line;

import app.infinitestories.queue.JobState;
import app.infinitestories.queue.JobView;
import java.time.Duration;
import java.util.Optional;

/** How a request for a job, or for another round of one, ended. */
public sealed interface SubmitResult {
  /** The job and its hold exist. */
  record Accepted(JobView job, Optional<RateLeft> rate) implements SubmitResult {}

  /** The same request was answered before: this is that answer. */
  record Replayed(StoredAnswer answer) implements SubmitResult {}

  /** The key was used with another body. */
  record KeyReused() implements SubmitResult {}

  /** Too many accepted requests. */
  record RateLimited(RateLeft rate) implements SubmitResult {
    public Duration retryAfter() {
      return rate.reset();
    }
  }

  /** The account's window and backlog are full. */
  record QueueFull(Duration retryAfter) implements SubmitResult {}

  /** Neither quota nor tokens suffice. */
  record InsufficientTokens(long needed, long available) implements SubmitResult {}

  /** The user is being deleted. */
  record AccountClosing() implements SubmitResult {}

  /** A document that was to be created exists, or one that was to be changed does not. */
  record Conflict(String path) implements SubmitResult {}

  /** Nobody knows this job, or it is somebody else's. */
  record NotFound() implements SubmitResult {}

  /** The job is in a state that does not allow it. */
  record NotNow(JobState state) implements SubmitResult {}

  /** What the job was made from is gone by now. */
  record InputForgotten() implements SubmitResult {}

  /** Too much going on around this account; nothing was accepted. */
  record TryLater(Duration retryAfter) implements SubmitResult {}
}
