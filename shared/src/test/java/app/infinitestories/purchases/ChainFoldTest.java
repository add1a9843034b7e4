package app.infinitestories.purchases;

import static app.infinitestories.purchases.StoreEvent.Kind.EXPIRE;
import static app.infinitestories.purchases.StoreEvent.Kind.EXTEND;
import static app.infinitestories.purchases.StoreEvent.Kind.GRACE;
import static app.infinitestories.purchases.StoreEvent.Kind.PURCHASE;
import static app.infinitestories.purchases.StoreEvent.Kind.REFUND;
import static app.infinitestories.purchases.StoreEvent.Kind.REFUND_REVERSED;
import static app.infinitestories.purchases.StoreEvent.Kind.SNAPSHOT;
import static app.infinitestories.purchases.StoreEvent.Kind.WILL_RENEW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.accounts.Subscription;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What each kind of event does to a chain. */
class ChainFoldTest {
  private static final String CHAIN = "apple:1";
  private static final long MONTH = 720;
  private static final StoreEvent FIRST = paid("e1", 10, "t1", "monthly").event();

  @Test
  void aSubscriptionRunsToItsEndAndRenews() {
    ChainState state = fold(FIRST, paid("e2", 10 + MONTH, "t2", "monthly").event());

    assertEquals("anna", state.owner());
    assertEquals(Told.at(10 + 2 * MONTH), state.periodEnd());
    assertTrue(state.willRenew());
    assertEquals("t2", state.lastTx());
    assertEquals(Told.at(10), state.anchoredAt());
    assertEquals(Set.of("t1", "t2"), state.transactions().keySet());
  }

  @Test
  void whoeverComesBackAfterAPauseIsBilledFromThatDay() {
    assertEquals(
        Told.at(11 + MONTH),
        fold(FIRST, paid("e2", 11 + MONTH, "t2", "monthly").event()).anchoredAt());
    StoreEvent grace = told(GRACE, "e3", 10 + MONTH).grace(50 + MONTH).event();
    assertEquals(
        Told.at(10),
        fold(FIRST, grace, paid("e2", 40 + MONTH, "t2", "monthly").event()).anchoredAt());
  }

  @Test
  void aPurchaseToldTwiceHasItsEffectsOnce() {
    ChainState state =
        fold(
            FIRST,
            told(WILL_RENEW, "e2", 20).renews(false).event(),
            paid("other", 30, "t1", "monthly").by("ben").until(9_999).event());

    assertFalse(state.willRenew());
    assertEquals(Told.at(10 + MONTH), state.periodEnd());
    assertEquals("anna", state.owner());
    assertEquals(1, state.transactions().size());
  }

  @Test
  void theSameEventTwiceIsOne() {
    assertEquals(fold(FIRST), fold(FIRST, FIRST));
  }

  @Test
  void anExtensionNeverShortens() {
    StoreEvent longer = told(EXTEND, "e2", 20).until(10 + MONTH + 48).event();
    StoreEvent shorter = told(EXTEND, "e3", 21).until(30).event();

    assertEquals(Told.at(10 + MONTH + 48), fold(FIRST, longer, shorter).periodEnd());
    // What does not end has nothing to extend.
    StoreEvent forever = Told.purchase("e1", 10, CHAIN, "t1", "monthly", "anna");
    assertNull(fold(forever, longer).periodEnd());
  }

  @Test
  void anExpirationEndsAndClosesTheGracePeriod() {
    StoreEvent grace = told(GRACE, "e2", 20).grace(10 + MONTH + 100).event();
    ChainState open = fold(FIRST, grace);
    assertEquals(Told.at(10 + MONTH + 100), open.ends());
    assertTrue(subscription(open).inGrace());

    ChainState over = fold(FIRST, grace, told(EXPIRE, "e3", 500).event());

    assertEquals(Told.at(500), over.ends());
    assertNull(over.graceUntil());
    assertFalse(over.willRenew());
    assertEquals(
        Told.at(10 + MONTH), fold(FIRST, told(EXPIRE, "e3", 900).until(900).event()).periodEnd());
  }

  @Test
  void aGracePeriodThatEndsBeforeThePaidOneIsNone() {
    ChainState state = fold(FIRST, told(GRACE, "e2", 20).grace(30).event());

    assertEquals(Told.at(10 + MONTH), state.ends());
    assertFalse(subscription(state).inGrace());
  }

  @Test
  void aRefundOfTheLastTransactionEndsWhatItPaidFor() {
    StoreEvent second = paid("e2", 10 + MONTH, "t2", "monthly").event();
    StoreEvent refund = told(REFUND, "e3", 800).tx("t2").event();

    assertNull(fold(FIRST, second, refund).subscription(Told.PRODUCTS));
    assertTrue(fold(FIRST, second, told(REFUND, "e3", 800).event()).revoked(), "no tx named");
    assertFalse(fold(FIRST, second, told(REFUND, "e3", 800).tx("t1").event()).revoked());
    StoreEvent reversed = told(REFUND_REVERSED, "e4", 801).tx("t2").event();
    assertFalse(fold(FIRST, second, refund, reversed).revoked());
  }

  @Test
  void aRefundThatIsKnownFirstIsKeptForItsPurchase() {
    ChainState before = fold(told(REFUND, "e0", 5).tx("t1").event());
    assertNull(before.owner());
    assertEquals(0, tx(before).target(Told.PRODUCTS));

    ChainState state =
        fold(
            told(REFUND, "e0", 5).tx("t1").event(),
            Told.purchase("e1", 10, CHAIN, "t1", "five", "anna"));

    assertTrue(tx(state).refunded());
    assertEquals(0, tx(state).target(Told.PRODUCTS));
    assertEquals(
        5, tx(fold(Told.purchase("e1", 10, CHAIN, "t1", "five", "anna"))).target(Told.PRODUCTS));
  }

