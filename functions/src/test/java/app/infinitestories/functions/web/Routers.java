package app.infinitestories.functions.web;

import app.infinitestories.platform.failure.Failure;
import app.infinitestories.ratelimit.SlidingRateLimiter;
import java.time.Clock;
import java.time.Duration;

/** Routers of single groups, with limits and without any service: for tests of machines' routes. */
public final class Routers {
  private Routers() {}

  public static Router of(RouteGroup group, HttpSettings settings, Clock clock) {
    return of(group, settings, clock, Fixture::authenticate);
  }

  public static Router of(
      RouteGroup group, HttpSettings settings, Clock clock, Authenticator people) {
    return new Router(
        group,
        people,
        new SlidingRateLimiter(
            1,
            () -> {
              throw new Failure.Unavailable(Duration.ofSeconds(5), null);
            },
            clock,
            () -> "mark"),
        settings,
        clock,
        () -> "request");
  }
}
