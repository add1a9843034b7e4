package app.infinitestories.catalog;

import app.infinitestories.platform.config.Environment;
import java.time.Duration;
import java.time.Instant;

/**
 * What makes a story popular, and how fast that fades.
 *
 * @param halfLife after this long a like or a view counts half
 */
public record RankingPolicy(Duration halfLife) {
  /** Liking says more than watching to the end. */
  private static final double LIKE = 3;

  private static final double FINISH = 1;

  /** Below this there is nothing left that could put two stories in order. */
  private static final double NEGLIGIBLE = 0.01;

  /**
   * What the ranking knew of a story when it last ran.
   *
   * @param popularity at that time
   * @param likes the sum that is in the popularity already
   * @param finishes likewise
   */
  record Ranking(double popularity, long likes, long finishes, Instant at) {}

  /** Reads the half-life. */
  public static RankingPolicy from(Environment env) {
    return new RankingPolicy(
        Duration.ofDays(
            env.integer(
                "POPULARITY_HALF_LIFE_DAYS",
                14,
                1,
                3650,
                "after this many days a like or a finished view counts half in the popularity")));
  }

  /**
   * The ranking now: what was known fades with the time since, what came since counts in full.
   * Fading twice over half the time is fading once over all of it, so running more often changes
   * nothing.
   */
  Ranking next(Ranking before, long likes, long finishes, Instant now) {
    // Another instance's clock may be ahead: time never runs backwards here.
    double age = Math.max(0, Duration.between(before.at(), now).toMillis());
    double faded = before.popularity() * Math.pow(0.5, age / halfLife.toMillis());
    double popularity =
        faded + LIKE * (likes - before.likes()) + FINISH * (finishes - before.finishes());
    return new Ranking(
        popularity < NEGLIGIBLE ? 0 : popularity,
        likes,
        finishes,
        now.isAfter(before.at()) ? now : before.at());
  }
}
