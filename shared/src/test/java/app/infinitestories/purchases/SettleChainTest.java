package app.infinitestories.purchases;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.accounts.LedgerEntry;
import app.infinitestories.accounts.ReadLedger;
import app.infinitestories.accounts.Tombstones;
import app.infinitestories.platform.Hashes;
import app.infinitestories.platform.IdSource;
import app.infinitestories.purchases.ReceiveDelivery.Outcome;
import app.infinitestories.testkit.FirestoreTest;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a settled event leaves behind: in the ledger, in the chain, in the inbox, for support. */
@FirestoreTest
class SettleChainTest {
  private static final AtomicInteger RUNS = new AtomicInteger();

  private final PurchasesRig rig;
  private final String run = "c" + RUNS.incrementAndGet();
  private final String anna = run + "anna";
  private final String ben = run + "ben";
  private final String chain = "apple:" + run;
  private final String tx = "apple:tx" + run;

  SettleChainTest(Firestore firestore) {
    rig = new PurchasesRig(firestore);
  }

  @Test
  void theLedgerTellsWhatWasBoughtAndWhoSaidSo() {
    StoreEvent bought = bought("apple:1", "five");
    rig.tell(bought);
    StoreEvent refund = Told.refund(named("apple:2"), 2, chain, tx);
    rig.clock.add(Duration.ofMinutes(1));
    rig.tell(refund);

    List<LedgerEntry> ledger = new ReadLedger(rig.accounts).page(anna, 2, Optional.empty());

    LedgerEntry granted = ledger.getLast();
    assertEquals("purchase:" + Hashes.sha256(tx) + ":1", granted.id());
    assertEquals(LedgerEntry.Kind.GRANT, granted.kind());
    assertEquals(5, granted.tokens());
    assertEquals("purchase", granted.reason());
    assertEquals(ChainRecord.id(chain), granted.purchaseId());
    assertEquals(inboxId(bought), granted.source());
    LedgerEntry revoked = ledger.getFirst();
    assertEquals("purchase:" + Hashes.sha256(tx) + ":2", revoked.id());
    assertEquals(LedgerEntry.Kind.REVOKE, revoked.kind());
    assertEquals(-5, revoked.tokens());
    assertEquals("refund", revoked.reason());
    assertEquals(inboxId(refund), revoked.source());
  }

  @Test
  void supportSeesWhoGotWhatAndWhy() {
    StoreEvent bought = bought("apple:1", "five");
    rig.tell(bought);

    DocumentSnapshot row = audit().getFirst();

    assertEquals("purchase.settled", row.get("action"));
    assertEquals("apple", row.get("uid"));
    assertEquals(inboxId(bought), row.get("inboxId"));
    assertEquals("purchase", row.get("kind"));
    assertEquals(List.of(Map.of("user", anna, "tx", tx, "tokens", 5L)), row.get("changes"));
    assertEquals(List.of(anna), row.get("users"));
  }

  @Test
  void whatChangesNothingIsNotNoted() {
    rig.tell(bought("apple:1", "five"));

    rig.tell(bought("revenuecat:1", "five"));
    rig.tell(Told.of(StoreEvent.Kind.WILL_RENEW, named("apple:3"), 3, chain).renews(false).event());

    assertEquals(1, audit().size());
  }

  @Test
  void aChangeOfOwnerIsNotedAlsoWithoutTokens() {
    rig.tell(subscribed());
    assertEquals(1, audit().size());

    rig.tell(Told.transfer(named("revenuecat:2"), 2, anna, ben));

    assertEquals(2, audit().size());
    assertEquals("premium", rig.account(ben).subscription().tier());
    assertEquals("free", rig.account(anna).subscription().tier());
  }

  @Test
  void anAppBeforeItsSignInIsNotedByItsAccount() {
    String app = "$RCAnonymousID:" + run;
    rig.tell(Told.purchase(named("revenuecat:1"), 1, chain, tx, "five", app));

    DocumentSnapshot row = audit().getFirst();

    String account = Buyers.accountId(app);
    assertEquals(List.of(account), row.get("users"));
    assertEquals(List.of(Map.of("user", account, "tx", tx, "tokens", 5L)), row.get("changes"));
  }

