package app.infinitestories.purchases;

import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.accounts.AccountChange;
import app.infinitestories.accounts.Cost;
import app.infinitestories.accounts.Tombstones;
import app.infinitestories.local.firestore.FirestoreEmulator;
import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.platform.firestore.FirestoreTimeout;
import app.infinitestories.platform.firestore.Waiting;
import app.infinitestories.purchases.ReceiveDelivery.Outcome;
import app.infinitestories.queue.LossyFirestore;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.TestProject;
import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.firestore.WriteBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What stores deliver reaches the accounts once, over the real Firestore. */
@FirestoreTest
class SettleDeliveriesTest {
  private static final AtomicInteger RUNS = new AtomicInteger();

  private final PurchasesRig rig;
  private final String run = "t" + RUNS.incrementAndGet();
  private final String anna = run + "anna";
  private final String ben = run + "ben";
  private final String chain = "apple:" + run;

  SettleDeliveriesTest(Firestore firestore) {
    rig = new PurchasesRig(firestore);
  }

  @Test
  void theLargestThatIsTakenIsAppliedAsAnyOther() {
    String longest = "\u0000ü".repeat(200) + "x".repeat(400);
    StoreEvent event =
        Told.purchase(
            "revenuecat:" + longest.substring(20),
            1,
            chain + longest.substring(50),
            longest,
            "five",
            anna);
    String raw = "\"".repeat(512 << 10);

    assertEquals(
        Outcome.APPLIED,
        rig.deliveries().receive(Delivery.of("revenuecat", event.id(), raw, event)));

    rig.assertAvailable(anna, 5);
    assertEquals("applied", rig.outcome(event));
  }

  @Test
  void whatFirestoreCouldNeverHoldIsKeptAndChangesNothing() {
    StoreEvent event = Told.purchase("revenuecat:" + run, 1, chain, "x".repeat(1001), "five", anna);

    assertEquals(Outcome.IGNORED, rig.tell(event));
    assertEquals(Outcome.REPEATED, rig.tell(event));

    assertEquals("ignored", rig.outcome(event));
    assertEquals(0, rig.available(anna));
  }

  @Test
  void aPurchaseIsCreditedOnceHoweverOftenItIsToldAndByWhom() {
    assertEquals(Outcome.APPLIED, rig.tell(bought("revenuecat:1", 1, "five", anna)));
    assertEquals(Outcome.REPEATED, rig.tell(bought("revenuecat:1", 1, "five", anna)));
    assertEquals(Outcome.APPLIED, rig.tell(bought("apple:1", 1, "five", anna)));
    assertEquals(Outcome.APPLIED, rig.tell(bought("verify:1", 1, "five", anna)));

    rig.assertAvailable(anna, 5);
  }

  @Test
  void aRefundTakesBackWhatIsSpentToo() {
    rig.tell(bought("apple:1", 1, "five", anna));
    spend(anna, 4);

    rig.tell(Told.refund(source("apple:2"), 2, chain, "tx" + run));

    rig.assertAvailable(anna, -4);
    AccountChange change = new AccountChange(rig.account(anna), rig.clock.instant());
    assertTrue(change.hold("job", 1, new Cost(1, 1)).isEmpty(), "in debt neither pays");
    rig.tell(
        Told.of(StoreEvent.Kind.REFUND_REVERSED, source("apple:3"), 3, chain)
            .tx("tx" + run)
            .event());
    rig.assertAvailable(anna, 1);
  }

  @Test
  void aTransferMovesWhatIsLeftAndALaterRefundTakesFromEachTheirPart() {
    rig.tell(bought("revenuecat:1", 1, "five", anna));
    spend(anna, 2);

    rig.tell(Told.transfer(source("revenuecat:2"), 2, anna, ben));

    rig.assertAvailable(anna, 0);
    rig.assertAvailable(ben, 3);
    rig.tell(Told.refund(source("revenuecat:3"), 3, chain, "tx" + run));
    rig.assertAvailable(anna, -2);
    rig.assertAvailable(ben, 0);
  }

