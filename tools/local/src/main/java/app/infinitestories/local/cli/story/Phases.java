package app.infinitestories.local.cli.story;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How long each phase took; a phase that is entered again goes on counting. */
public final class Phases {
  private final LongSupplier nanoTime;
  private final Map<String, Duration> durations = new LinkedHashMap<>();
  private @Nullable String current;
  private long since;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  public Phases(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Ends the phase before and begins this one. */
  public void enter(String phase) {
    if (!phase.equals(current)) {
      end();
      current = phase;
    }
  }

  void end() {
    long now = nanoTime.getAsLong();
    if (current != null) {
      durations.merge(current, Duration.ofNanos(now - since), Duration::plus);
    }
    since = now;
    current = null;
  }

  /** The phase that is under way. */
  String current() {
    return current == null ? "nothing" : current;
  }

  /** In the order in which they began. */
  Map<String, Duration> durations() {
    return new LinkedHashMap<>(durations);
  }
}
