package app.infinitestories.accounts;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The month's quota of stories.
 *
 * @param period the period's first day, for example {@code 2026-11-01}; its name in holds and
 *     ledger
 * @param anchorDay the day of the month on which periods begin: 1, or a subscriber's billing day
 */
public record Monthly(String period, int anchorDay, long used, long limit) {
  /** A fresh quota of the calendar month. */
  public static Monthly starting(Instant now, long limit) {
    return new Monthly(firstDay(now, 1).toString(), 1, 0, limit);
  }

  /** This quota, or that of the period that has begun meanwhile with nothing used. */
  public Monthly at(Instant now) {
    String current = firstDay(now, anchorDay).toString();
    return current.compareTo(period) > 0 ? new Monthly(current, anchorDay, 0, limit) : this;
  }

  /** When the next period begins. */
  public Instant resetsAt() {
    LocalDate next = onAnchor(LocalDate.parse(period).plusMonths(1).withDayOfMonth(1), anchorDay);
    return next.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** Units that are left. */
  public long left() {
    return Math.max(0, limit - used);
  }

  Monthly plusUsed(long units) {
    return new Monthly(period, anchorDay, Math.max(0, used + units), limit);
  }

  /** As stored in the account. */
  public Map<String, Object> toMap() {
    return Map.of("period", period, "anchorDay", anchorDay, "used", used, "limit", limit);
  }

  static Monthly of(@Nullable Object stored, Instant now) {
    if (!(stored instanceof Map<?, ?> map) || !(map.get("period") instanceof String period)) {
      return starting(now, 0);
    }
    return new Monthly(
        period,
        (int) Math.max(1, number(map.get("anchorDay"))),
        number(map.get("used")),
        number(map.get("limit")));
  }

  private static LocalDate firstDay(Instant now, int anchorDay) {
    LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
    LocalDate inThisMonth = onAnchor(today.withDayOfMonth(1), anchorDay);
    return inThisMonth.isAfter(today)
        ? onAnchor(today.withDayOfMonth(1).minusMonths(1), anchorDay)
        : inThisMonth;
  }

  /** The anchor day of that month, or its last day when the month is shorter. */
  private static LocalDate onAnchor(LocalDate month, int anchorDay) {
    return month.withDayOfMonth(Math.min(anchorDay, month.lengthOfMonth()));
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number n ? n.longValue() : 0;
  }
}
