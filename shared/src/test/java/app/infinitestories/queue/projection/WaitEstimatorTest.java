package app.infinitestories.queue.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.queue.Estimate;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitEstimatorTest {
  private static final Estimate THREE_MINUTES = new Estimate(180, 240);

  @Test
  void aJobThatFindsAFreeSlotTakesItsOwnTime() {
    var line = new WaitEstimator(List.of(0.0, 100.0));

    assertEquals(THREE_MINUTES, line.next(THREE_MINUTES));
  }

  @Test
  void eachJobAheadTakesTheSlotThatIsFreeEarliest() {
    var line = new WaitEstimator(List.of(0.0, 100.0));

    line.next(THREE_MINUTES);
    Estimate second = line.next(THREE_MINUTES);
    Estimate third = line.next(THREE_MINUTES);

    assertEquals(100 + 180, second.p50Seconds());
    assertEquals(180 + 180, third.p50Seconds());
  }

  @Test
  void theSpreadGrowsWithTheJobsAhead() {
    var line = new WaitEstimator(List.of(0.0, 0.0));

    double first = line.next(THREE_MINUTES).sigma();
    line.next(THREE_MINUTES);
    line.next(THREE_MINUTES);
    line.next(THREE_MINUTES);
    double fifth = line.next(THREE_MINUTES).sigma();

    assertEquals(first * Math.sqrt(1 + 4 / 4.0), fifth, 0.001);
  }

  @Test
  void farDownTheLineTheMeanStandsForTheJobsBetween() {
    var line = new WaitEstimator(List.of(0.0, 0.0));
    line.next(THREE_MINUTES);
    line.next(THREE_MINUTES);

    Estimate deep = line.beyond(10, THREE_MINUTES, 180);

    assertEquals(180 + 10 * 180 / 2.0 + 180, deep.p50Seconds());
    assertTrue(deep.p90Seconds() > deep.p50Seconds());
  }

  @Test
  void aJobHalfDoneHasHalfItsTimeLeft() {
    Estimate left = THREE_MINUTES.remaining(0.5);

    assertEquals(90, left.p50Seconds());
    assertTrue(left.p90Seconds() < THREE_MINUTES.p90Seconds());
  }

  @Test
  void withoutAnySlotTheEstimateIsTheOwnTime() {
    assertEquals(180, new WaitEstimator(List.of()).next(THREE_MINUTES).p50Seconds());
  }
}