  @Test
  void theChainRemembersHowItStands() {
    rig.tell(subscribed());

    DocumentSnapshot kept = rig.chain(chain);

    assertEquals(chain, kept.get("chain"));
    assertEquals("apple", kept.get("store"));
    assertEquals(anna, kept.get("owner"));
    assertNull(kept.get("claimedBy"));
    assertEquals(List.of(anna), kept.get("path"));
    assertEquals("plus", kept.get("product"));
    assertEquals(timestamp(Told.at(1)), kept.get("purchasedAt"));
    assertEquals(timestamp(Told.at(900)), kept.get("expiresAt"));
    assertEquals(true, kept.get("willRenew"));
    assertEquals(false, kept.get("refunded"));
    assertEquals(List.of(), kept.get("unknown"));
    assertEquals(Map.of(tx, Map.of(anna, 2L)), kept.get("applied"));
    assertEquals(1L, kept.get("rev"));
    assertEquals(timestamp(rig.clock.instant()), kept.get("settledAt"));
    assertEquals(
        List.of(
            Map.of(
                "tx",
                tx,
                "product",
                "plus",
                "refunded",
                false,
                "purchasedAt",
                timestamp(Told.at(1)),
                "expiresAt",
                timestamp(Told.at(900)),
                "tokens",
                2L)),
        kept.get("transactions"));
  }

  @Test
  void whoWasCreditedForShowingItIsRemembered() {
    rig.tell(bought("verify:1", "five"));

    assertEquals(anna, rig.chain(chain).get("claimedBy"));
  }

  @Test
  void eachEventKeepsHowFarItCame() {
    StoreEvent bought = bought("apple:1", "five");
    rig.tell(bought);

    DocumentSnapshot kept = on(rig.firestore.document("inbox/" + inboxId(bought)).get());
    assertEquals("applied", kept.get("outcome"));
    assertEquals(timestamp(rig.clock.instant()), kept.get("settledAt"));
    assertEquals("{}", kept.get("raw"));
    assertEquals("apple", kept.get("source"));
    assertEquals(timestamp(rig.clock.instant()), kept.get("receivedAt"));
    rig.clock.add(Duration.ofMinutes(1));
    rig.tell(bought("apple:2", "five"));

    assertEquals(
        kept.getUpdateTime(),
        on(rig.firestore.document("inbox/" + inboxId(bought)).get()).getUpdateTime(),
        "what is applied is not written again");
  }

  @Test
  void aClaimOfWhatIsAnothersStaysRefusedAndChangesNothing() {
    rig.tell(bought("apple:1", "five"));
    StoreEvent claim = Told.purchase(named("verify:2"), 1, chain, tx, "five", ben);

    assertEquals(Outcome.OWNED_BY_OTHER, rig.tell(claim));
    rig.tell(bought("revenuecat:3", "five"));

    assertEquals("owned_by_other", rig.outcome(claim));
    assertEquals(Outcome.OWNED_BY_OTHER, rig.tell(claim));
    assertEquals(List.of(anna), rig.chain(chain).get("path"));
    assertEquals(1, audit().size());
  }

  @Test
  void whoOwnedItOnceCannotClaimItBack() {
    StoreEvent claim = bought("verify:1", "five");
    assertEquals(Outcome.APPLIED, rig.tell(claim));
    rig.tell(Told.transfer(named("revenuecat:2"), 2, anna, ben));

    assertEquals(Outcome.OWNED_BY_OTHER, rig.tell(claim));

    rig.assertAvailable(ben, 5);
  }

  @Test
  void whatWaitsForItsProductIsKeptAgain() {
    StoreEvent bought = bought("apple:1", "new");
    assertEquals(Outcome.KEPT, rig.tell(bought));
    assertEquals("unknown_product", rig.outcome(bought));

    assertEquals(Outcome.KEPT, rig.tell(bought));
    assertEquals(
        Outcome.REPEATED,
        rig.deliveries(Products.of("{\"new\":{\"tokens\":7}}"))
            .receive(PurchasesRig.delivery(bought)));

    assertEquals("applied", rig.outcome(bought));
    rig.assertAvailable(anna, 7);
  }

  @Test
  void whatCameJustNowIsNoLeftover() {
    rig.deliveries().leftovers();
    StoreEvent bought = bought("apple:1", "five");
    new Inbox(rig.firestore, rig.clock, rig.ids).keep(PurchasesRig.delivery(bought));
    rig.clock.add(Duration.ofSeconds(30));
    assertEquals(0, rig.deliveries().leftovers(), "whoever keeps it may still be settling it");

    rig.clock.add(Duration.ofMillis(1));

    assertEquals(1, rig.deliveries().leftovers());
    assertEquals(0, rig.deliveries().leftovers());
    rig.assertAvailable(anna, 5);
  }

  @Test
  void anEarlierPurchaseOfAnotherSaysWhoseTheChainIs() {
    rig.tell(bought("apple:2", "five"));
    rig.assertAvailable(anna, 5);

    rig.tell(Told.purchase(named("apple:1"), 0, chain, "apple:first" + run, "three", ben));

    rig.assertAvailable(anna, 0);
    rig.assertAvailable(ben, 8);
  }

