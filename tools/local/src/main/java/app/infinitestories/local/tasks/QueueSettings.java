package app.infinitestories.local.tasks;

import java.time.Duration;

/**
 * How a queue dispatches and retries; the meanings are those of {@code gcloud tasks queues create}.
 *
 * @param maxAttempts including the first; 0 for no limit
 */
public record QueueSettings(
    int maxConcurrentDispatches,
    int maxAttempts,
    Duration minBackoff,
    Duration maxBackoff,
    int maxDoublings) {

  /** What a queue of the local stack does unless told otherwise. */
  public static final QueueSettings DEFAULT =
      new QueueSettings(16, 0, Duration.ofMillis(500), Duration.ofMinutes(1), 6);

  public QueueSettings withMaxConcurrentDispatches(int limit) {
    return new QueueSettings(limit, maxAttempts, minBackoff, maxBackoff, maxDoublings);
  }

  /** The pause after the n-th failed attempt: doubled some times, then longer by the same step. */
  Duration backoff(int failedAttempts) {
    int doublings = Math.min(failedAttempts - 1, maxDoublings);
    var doubled = minBackoff.multipliedBy(1L << doublings);
    var pause = doubled.multipliedBy(Math.max(1, failedAttempts - maxDoublings));
    return pause.compareTo(maxBackoff) > 0 ? maxBackoff : pause;
  }
}
