package app.infinitestories.accounts;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one round of a job has taken until it is settled.
 *
 * @param period the quota's period that {@code quota} was taken from, null when none was
 */
public record Hold(long tokens, long quota, @Nullable String period) {
  /** As stored in the job's document. */
  public Map<String, @Nullable Object> toMap() {
    var map = new HashMap<String, @Nullable Object>();
    map.put("tokens", tokens);
    map.put("quota", quota);
    map.put("period", period);
    return map;
  }

  /** As read from the job's document. */
  public static Hold of(@Nullable Object stored) {
    if (!(stored instanceof Map<?, ?> map)) {
      return new Hold(0, 0, null);
    }
    return new Hold(
        number(map.get("tokens")), number(map.get("quota")), (String) map.get("period"));
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number n ? n.longValue() : 0;
  }
}
