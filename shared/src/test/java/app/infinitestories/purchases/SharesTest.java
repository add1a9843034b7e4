package app.infinitestories.purchases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.infinitestories.purchases.Shares.Difference;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who gets which part of a chain's tokens once some are spent. */
class SharesTest {
  private static final String CHAIN = "apple:1";
  private static final StoreEvent FIVE = Told.purchase("e1", 1, CHAIN, "t1", "five", "anna");
  private static final StoreEvent THREE = Told.purchase("e2", 2, CHAIN, "t2", "three", "anna");
  private static final StoreEvent TO_BEN = Told.transfer("x1", 3, "anna", "ben");
  private static final StoreEvent TO_CLEO = Told.transfer("x2", 4, "ben", "cleo");

  @Test
  void nothingIsBookedWithoutAnOwner() {
    Shares.Settled settled =
        Shares.NONE.settle(
            fold(Told.purchase("e1", 1, CHAIN, "t1", "five", null)), Told.PRODUCTS, user -> 0);

    assertEquals(List.of(), settled.differences());
    assertEquals(Shares.NONE, settled.shares());
  }

  @Test
  void onlyDifferencesAreBooked() {
    Shares first = settle(Shares.NONE, Map.of(), FIVE).shares();

    assertEquals(List.of(), settle(first, Map.of("anna", 5L), FIVE).differences());
    assertEquals(
        List.of(new Difference("anna", "t2", 3)),
        settle(first, Map.of("anna", 5L), FIVE, THREE).differences());
  }

  @Test
  void anOwnerKeepsWhatTheyHadSpentOverAllTransactions() {
    Shares bought = settle(Shares.NONE, Map.of(), FIVE, THREE).shares();

    // Of eight six are spent: two move, and those are of the first transaction.
    Shares.Settled moved = settle(bought, Map.of("anna", 2L), FIVE, THREE, TO_BEN);

    assertEquals(
        List.of(new Difference("anna", "t1", -2), new Difference("ben", "t1", 2)),
        moved.differences());
    assertEquals(Map.of("x1", Map.of("t1", 3L, "t2", 3L)), moved.shares().kept());
  }

  @Test
  void debtsMoveNothing() {
    Shares bought = settle(Shares.NONE, Map.of(), FIVE).shares();

    assertEquals(List.of(), settle(bought, Map.of("anna", -4L), FIVE, TO_BEN).differences());
  }

  @Test
  void whatWasKeptOnceIsNeverComputedAgain() {
    Shares bought = settle(Shares.NONE, Map.of(), FIVE).shares();
    Shares moved = settle(bought, Map.of("anna", 2L), FIVE, TO_BEN).shares();

    assertEquals(
        List.of(), settle(moved, Map.of("anna", 100L, "ben", 2L), FIVE, TO_BEN).differences());
    assertEquals(
        List.of(new Difference("anna", "t1", -3), new Difference("ben", "t1", -2)),
        settle(moved, Map.of(), FIVE, TO_BEN, Told.refund("r", 9, CHAIN, "t1")).differences());
  }

  @Test
  void aTransferHandsOnOnlyWhatTheOwnerBeforeGot() {
    Shares bought = settle(Shares.NONE, Map.of(), FIVE).shares();
    Shares moved = settle(bought, Map.of("anna", 4L), FIVE, TO_BEN).shares();

    Shares.Settled next = settle(moved, Map.of("ben", 3L), FIVE, TO_BEN, TO_CLEO);

    assertEquals(
        List.of(new Difference("ben", "t1", -3), new Difference("cleo", "t1", 3)),
        next.differences());
    assertEquals(Map.of("anna", 1L, "ben", 1L, "cleo", 3L), next.shares().applied().get("t1"));
  }

  @Test
  void whatIsBoughtAfterATransferIsTheNewOwners() {
    StoreEvent later = Told.purchase("e9", 9, CHAIN, "t9", "three", "ben");

    assertEquals(
        List.of(new Difference("ben", "t1", 5), new Difference("ben", "t9", 3)),
        settle(Shares.NONE, Map.of(), FIVE, TO_BEN, later).differences());
  }

  private static Shares.Settled settle(
      Shares before, Map<String, Long> available, StoreEvent... events) {
    return before.settle(fold(events), Told.PRODUCTS, user -> available.getOrDefault(user, 0L));
  }

  private static ChainState fold(StoreEvent... events) {
    return ChainFold.fold(Store.APPLE, Arrays.asList(events));
  }
}