  @Test
  void whoSeemedToOwnASubscriptionUntilItsBeginWasToldLosesIt() {
    String renewal = "apple:2" + run;
    rig.tell(
        Told.of(StoreEvent.Kind.PURCHASE, renewal, 480, chain)
            .tx("tx2" + run)
            .product("plus")
            .by(ben)
            .until(1200)
            .event());
    assertEquals("premium", rig.account(ben).subscription().tier());

    rig.tell(
        Told.of(StoreEvent.Kind.PURCHASE, "apple:1" + run, 1, chain)
            .tx("tx" + run)
            .product("plus")
            .by(anna)
            .until(480)
            .event());

    assertEquals("free", rig.account(ben).subscription().tier());
    assertEquals("premium", rig.account(anna).subscription().tier());
    rig.assertAvailable(anna, 4);
    rig.assertAvailable(ben, 0);
  }

  @Test
  void aTransferThatComesBeforeItsPurchaseWaitsForIt() {
    assertEquals(Outcome.APPLIED, rig.tell(Told.transfer(source("revenuecat:2"), 2, anna, ben)));

    rig.tell(bought("revenuecat:1", 1, "five", anna));

    rig.assertAvailable(anna, 0);
    rig.assertAvailable(ben, 5);
  }

  @Test
  void whatAnAppBoughtBeforeItsSignInBelongsToItsUserOnceKnown() {
    String app = "$RCAnonymousID:" + run;
    rig.tell(bought("revenuecat:1", 1, "five", app));
    rig.assertAvailable(app, 5);

    rig.tell(Told.purchase(source("revenuecat:2"), 700, chain, "tx2" + run, "three", anna));

    rig.assertAvailable(app, 0);
    rig.assertAvailable(anna, 8);
    assertEquals(Outcome.APPLIED, rig.tell(claim("verify:1", anna)));
  }

  @Test
  void aSubscriptionBringsItsQuotaAtOnceAndTakesItWhenItEnds() {
    rig.tell(subscribed("apple:1", 24 * 14, "monthly", 24 * 44));

    var account = rig.account(anna);
    assertEquals("premium", account.subscription().tier());
    assertEquals(50, account.monthly().limit());
    assertEquals(15, account.monthly().anchorDay());
    assertEquals("2026-11-15", account.monthly().period());
    rig.clock.add(Duration.ofDays(25));
    var after = rig.account(anna);
    assertEquals("free", after.subscription().tier());
    assertEquals(10, after.monthly().limit());
    rig.assertLedgers(List.of(anna));
  }

  @Test
  void anExpirationThatComesBeforeItsRenewalDoesNotEndIt() {
    rig.tell(subscribed("apple:1", 24 * 10, "monthly", 24 * 19));
    rig.tell(
        Told.of(StoreEvent.Kind.EXPIRE, source("apple:3"), 24 * 19, chain).until(24 * 19).event());
    assertEquals("free", rig.account(anna).subscription().tier());

    // Renewed in the same moment; it is told last.
    rig.tell(
        Told.of(StoreEvent.Kind.PURCHASE, source("apple:2"), 24 * 19 + 1, chain)
            .tx("tx2" + run)
            .product("monthly")
            .until(24 * 49)
            .event());

    assertEquals("premium", rig.account(anna).subscription().tier());
  }

  @Test
  void nobodyTakesAPurchaseByShowingIt() {
    rig.tell(bought("verify:1", 1, "five", anna));

    assertEquals(Outcome.OWNED_BY_OTHER, rig.tell(claim("verify:0", ben)));
    assertEquals(Outcome.OWNED_BY_OTHER, rig.tell(claim("verify:0", ben)));

    rig.assertAvailable(anna, 5);
    rig.assertAvailable(ben, 0);
    // Nor does a store that only says so afterwards.
    rig.tell(bought("revenuecat:1", 1, "five", ben));
    rig.assertAvailable(anna, 5);
    rig.assertAvailable(ben, 0);
  }

  @Test
  void anUnknownProductIsKeptAndCreditedWhenItIsKnown() {
    StoreEvent event = bought("apple:1", 1, "new", anna);
    assertEquals(Outcome.KEPT, rig.tell(event));
    rig.assertAvailable(anna, 0);
    assertEquals(List.of("new"), rig.chain(chain).get("unknown"));
    rig.clock.add(Duration.ofHours(1));

    rig.deliveries(Products.of("{\"new\":{\"tokens\":7}}")).unknownProducts();

    rig.assertAvailable(anna, 7);
    assertEquals("applied", rig.outcome(event));
  }

