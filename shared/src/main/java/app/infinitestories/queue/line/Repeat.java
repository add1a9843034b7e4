package app.infinitestories.queue.line;

import app.infinitestories.queue.Timing;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Tries again after a lost race, with full jitter, for at most 10 seconds. */
public final class Repeat {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(40);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(800);
  private static final Duration GIVE_UP = Duration.ofSeconds(10);

  private final Timing timing;

  public Repeat(Timing timing) {
    this.timing = timing;
  }

  /** The first result that is not empty; empty when the time is up. */
  public <T> Optional<T> untilDone(Supplier<Optional<T>> attempt) {
    long started = timing.nanos();
    for (int tries = 0; ; tries++) {
      Optional<T> result = attempt.get();
      if (result.isPresent() || timing.since(started).compareTo(GIVE_UP) >= 0) {
        return result;
      }
      timing.pause().sleep(timing.jitter(FIRST_PAUSE, tries, LONGEST_PAUSE));
    }
  }
}
