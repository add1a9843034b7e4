package app.infinitestories.queue.line;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * A place in line by start-time fair queueing, with one job of credit for who has been away. Turns
 * are milliseconds since 1970 and only grow, so a job ages by itself.
 *
 * @param turn the job's own: lower is earlier
 * @param lineTurn the earliest that the account's next job may have
 */
public record Turn(long turn, long lineTurn) {
  /** How far ahead an account can have pushed itself, so that nobody waits for ever. */
  static final long FURTHEST_MILLIS = Duration.ofMinutes(10).toMillis();

  /**
   * The turn of a job that enters now.
   *
   * @param head turn of the pool's first ready job, if there is one
   * @param lineTurn what the account's last job left
   * @param cost slot time of the job in milliseconds, divided by window and weight
   */
  public static Turn enter(long now, OptionalLong head, long lineTurn, long cost) {
    long virtual = Math.min(now, head.orElse(now));
    long turn = Math.max(virtual - cost, Math.min(lineTurn, now + FURTHEST_MILLIS));
    return new Turn(turn, turn + cost);
  }

  /** What a job costs its account in line, in milliseconds. */
  public static long cost(Duration median, int window, int weight) {
    return median.toMillis() / window / weight;
  }
}
