package app.infinitestories.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The arithmetic of an exact sliding window: at most {@code limit} accepted requests in any span of
 * {@code length}. Pure; the times come from memory, a document or an account.
 */
public record SlidingWindow(int limit, Duration length) {

  /** What one request did to the window: the answer to it, and the times to keep. */
  public record Step(Allowance allowance, List<Instant> accepted) {}

  /** Decides on a request at {@code now}, given the times accepted before, in any order. */
  public Step take(List<Instant> acceptedBefore, Instant now) {
    List<Instant> live = new ArrayList<>(acceptedBefore.size() + 1);
    Instant start = now.minus(length);
    for (Instant at : acceptedBefore) {
      if (at.isAfter(start)) {
        live.add(at);
      }
    }
    boolean granted = live.size() < limit;
    if (granted) {
      live.add(now);
    }
    live.sort(null);
    // With more than the limit inside (the limit was lowered), more than one must leave first.
    Instant nextToLeave = live.get(Math.max(0, live.size() - limit));
    return new Step(
        new Allowance(
            granted,
            limit,
            Math.max(0, limit - live.size()),
            Duration.between(now, nextToLeave.plus(length))),
        List.copyOf(live));
  }
}
