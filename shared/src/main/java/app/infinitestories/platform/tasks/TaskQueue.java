package app.infinitestories.platform.tasks;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Hands work to another function. Delivery is at least once and out of order. */
public interface TaskQueue {
  /**
   * One piece of work.
   *
   * @param queue id of the Cloud Tasks queue
   * @param name letters, digits, hyphens and underscores; a name used within the last hour is not
   *     taken again
   * @param target the function's address
   * @param body sent as JSON
   * @param at not before this time
   * @param deadline how long one dispatch may take, at most 30 minutes
   */
  record Work(
      String queue,
      String name,
      URI target,
      Map<String, String> body,
      Instant at,
      Duration deadline) {}

  /**
   * Enqueues the work. False when its name has been used already, which is how wake-ups coalesce.
   *
   * @throws com.google.api.gax.rpc.ApiException when the service does not take it; whoever calls
   *     decides whether a sweeper will make up for it
   */
  boolean enqueue(Work work);

  /** Throws {@link com.google.api.gax.rpc.ApiException} unless the service answers for a queue. */
  void probe(String queue);
}
