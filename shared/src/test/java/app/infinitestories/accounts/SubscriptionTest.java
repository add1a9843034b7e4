package app.infinitestories.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which of several subscriptions counts. */
class SubscriptionTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  @Test
  void itEntitlesUntilItsEndAndNotInThatMoment() {
    assertTrue(premium(50, NOW.plusMillis(1)).entitles(NOW));
    assertFalse(premium(50, NOW).entitles(NOW));
    assertTrue(premium(50, null).entitles(NOW));
    assertFalse(Subscription.FREE.entitles(NOW));
  }

  @Test
  void theOneWithMoreStoriesCounts() {
    Subscription large = premium(90, NOW.plusSeconds(1));

    assertEquals(large, Subscription.best(List.of(premium(50, null), large), NOW));
    assertEquals(large, Subscription.best(List.of(large, premium(50, null)), NOW));
  }

  @Test
  void ofEqualsTheOneThatLastsLonger() {
    Subscription longer = premium(50, NOW.plusSeconds(9));
    Subscription endless = premium(50, null);

    assertEquals(longer, Subscription.best(List.of(premium(50, NOW.plusSeconds(1)), longer), NOW));
    assertEquals(endless, Subscription.best(List.of(longer, endless), NOW));
    assertEquals(endless, Subscription.best(List.of(endless, longer), NOW));
  }

  @Test
  void whatIsOverCountsForNothing() {
    assertEquals(Subscription.FREE, Subscription.best(List.of(premium(50, NOW)), NOW));
    assertEquals(Subscription.FREE, Subscription.best(List.of(), NOW));
  }

  private static Subscription premium(long stories, @Nullable Instant until) {
    return new Subscription("premium", "apple", "monthly", until, true, false, stories, 1);
  }
}
