package app.infinitestories.ratelimit;

import java.time.Duration;

/**
 * What a limit says to one request: whether it may pass, what is left, and when the next place in
 * the window comes free.
 */
public record Allowance(boolean granted, int limit, int remaining, Duration untilReset) {

  /** Whole seconds until a place comes free, rounded up, so that waiting that long is enough. */
  public long resetSeconds() {
    return Math.max(1, untilReset.plusNanos(999_999_999).toSeconds());
  }
}
