package app.infinitestories.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sliding windows in the memory of this instance, for limits that only have to be roughly fair. */
final class InstanceWindows {
  /** About 100 times of 24 bytes per busy caller: bounded at some hundred MB in the worst case. */
  private static final int CALLERS = 50_000;

  private final Clock clock;
  private final Cache<String, List<Instant>> accepted =
      Caffeine.newBuilder().maximumSize(CALLERS).build();

  InstanceWindows(Clock clock) {
    this.clock = clock;
  }

  Allowance take(String key, SlidingWindow window) {
    // compute() is atomic per key: the step of this call is the one that was stored
    var taken =
        new Object() {
          SlidingWindow.@Nullable Step step;
        };
    accepted
        .asMap()
        .compute(
            key,
            (same, before) -> {
              var step = window.take(before == null ? List.of() : before, clock.instant());
              taken.step = step;
              return step.accepted();
            });
    return Objects.requireNonNull(taken.step).allowance();
  }
}
