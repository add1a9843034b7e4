package app.infinitestories.accounts;

import static app.infinitestories.platform.firestore.Times.timestamp;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of an account's ledger. All {@code tokens} of an account add up to what is available,
 * all {@code held} to what is held, and all {@code quota} of a period to what is used of it.
 *
 * @param id deterministic, so that the same thing is booked once
 */
public record LedgerEntry(
    String id,
    Kind kind,
    long tokens,
    long held,
    long quota,
    @Nullable String period,
    String reason,
    @Nullable String jobId,
    @Nullable String purchaseId,
    long balanceAfter,
    Instant at) {

  /** What happened to the tokens. */
  public enum Kind {
    GRANT,
    HOLD,
    CAPTURE,
    RELEASE,
    REVOKE;

    /** The word in documents and answers. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The id of the entry with which a round takes. */
  public static String holdId(String jobId, int round) {
    return "hold:" + jobId + ":" + round;
  }

  /** The one id with which a round captures or gives back; only one of the two can exist. */
  public static String settleId(String jobId, int round) {
    return "settle:" + jobId + ":" + round;
  }

  Map<String, @Nullable Object> toMap(String commitId) {
    var map = new HashMap<String, @Nullable Object>();
    map.put("kind", kind.word());
    map.put("tokens", tokens);
    map.put("held", held);
    map.put("quota", quota);
    map.put("period", period);
    map.put("reason", reason);
    map.put("jobId", jobId);
    map.put("purchaseId", purchaseId);
    map.put("balanceAfter", balanceAfter);
    map.put("at", timestamp(at));
    map.put("commitId", commitId);
    return map;
  }
}
