package app.infinitestories.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The month's quota as subscriptions come, change and go. */
class MonthlyTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Monthly FREE = Monthly.starting(NOON, 10).plusUsed(9);

  @Test
  void theCalendarMonthCountsWithoutASubscription() {
    assertEquals("2026-11-01", FREE.period());
    assertEquals(Instant.parse("2026-12-01T00:00:00Z"), FREE.resetsAt());
    assertEquals(1, FREE.at(NOON.plus(Duration.ofDays(9)), Subscription.FREE).left());
    Monthly next = FREE.at(Instant.parse("2026-12-01T00:00:00Z"), Subscription.FREE);
    assertEquals("2026-12-01", next.period());
    assertEquals(10, next.left());
  }

  @Test
  void aNewSubscriptionCountsAtOnceAndFromItsOwnDay() {
    Monthly paid = FREE.at(NOON, paid(50, 21, "2026-12-21T12:00:00Z"));

    assertEquals("2026-11-21", paid.period());
    assertEquals(50, paid.left());
    assertEquals(Instant.parse("2026-12-21T00:00:00Z"), paid.resetsAt());
  }

  @Test
  void aSubscriptionOfTheSameDayRaisesTheLimitAndKeepsWhatIsUsed() {
    Monthly paid = FREE.at(NOON, paid(50, 1, null));

    assertEquals("2026-11-01", paid.period());
    assertEquals(9, paid.used());
    assertEquals(50, paid.limit());
  }

  @Test
  void anUpgradeCountsAtOnceADowngradeFromTheNextPeriodOn() {
    Monthly small = FREE.at(NOON, paid(50, 21, null)).plusUsed(40);
    Monthly large = small.at(NOON, paid(90, 21, null));
    assertEquals(50, large.left());

    Monthly still = large.at(NOON.plus(Duration.ofDays(10)), paid(50, 21, null));
    assertEquals(90, still.limit());
    Monthly next = still.at(Instant.parse("2026-12-21T00:00:00Z"), paid(50, 21, null));
    assertEquals(50, next.limit());
    assertEquals(0, next.used());
  }

  @Test
  void theEndOfASubscriptionIsTheEndOfItsQuota() {
    Subscription paid = paid(50, 21, "2026-12-21T12:00:00Z");
    Monthly used = FREE.at(NOON, paid).plusUsed(30);

    Monthly renewedOrNot = used.at(Instant.parse("2026-12-21T11:00:00Z"), paid);
    assertEquals(50, renewedOrNot.left());
    Monthly over = used.at(Instant.parse("2026-12-21T12:00:00Z"), paid);
    assertEquals(10, over.limit());
    assertEquals(1, over.anchorDay());
    Monthly refunded = used.at(NOON.plus(Duration.ofDays(1)), Subscription.FREE);
    assertEquals(0, refunded.left());
    assertEquals(30, refunded.used());
  }

  @Test
  void shortMonthsEndOnTheirLastDay() {
    Monthly january =
        Monthly.starting(Instant.parse("2027-01-31T12:00:00Z"), 10)
            .at(Instant.parse("2027-01-31T12:00:00Z"), paid(50, 31, null));

    assertEquals("2027-01-31", january.period());
    assertEquals(Instant.parse("2027-02-28T00:00:00Z"), january.resetsAt());
    Monthly february = january.at(Instant.parse("2027-03-01T00:00:00Z"), paid(50, 31, null));
    assertEquals("2027-02-28", february.period());
    assertEquals(Instant.parse("2027-03-31T00:00:00Z"), february.resetsAt());
  }

  @Test
  void whateverComesAPeriodsNameNeverComesBack() {
    for (int seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      Instant now = NOON;
      Monthly monthly = Monthly.starting(now, 10);
      Subscription paid = Subscription.FREE;
      for (int step = 0; step < 40; step++) {
        now = now.plus(Duration.ofHours(random.nextInt(600)));
        if (random.nextInt(3) == 0) {
          paid =
              random.nextBoolean()
                  ? Subscription.FREE
                  : paid(
                      20 + random.nextInt(3) * 20,
                      1 + random.nextInt(31),
                      now.plus(Duration.ofDays(random.nextInt(60))).toString());
        }
        Monthly next = monthly.at(now, paid).plusUsed(1);
        String what = "seed " + seed + ", step " + step + ": " + monthly + " to " + next;
        int order = next.period().compareTo(monthly.period());
        assertTrue(order >= 0, what);
        assertEquals(order == 0 ? monthly.used() + 1 : 1, next.used(), what);
        assertTrue(next.resetsAt().isAfter(now), what);
        assertEquals(next, next.at(now, paid), what);
        monthly = next;
      }
    }
  }

  private static Subscription paid(long stories, int anchorDay, @Nullable String until) {
    return new Subscription(
        "premium",
        "apple",
        "monthly",
        until == null ? null : Instant.parse(until),
        true,
        false,
        stories,
        anchorDay);
  }
}
