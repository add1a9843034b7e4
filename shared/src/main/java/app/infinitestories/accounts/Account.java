package app.infinitestories.accounts;

import app.infinitestories.platform.firestore.Commits;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * An account as read at one moment; change it by {@link AccountChange}, which holds its update time
 * as precondition.
 *
 * @param monthly the quota, already of the period that runs now
 * @param subscription what is paid for now
 * @param subscriptions all that were paid for, by chain of purchases
 * @param windows per rate-limit policy the times of accepted requests, in milliseconds since 1970
 * @param closing the user is being deleted: nothing new is accepted
 * @param window how many jobs may be active, where the tier differs from the configured number
 * @param weight share under load, against 1 of others
 */
public record Account(
    String uid,
    long available,
    long held,
    Monthly monthly,
    Subscription subscription,
    Map<String, Subscription> subscriptions,
    Map<String, Line> lines,
    Map<String, List<Long>> windows,
    boolean closing,
    OptionalInt window,
    int weight,
    Timestamp updateTime) {

  /** The account in that document, if there is one. */
  public static Optional<Account> of(DocumentSnapshot document, Instant now) {
    if (!document.exists()) {
      return Optional.empty();
    }
    Subscription paid = Subscription.of(document, now);
    Long window = document.getLong("window");
    return Optional.of(
        new Account(
            document.getId(),
            number(document, "available", 0),
            number(document, "held", 0),
            Monthly.of(document.get("monthly"), now).at(now, paid),
            paid,
            Map.copyOf(Subscription.all(document)),
            lines(document.get("lines")),
            windows(document.get("windows")),
            Boolean.TRUE.equals(document.getBoolean("closing")),
            window == null ? OptionalInt.empty() : OptionalInt.of(window.intValue()),
            (int) Math.max(1, number(document, "weight", 1)),
            Commits.updateTime(document)));
  }

  /** The place in one pool's line. */
  public Line line(String pool) {
    return lines.getOrDefault(pool, Line.EMPTY);
  }

  private static Map<String, Line> lines(@Nullable Object stored) {
    var lines = new HashMap<String, Line>();
    if (stored instanceof Map<?, ?> map) {
      map.forEach((pool, line) -> lines.put(String.valueOf(pool), Line.of(line)));
    }
    return Map.copyOf(lines);
  }

  private static Map<String, List<Long>> windows(@Nullable Object stored) {
    var windows = new HashMap<String, List<Long>>();
    if (stored instanceof Map<?, ?> map) {
      map.forEach((policy, times) -> {
        if (times instanceof List<?> list) {
          windows.put(
              String.valueOf(policy),
              list.stream()
                  .filter(Number.class::isInstance)
                  .map(time -> ((Number) time).longValue())
                  .toList());
        }
      });
    }
    return Map.copyOf(windows);
  }

  private static long number(DocumentSnapshot document, String field, long fallback) {
    Long value = document.getLong(field);
    return value == null ? fallback : value;
  }
}
