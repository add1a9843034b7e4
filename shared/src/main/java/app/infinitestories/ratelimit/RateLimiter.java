package app.infinitestories.ratelimit;

import java.util.Optional;

/** Counts requests against the limits that are kept before the work begins. */
public interface RateLimiter {

  /**
   * Charges one request of a caller.
   *
   * @param route names the route, for limits that each route counts for itself
   * @param caller the user or the client address; kept only as a hash outside this process
   * @return what the limit says, or empty where the batch that accepts the request charges it
   * @throws app.infinitestories.platform.failure.Failure.Unavailable if a door's count cannot be
   *     read: a door stays shut then
   */
  Optional<Allowance> charge(RateLimit limit, String route, String caller);

  /** Requests per window that a limit allows here. */
  int limitOf(RateLimit limit);
}
