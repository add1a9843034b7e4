package app.infinitestories.accounts;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An account's place in the line of one pool.
 *
 * @param active jobs inside the window: ready, parked, waiting or running
 * @param backlog jobs behind the window
 * @param turn the turn that the account's next job may have at the earliest, in milliseconds since
 *     1970
 */
public record Line(long active, long backlog, long turn) {
  /** Nobody of this account stands there. */
  public static final Line EMPTY = new Line(0, 0, 0);

  /** One more in the window, whose next may come at that turn. */
  public Line entered(long nextTurn) {
    return new Line(active + 1, backlog, nextTurn);
  }

  /** One more in the backlog. */
  public Line queuedUp() {
    return new Line(active, backlog + 1, turn);
  }

  /** One of the window is gone, nobody takes its place. */
  public Line left() {
    return new Line(Math.max(0, active - 1), backlog, turn);
  }

  /** One of the backlog is gone. */
  public Line gaveUp() {
    return new Line(active, Math.max(0, backlog - 1), turn);
  }

  Map<String, Object> toMap() {
    return Map.of("active", active, "backlog", backlog, "turn", turn);
  }

  static Line of(@Nullable Object stored) {
    if (!(stored instanceof Map<?, ?> map)) {
      return EMPTY;
    }
    return new Line(number(map.get("active")), number(map.get("backlog")), number(map.get("turn")));
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number n ? n.longValue() : 0;
  }
}
