package app.infinitestories.queue;

import java.time.Duration;

/**
 * How long something takes, for example a job in its slot: half of the time at most p50 seconds,
 * nine times in ten at most p90.
 */
public record Estimate(double p50Seconds, double p90Seconds) {
  /** Standard deviations between the median and the ninetieth percentile of a normal law. */
  public static final double P90_SIGMAS = 1.28;

  public Estimate {
    if (p50Seconds < 0 || p90Seconds < p50Seconds) {
      throw new IllegalArgumentException("an estimate must have 0 <= p50 <= p90");
    }
  }

  /** The first of the two, to the millisecond. */
  public Duration median() {
    return Duration.ofMillis(Math.round(p50Seconds * 1_000));
  }

  /** The spread as a standard deviation in seconds. */
  public double sigma() {
    return (p90Seconds - p50Seconds) / P90_SIGMAS;
  }

  /** What is left of it when that part (0 to 1) is done. */
  public Estimate remaining(double done) {
    double left = Math.clamp(1 - done, 0, 1);
    return new Estimate(
        p50Seconds * left, p50Seconds * left + P90_SIGMAS * sigma() * Math.sqrt(left));
  }
}