  @Test
  void aSnapshotDecidesThePeriodAndGrantsNothing() {
    StoreEvent snapshot = told(SNAPSHOT, "e2", 50).product("plus").until(60).renews(false).event();

    ChainState state = fold(FIRST, snapshot);

    assertEquals(Told.at(60), state.periodEnd());
    assertEquals("plus", state.product());
    assertEquals(90, subscription(state).monthlyStories());
    assertFalse(state.willRenew());
    assertEquals(0, tx(state).target(Told.PRODUCTS));
    assertNull(fold(snapshot).subscription(Told.PRODUCTS), "nothing was bought");
    ChainState silent = fold(FIRST, told(SNAPSHOT, "e2", 50).until(60).event());
    assertEquals("monthly", silent.product());
    assertTrue(silent.willRenew());
  }

  @Test
  void eventsOfTheSameMomentCountInTheOrderOfTheirKinds() {
    // A renewal and the expiration that it makes void are told of the same moment.
    ChainState state =
        fold(
            told(EXPIRE, "a", 10 + MONTH).event(),
            paid("b", 10 + MONTH, "t2", "monthly").event(),
            FIRST);

    assertEquals(Told.at(10 + 2 * MONTH), state.periodEnd());
    assertEquals("t2", state.lastTx());
  }

  @Test
  void anEndThatIsToldAfterTheRenewalEndsOnlyThePeriodBefore() {
    ChainState state =
        fold(
            FIRST,
            paid("b", 20 + MONTH, "t2", "monthly").event(),
            told(EXPIRE, "c", 30 + MONTH).until(10 + MONTH).event());

    assertEquals(Told.at(20 + 2 * MONTH), state.periodEnd());
    assertTrue(state.willRenew());
  }

  @Test
  void transfersFollowEachOwnerInTime() {
    StoreEvent early = Told.transfer("t0", 5, "anna", "cleo");
    StoreEvent first = Told.transfer("t1", 20, "anna", "ben");
    StoreEvent second = Told.transfer("t2", 30, "ben", "cleo");
    StoreEvent strange = Told.transfer("t3", 40, "dora", "anna");
    List<StoreEvent> all = List.of(early, first, second, strange);

    ChainState state =
        ChainFold.fold(
            Store.APPLE,
            null,
            List.of(FIRST),
            user -> all.stream().filter(event -> event.from().contains(user)).toList());

    assertEquals("cleo", state.owner());
    assertEquals(Set.of("anna", "ben", "cleo"), state.path());
    assertEquals("t1", state.hops().get(1).transfer());
    assertEquals(0, tx(state).hop());
  }

  @Test
  void aTransferToNobodyOrToTheOwnerChangesNothing() {
    StoreEvent t = Told.transfer("t1", 20, "anna", "anna");
    StoreEvent nobody =
        new StoreEvent(
            "t2",
            Told.at(21),
            t.kind(),
            t.store(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of("anna"),
            List.of());

    assertEquals(1, fold(FIRST, t, nobody).hops().size());
  }

  @Test
  void whoShowedAPurchaseFirstKeepsItUnlessItIsOfAnAppWithoutSignIn() {
    StoreEvent shown = Told.purchase("verify:1", 10, CHAIN, "t1", "five", "anna");
    StoreEvent told = Told.purchase("apple:1", 10, CHAIN, "t1", "five", "ben");
    assertTrue(fold(shown).claimed());
    assertFalse(fold(told).claimed());

    ChainState kept = ChainFold.fold(Store.APPLE, "anna", List.of(told, shown), user -> List.of());

    assertEquals("anna", kept.owner());
    assertTrue(kept.claimed());
    StoreEvent anonymous = Told.purchase("r:1", 10, CHAIN, "t1", "five", "$RCAnonymousID:1");
    assertEquals("anna", fold(anonymous, shown).owner());
    assertEquals("anna", fold(shown, Told.purchase("r", 9, CHAIN, "t0", "five", null)).owner());
  }

  @Test
  void whatConfigurationDoesNotKnowIsNamed() {
    ChainState state = fold(FIRST, Told.purchase("e2", 11, CHAIN, "t2", "new", "anna"));

    assertEquals(Set.of("new"), state.unknown(Told.PRODUCTS));
    assertNull(state.subscription(Told.PRODUCTS));
    assertEquals(Set.of(), fold(FIRST).unknown(Told.PRODUCTS));
  }

  @Test
  void aSubscriptionIsWhatItsProductSays() {
    Subscription subscription = subscription(fold(FIRST));

    assertEquals("premium", subscription.tier());
    assertEquals("apple", subscription.store());
    assertEquals("monthly", subscription.productId());
    assertEquals(50, subscription.monthlyStories());
    assertEquals(1, subscription.anchorDay());
    assertNull(
        fold(Told.purchase("e1", 10, CHAIN, "t1", "five", "anna")).subscription(Told.PRODUCTS));
  }

  private static ChainState fold(StoreEvent... events) {
    return ChainFold.fold(Store.APPLE, Arrays.asList(events));
  }

  private static Subscription subscription(ChainState state) {
    return Objects.requireNonNull(state.subscription(Told.PRODUCTS));
  }

  private static ChainState.Transaction tx(ChainState state) {
    return Objects.requireNonNull(state.transactions().get("t1"));
  }

  private static Told told(StoreEvent.Kind kind, String id, long hours) {
    return Told.of(kind, id, hours, CHAIN);
  }

  private static Told paid(String id, long hours, String tx, String product) {
    return told(PURCHASE, id, hours).tx(tx).product(product).by("anna").until(hours + MONTH);
  }
}
