package app.infinitestories.queue;

import com.google.common.base.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Time and chance as the queue sees them, passed in so that tests can move them.
 *
 * @param clock the time of day
 * @param ticker monotonic nanoseconds, for how long something took
 */
public record Timing(Clock clock, Ticker ticker, RandomGenerator random, Pause pause) {
  /** Lets time pass. */
  @FunctionalInterface
  public interface Pause {
    void sleep(Duration duration);
  }

  /** The machine's own. */
  public static Timing system() {
    return new Timing(
        Clock.systemUTC(), Ticker.systemTicker(), new java.security.SecureRandom(), Timing::sleep);
  }

  /** In microseconds, as Firestore keeps it: what is answered now is what is read later. */
  public Instant now() {
    return Instant.now(clock).truncatedTo(ChronoUnit.MICROS);
  }

  /** A random part of {@code base × 2^tries}, at most of {@code most} (full jitter). */
  public Duration jitter(Duration base, int tries, Duration most) {
    long ceiling = Math.min(most.toMillis(), base.toMillis() << Math.min(tries, 20));
    return Duration.ofMillis(random.nextLong(Math.max(1, ceiling) + 1));
  }

  /** Nanoseconds since some fixed moment. */
  public long nanos() {
    return ticker.read();
  }

  /** Time since {@link #nanos} was that. */
  public Duration since(long nanos) {
    return Duration.ofNanos(ticker.read() - nanos);
  }

  private static void sleep(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting to try again", e);
    }
  }
}
