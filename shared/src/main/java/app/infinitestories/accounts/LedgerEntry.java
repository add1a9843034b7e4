package app.infinitestories.accounts;

import static app.infinitestories.platform.firestore.Times.instant;
import static app.infinitestories.platform.firestore.Times.timestamp;

import com.google.cloud.firestore.DocumentSnapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of an account's ledger. All {@code tokens} of an account add up to what is available,
 * all {@code held} to what is held, and all {@code quota} of a period to what is used of it.
 *
 * @param id deterministic, so that the same thing is booked once
 * @param source the document that tells why: an event of a store, a code; null for jobs
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
    @Nullable String source,
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

  /** The same, because of what that document tells. */
  LedgerEntry from(String document) {
    return new LedgerEntry(
        id,
        kind,
        tokens,
        held,
        quota,
        period,
        reason,
        jobId,
        purchaseId,
        document,
        balanceAfter,
        at);
  }

  /** The id of the entry with which a round takes. */
  public static String holdId(String jobId, int round) {
    return "hold:" + jobId + ":" + round;
  }

  /** The one id with which a round captures or gives back; only one of the two can exist. */
  public static String settleId(String jobId, int round) {
    return "settle:" + jobId + ":" + round;
  }

  /** The entry in a document of a ledger. */
  public static LedgerEntry of(DocumentSnapshot document) {
    return new LedgerEntry(
        document.getId(),
        Kind.valueOf(String.valueOf(document.getString("kind")).toUpperCase(Locale.ROOT)),
        number(document, "tokens"),
        number(document, "held"),
        number(document, "quota"),
        document.getString("period"),
        String.valueOf(document.getString("reason")),
        document.getString("jobId"),
        document.getString("purchaseId"),
        document.getString("source"),
        number(document, "balanceAfter"),
        instant(Objects.requireNonNull(document.getTimestamp("at"))));
  }

  private static long number(DocumentSnapshot document, String field) {
    Long value = document.getLong(field);
    return value == null ? 0 : value;
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
    map.put("source", source);
    map.put("balanceAfter", balanceAfter);
    map.put("at", timestamp(at));
    map.put("commitId", commitId);
    return map;
  }
}