  @Test
  void whatWasOnlyKeptIsAppliedSoonAfter() {
    StoreEvent event = bought("apple:1", 1, "five", anna);
    new Inbox(rig.firestore, rig.clock, rig.ids).keep(PurchasesRig.delivery(event));
    rig.clock.add(Duration.ofMinutes(1));

    rig.deliveries().leftovers();

    rig.assertAvailable(anna, 5);
    assertEquals("applied", rig.outcome(event));
  }

  @Test
  void whereOthersAreAlwaysFasterItIsKeptAndAppliedLater() {
    rig.tell(bought("apple:1", 1, "five", anna));
    StoreEvent second = Told.purchase(source("apple:2"), 2, chain, "tx2" + run, "three", anna);
    var ids = new AtomicInteger();
    IdSource overtaken =
        () -> {
          // Asked for between reading and writing: the account changes under its hands.
          on(rig.accounts.ref(anna).update("touched", ids.incrementAndGet()));
          return rig.ids.next();
        };
    var losing =
        new SettleDeliveries(rig.firestore, rig.accounts, Told.PRODUCTS, rig.hurried(), overtaken);

    assertEquals(Outcome.KEPT, losing.receive(PurchasesRig.delivery(second)));
    assertEquals(
        Outcome.KEPT,
        losing.receive(PurchasesRig.delivery(Told.transfer(source("apple:3"), 3, anna, ben))));

    rig.assertAvailable(anna, 5);
    assertEquals("pending", rig.outcome(second));
    assertTrue(ids.get() > 2, "it was tried");
    rig.clock.add(Duration.ofMinutes(1));
    rig.deliveries().leftovers();
    rig.assertAvailable(anna, 0);
    rig.assertAvailable(ben, 8);
  }

  @Test
  void whatCannotBeKeptHasToComeAgain(TestProject project) throws Exception {
    RetrySettings hurried =
        RetrySettings.newBuilder()
            .setTotalTimeoutDuration(Duration.ofMillis(300))
            .setInitialRpcTimeoutDuration(Duration.ofMillis(300))
            .setMaxRpcTimeoutDuration(Duration.ofMillis(300))
            .setMaxAttempts(1)
            .build();
    Firestore nobody =
        FirestoreOptions.newBuilder()
            .setProjectId(project.id())
            .setEmulatorHost("127.0.0.1:1")
            .setRetrySettings(hurried)
            .build()
            .getService();
    try {
      var away = new PurchasesRig(nobody);

      assertThrows(Failure.Unavailable.class, () -> away.tell(bought("apple:1", 1, "five", anna)));
    } finally {
      nobody.close();
    }
  }

  /**
   * Wherever Firestore falls silent, the store gets its answer in time, and what it was told
   * happens: by itself where the answer was that it is kept, else when the store tells it again.
   */
  @Test
  void whereFirestoreFallsSilentNothingIsLost(FirestoreEmulator emulator, TestProject project) {
    try (var silent = new SilentFirestore(emulator.host(), project.id())) {
      var slow = new PurchasesRig(silent.client());
      int answers = 0;
      Optional<Outcome> told;
      do {
        String buyer = run + "silent" + answers;
        StoreEvent event =
            Told.purchase("apple:" + buyer, 1, "apple:" + buyer, buyer, "five", buyer);
        silent.after(answers);
        told = tellInTime(slow, event);
        if (told.isPresent()) {
          rig.clock.add(Duration.ofMinutes(1));
          rig.deliveries().leftovers();
        } else {
          rig.tell(event);
        }
        rig.assertAvailable(buyer, 5);
        assertEquals("applied", rig.outcome(event));
        answers++;
        // on a busy machine the time may be up although all would have been answered
      } while (answers < 100 && (silent.isSilent() || !told.equals(Optional.of(Outcome.APPLIED))));
      assertEquals(Optional.of(Outcome.APPLIED), told);
      assertTrue(answers > 6, "it was applied after " + answers + " answers");
    }
  }

  /** What a store is answered; empty when it has to tell it again. */
  private static Optional<Outcome> tellInTime(PurchasesRig slow, StoreEvent event) {
    try {
      return Optional.of(
          Waiting.within(
              Duration.ofMillis(300),
              () -> slow.deliveries().receive(PurchasesRig.delivery(event))));
    } catch (Failure.Unavailable | FirestoreTimeout toldAgain) {
      return Optional.empty();
    }
  }

