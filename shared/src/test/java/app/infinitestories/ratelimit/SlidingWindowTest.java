package app.infinitestories.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final SlidingWindow TWO_A_MINUTE = new SlidingWindow(2, Duration.ofMinutes(1));

  private static Instant at(int second) {
    return NOON.plusSeconds(second);
  }

  @Test
  void grantsAsManyAsTheLimitAndSaysWhatIsLeft() {
    var first = TWO_A_MINUTE.take(List.of(), at(0));
    var second = TWO_A_MINUTE.take(first.accepted(), at(10));

    assertEquals(new Allowance(true, 2, 1, Duration.ofMinutes(1)), first.allowance());
    assertEquals(new Allowance(true, 2, 0, Duration.ofSeconds(50)), second.allowance());
    assertEquals(List.of(at(0), at(10)), second.accepted());
  }

  @Test
  void refusesOneMoreUntilTheOldestLeaves() {
    var full = List.of(at(0), at(10));

    var early = TWO_A_MINUTE.take(full, at(59));
    var inTime = TWO_A_MINUTE.take(full, at(60));

    assertEquals(new Allowance(false, 2, 0, Duration.ofSeconds(1)), early.allowance());
    assertEquals(full, early.accepted());
    assertTrue(inTime.allowance().granted());
    assertEquals(List.of(at(10), at(60)), inTime.accepted());
  }

  @Test
  void waitsForAsManyAsMustLeaveWhenTheLimitWasLowered() {
    var allowance = TWO_A_MINUTE.take(List.of(at(0), at(1), at(2)), at(3)).allowance();

    assertFalse(allowance.granted());
    assertEquals(0, allowance.remaining());
    assertEquals(Duration.ofSeconds(58), allowance.untilReset());
  }

  @Test
  void roundsWaitsUp() {
    assertEquals(2, new Allowance(false, 1, 0, Duration.ofMillis(1001)).resetSeconds());
    assertEquals(1, new Allowance(false, 1, 0, Duration.ofSeconds(1)).resetSeconds());
    assertEquals(1, new Allowance(false, 1, 0, Duration.ZERO).resetSeconds());
  }

  @Test
  void neverAcceptsMoreThanTheLimitInAnySpanAndNeverRefusesWithoutNeed() {
    qt().forAll(
            integers().between(1, 5), lists().of(integers().between(0, 40)).ofSizeBetween(0, 60))
        .checkAssert((limit, gaps) -> {
          var window = new SlidingWindow(limit, Duration.ofMinutes(1));
          List<Instant> kept = List.of();
          List<Instant> all = new ArrayList<>();
          Instant now = NOON;
          for (int gap : gaps) {
            now = now.plusSeconds(gap);
            Instant start = now.minus(window.length());
            long inside = all.stream().filter(t -> t.isAfter(start)).count();
            var step = window.take(kept, now);
            assertEquals(inside < limit, step.allowance().granted());
            if (step.allowance().granted()) {
              all.add(now);
            } else {
              var later = now.plus(step.allowance().untilReset());
              assertTrue(window.take(step.accepted(), later).allowance().granted());
              assertFalse(window.take(step.accepted(), later.minusNanos(1)).allowance().granted());
            }
            kept = step.accepted();
          }
        });
  }
}
