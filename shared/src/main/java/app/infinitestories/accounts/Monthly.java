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
 * @param limit of this period
 * @param free the limit without a subscription
 * @param alerted the share of the limit, in percent, that the user was last told of in this period
 */
public record Monthly(String period, int anchorDay, long used, long limit, long free, int alerted) {
  /** A fresh quota of the calendar month. */
  public static Monthly starting(Instant now, long limit) {
    return new Monthly(firstDay(now, 1).toString(), 1, 0, limit, limit, 0);
  }

  /**
   * This quota as it is at that moment. A better subscription counts at once; a lesser one from the
   * next period on; none at all at once too, since what was paid for is over then. A period that is
   * over gives way to one with nothing used. Names of periods only ever grow, so that a name stands
   * for one period of this account.
   */
  public Monthly at(Instant now, Subscription paid) {
    boolean entitled = paid.entitles(now);
    long due = entitled ? Math.max(paid.monthlyStories(), free) : free;
    int anchor = entitled ? paid.anchorDay() : 1;
    Monthly current =
        !entitled || due >= limit ? new Monthly(period, anchor, used, due, free, alerted) : this;
    if (current.resetsAt().isAfter(now)) {
      return current;
    }
    LocalDate next = firstDay(now, anchor);
    LocalDate earliest = current.nextDay();
    return new Monthly(
        (next.isBefore(earliest) ? earliest : next).toString(), anchor, 0, due, free, 0);
  }

  /** When the next period begins. */
  public Instant resetsAt() {
    return nextDay().atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** Units that are left. */
  public long left() {
    return Math.max(0, limit - used);
  }

  Monthly plusUsed(long units) {
    return new Monthly(period, anchorDay, Math.max(0, used + units), limit, free, alerted);
  }

  Monthly alerted(int percent) {
    return new Monthly(period, anchorDay, used, limit, free, percent);
  }

  /** As stored in the account. */
  public Map<String, Object> toMap() {
    return Map.of(
        "period", period,
        "anchorDay", anchorDay,
        "used", used,
        "limit", limit,
        "free", free,
        "alerted", alerted);
  }

  static Monthly of(@Nullable Object stored, Instant now) {
    if (!(stored instanceof Map<?, ?> map) || !(map.get("period") instanceof String period)) {
      return starting(now, 0);
    }
    long limit = number(map.get("limit"), 0);
    return new Monthly(
        period,
        (int) Math.max(1, number(map.get("anchorDay"), 1)),
        number(map.get("used"), 0),
        limit,
        number(map.get("free"), limit),
        (int) number(map.get("alerted"), 0));
  }

  /** The first day after the period's own on which a period begins. */
  private LocalDate nextDay() {
    LocalDate start = LocalDate.parse(period);
    LocalDate inThisMonth = onAnchor(start.withDayOfMonth(1), anchorDay);
    return inThisMonth.isAfter(start)
        ? inThisMonth
        : onAnchor(start.withDayOfMonth(1).plusMonths(1), anchorDay);
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

  private static long number(@Nullable Object value, long fallback) {
    return value instanceof Number n ? n.longValue() : fallback;
  }
}
