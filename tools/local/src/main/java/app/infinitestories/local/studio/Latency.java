package app.infinitestories.local.studio;

import java.time.Duration;
import java.util.Map;

/**
 * How long the studio lets its clients wait, as a factor on small defaults: 0 answers at once, 1
 * gives a short film a few seconds of waiting, 30 comes near the real providers.
 */
public record Latency(double factor) {
  /** How long an answer takes under {@link Fault#SLOW}: longer than any client should wait. */
  public static final Duration SLOW = Duration.ofMinutes(10);

  private static final Map<Endpoint, Duration> DEFAULTS =
      Map.of(
          Endpoint.CHAT, Duration.ofMillis(150),
          Endpoint.IMAGES, Duration.ofMillis(250),
          Endpoint.SPEECH, Duration.ofMillis(100),
          Endpoint.TRANSCRIPTIONS, Duration.ofMillis(100),
          Endpoint.MODERATIONS, Duration.ofMillis(20));

  public Latency {
    if (!(factor >= 0 && factor <= 1000)) {
      throw new IllegalArgumentException("Latency is a factor from 0 to 1000, not " + factor);
    }
  }

  /** Reads a factor such as {@code 0}, {@code 1} or {@code 2.5}. */
  public static Latency parse(String text) {
    try {
      return new Latency(Double.parseDouble(text.strip()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("Latency is a factor such as 0, 1 or 3, not " + text, e);
    }
  }

  /** The wait before an answer of this endpoint. */
  public Duration of(Endpoint endpoint) {
    return scaled(DEFAULTS.getOrDefault(endpoint, Duration.ZERO));
  }

  /** How long a clip stays PENDING before it runs. */
  public Duration clipPending() {
    return scaled(Duration.ofMillis(200));
  }

  /** How long a clip is RUNNING at least; encoding it may take longer. */
  public Duration clipRunning() {
    return scaled(Duration.ofSeconds(1));
  }

  /** How long {@link Fault#THROTTLED_TASK} keeps a clip from running. */
  public Duration clipThrottled() {
    return Duration.ofSeconds(2).plus(scaled(Duration.ofSeconds(1)));
  }

  private Duration scaled(Duration duration) {
    return Duration.ofNanos(Math.round(duration.toNanos() * factor));
  }
}