  @Test
  void aTransferChangesTheAccountThatItTakesFrom() {
    rig.tell(bought("apple:1", "five"));

    rig.tell(Told.transfer(named("revenuecat:2"), 2, anna, ben));

    assertEquals(1L, on(rig.accounts.ref(anna).get()).get("transfersSeen"));
    assertNull(on(rig.accounts.ref(ben).get()).get("transfersSeen"));
  }

  @Test
  void whatSomebodyHadWhoWasDeletedMayStillBeGivenToAnother() {
    on(rig.firestore.document(Tombstones.path(anna)).set(Map.of("salt", "s")));
    rig.tell(subscribed());

    StoreEvent transfer = Told.transfer(named("revenuecat:2"), 2, anna, ben);
    assertEquals(Outcome.APPLIED, rig.tell(transfer));

    assertEquals("applied", rig.outcome(transfer));
    assertEquals("premium", rig.account(ben).subscription().tier());
    assertEquals(Optional.empty(), rig.accounts.read(anna));
  }

  @Test
  void productsThatAreUnknownAreLookedAtAgainEachDay() {
    rig.tell(bought("apple:1", "new"));
    rig.clock.add(Duration.ofHours(24));

    assertEquals(1, rig.deliveries().unknownProducts());
    SettleDeliveries knowing = rig.deliveries(Products.of("{\"new\":{\"tokens\":7}}"));
    assertEquals(1, knowing.unknownProducts());
    assertEquals(0, knowing.unknownProducts());

    rig.assertAvailable(anna, 7);
  }

  @Test
  void aStoreIsToldThatItIsKeptWhileAllTurnsAreTaken() throws Exception {
    var settling = new CountDownLatch(8);
    var mayGoOn = new CountDownLatch(1);
    var asked = new ConcurrentHashMap<Thread, Integer>();
    IdSource stopping =
        () -> {
          // The first id is the inbox's, the second is asked for when it is being settled.
          if (asked.merge(Thread.currentThread(), 1, Integer::sum) == 2) {
            settling.countDown();
            await(mayGoOn);
          }
          return rig.ids.next();
        };
    SettleDeliveries deliveries = rig.deliveries(Told.PRODUCTS, stopping);
    StoreEvent late = bought("apple:late", "five");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        String other = "apple:" + i + run;
        StoreEvent event = Told.purchase(other, 1, other, other, "five", ben + i);
        threads.execute(() -> deliveries.receive(PurchasesRig.delivery(event)));
      }
      await(settling);

      assertEquals(Outcome.KEPT, deliveries.receive(PurchasesRig.delivery(late)));
      mayGoOn.countDown();
    }

    assertEquals("pending", rig.outcome(late));
    assertEquals(Outcome.REPEATED, deliveries.receive(PurchasesRig.delivery(late)));
    rig.assertAvailable(anna, 5);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS), "nobody came");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPurchaseWithoutABuyerIsKeptUntilItsChainHasAnOwner() {
    SettleDeliveries inbox = rig.deliveries();
    StoreEvent nobodys = bought("apple:1", "five").withoutUser();
    assertEquals(Outcome.KEPT, inbox.receive(PurchasesRig.delivery(nobodys)));
    assertEquals(Outcome.KEPT, inbox.receive(PurchasesRig.delivery(nobodys)));
    StoreEvent refund = Told.refund(named("apple:0"), 0, chain, "apple:other" + run);
    assertEquals(
        Outcome.APPLIED, inbox.receive(PurchasesRig.delivery(refund)), "it names nobody anyway");

    assertEquals(Outcome.APPLIED, inbox.receive(PurchasesRig.delivery(bought("verify:1", "five"))));

    assertEquals(Outcome.REPEATED, inbox.receive(PurchasesRig.delivery(nobodys)));
    Delivery ignored = Delivery.ignored("apple", run, "{}", "a test");
    assertEquals(Outcome.IGNORED, inbox.receive(ignored));
    rig.assertAvailable(anna, 5);
  }

  private StoreEvent bought(String id, String product) {
    return Told.purchase(named(id), 1, chain, tx, product, anna);
  }

  private StoreEvent subscribed() {
    return Told.of(StoreEvent.Kind.PURCHASE, named("apple:1"), 1, chain)
        .tx(tx)
        .product("plus")
        .by(anna)
        .until(900)
        .event();
  }

  private String named(String id) {
    return id + run;
  }

  private static String inboxId(StoreEvent event) {
    return Inbox.id(PurchasesRig.delivery(event));
  }

  private List<? extends DocumentSnapshot> audit() {
    return on(rig.firestore
            .collection("audit")
            .whereEqualTo("purchaseId", ChainRecord.id(chain))
            .get())
        .getDocuments();
  }
}