  @Test
  void whatMeansNothingIsKeptAndIgnored() {
    Delivery test = Delivery.ignored("revenuecat", run, "{\"type\":\"TEST\"}", "a test");

    assertEquals(Outcome.IGNORED, rig.deliveries().receive(test));
    assertEquals(Outcome.REPEATED, rig.deliveries().receive(test));

    assertEquals(
        "{\"type\":\"TEST\"}",
        on(rig.firestore.document("inbox/" + Inbox.id(test)).get()).getString("raw"));
  }

  @Test
  void somebodyWhoWasDeletedIsNotOpenedAgain() {
    on(rig.firestore.document(Tombstones.path(anna)).set(Map.of("salt", "s")));

    assertEquals(Outcome.APPLIED, rig.tell(bought("apple:1", 1, "five", anna)));

    assertFalse(rig.accounts.read(anna).isPresent());
  }

  @Test
  void lostAnswersCreditNobodyTwice(FirestoreEmulator emulator, TestProject project)
      throws Exception {
    var random = new Random(7);
    try (var lossy =
        new LossyFirestore(emulator.host(), project.id(), () -> random.nextInt(3) == 0)) {
      var losing = new PurchasesRig(lossy.client());
      for (int i = 0; i < 8; i++) {
        losing.tell(Told.purchase("apple:l" + run + i, i, chain, run + i, "five", anna));
      }
      assertTrue(lossy.lost() > 0);
    }
    rig.assertAvailable(anna, 40);
  }

  @Test
  void dozensOfHistoriesToldAtOnceEndAsTheyMust() throws Exception {
    var random = new Random(3);
    for (int seed = 0; seed < 12; seed++) {
      var history = new GeneratedHistory(seed, run + "h" + seed);
      var calls = new ArrayList<Callable<Outcome>>();
      for (StoreEvent event : history.events) {
        calls.add(() -> rig.tell(event));
        calls.add(() -> rig.tell(event));
      }
      Collections.shuffle(calls, random);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var done : threads.invokeAll(calls)) {
          done.get();
        }
      }
      rig.clock.add(Duration.ofMinutes(1));
      rig.deliveries().leftovers();

      String what = "history " + seed + ": " + history.events;
      for (var expected : history.tokens().entrySet()) {
        assertEquals(expected.getValue(), rig.available(expected.getKey()), what);
      }
      rig.assertLedgers(history.users);
      for (String user : history.users) {
        assertEquals(Set.of(), rig.subscribedWithoutOwning(user), what);
      }
    }
  }

  @Test
  void aBurstIsKeptAtOnceAndAppliedInTurn() throws Exception {
    var deliveries = rig.deliveries();
    var burst = new ArrayList<Callable<Outcome>>();
    for (int i = 0; i < 60; i++) {
      StoreEvent event =
          Told.purchase("apple:b" + run + i, i, chain + i, run + i, "five", run + "user" + i % 6);
      burst.add(() -> deliveries.receive(PurchasesRig.delivery(event)));
    }
    int kept = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(burst)) {
        kept += done.get() == Outcome.KEPT ? 1 : 0;
      }
    }
    assertTrue(kept > 0, "all found room");

    rig.clock.add(Duration.ofMinutes(1));
    assertEquals(kept, deliveries.leftovers());

    for (int user = 0; user < 6; user++) {
      rig.assertAvailable(run + "user" + user, 50);
    }
  }

  private StoreEvent bought(String id, long hours, String product, String user) {
    return Told.purchase(source(id), hours, chain, "tx" + run, product, user);
  }

  private StoreEvent claim(String id, String user) {
    return bought(id, 1, "five", user);
  }

  private StoreEvent subscribed(String id, long hours, String product, long until) {
    return Told.of(StoreEvent.Kind.PURCHASE, source(id), hours, chain)
        .tx("tx" + run)
        .product(product)
        .by(anna)
        .until(until)
        .event();
  }

  private String source(String id) {
    return id + "-" + run;
  }

  private void spend(String user, long tokens) {
    var change = new AccountChange(rig.account(user), rig.clock.instant());
    var hold = change.hold("job", 1, Cost.ofTokens(tokens)).orElseThrow();
    change.capture("job", 1, hold);
    WriteBatch batch = rig.firestore.batch();
    String commitId = rig.ids.next();
    change.addTo(batch, rig.accounts.ref(user), commitId);
    Commits.commit(batch, rig.accounts.ref(user), commitId);
  }
}
