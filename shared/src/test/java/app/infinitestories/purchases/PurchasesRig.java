package app.infinitestories.purchases;

import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.accounts.Account;
import app.infinitestories.accounts.AccountChange;
import app.infinitestories.accounts.AccountPolicy;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.accounts.CheckLedger;
import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.RandomIds;
import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.queue.Timing;
import app.infinitestories.testkit.SetClock;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.WriteBatch;
import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Purchases over a real Firestore; new users start with nothing. */
final class PurchasesRig {
  final SetClock clock = new SetClock(Told.at(24 * 20));
  final RandomIds ids = new RandomIds();
  final Accounts accounts;
  final Firestore firestore;

  PurchasesRig(Firestore firestore) {
    this.firestore = firestore;
    this.accounts = new Accounts(firestore, clock, ids, new AccountPolicy(0, 10));
  }

  SettleDeliveries deliveries() {
    return deliveries(Told.PRODUCTS);
  }

  SettleDeliveries deliveries(Products products) {
    return deliveries(products, ids);
  }

  SettleDeliveries deliveries(Products products, IdSource source) {
    return new SettleDeliveries(
        firestore,
        accounts,
        products,
        new Timing(clock, Ticker.systemTicker(), new Random(), Timing.system().pause()),
        source);
  }

  /** Time that is soon up: six seconds pass each time that somebody looks. */
  Timing hurried() {
    var time = new AtomicLong();
    Ticker ticker =
        new Ticker() {
          @Override
          public long read() {
            return time.addAndGet(Duration.ofSeconds(6).toNanos());
          }
        };
    return new Timing(clock, ticker, new Random(1), duration -> {});
  }

  static Delivery delivery(StoreEvent event) {
    String source = event.id().substring(0, event.id().indexOf(':'));
    return Delivery.of(source, event.id(), "{}", event);
  }

  ReceiveDelivery.Outcome tell(StoreEvent event) {
    return deliveries().receive(delivery(event));
  }

  Account account(String user) {
    return accounts.read(Buyers.accountId(user)).orElseThrow();
  }

  long available(String user) {
    return accounts.read(Buyers.accountId(user)).map(Account::available).orElse(0L);
  }

  DocumentSnapshot chain(String chain) {
    return on(firestore.collection("purchases").document(ChainRecord.id(chain)).get());
  }

  String outcome(StoreEvent event) {
    return String.valueOf(
        on(firestore.document("inbox/" + Inbox.id(delivery(event))).get()).getString("outcome"));
  }

  /** Changes an account as it is now. */
  void book(String user, Consumer<AccountChange> what) {
    var change = new AccountChange(account(user), clock.instant());
    what.accept(change);
    WriteBatch batch = firestore.batch();
    String commitId = ids.next();
    change.addTo(batch, accounts.ref(user), commitId);
    assertInstanceOf(
        Commits.Outcome.Applied.class, Commits.commit(batch, accounts.ref(user), commitId));
  }

  /** Purchases that an account counts among its subscriptions although they are another's. */
  Set<String> subscribedWithoutOwning(String user) {
    return accounts
        .read(Buyers.accountId(user))
        .map(account -> account.subscriptions().keySet())
        .orElse(Set.of())
        .stream()
        .filter(purchase ->
            !user.equals(on(firestore.document("purchases/" + purchase).get()).get("owner")))
        .collect(Collectors.toSet());
  }

  /** Every account adds up to its ledger. */
  void assertLedgers(Collection<String> users) {
    for (String user : users) {
      new CheckLedger(accounts)
          .of(Buyers.accountId(user))
          .ifPresent(found -> assertTrue(found.agrees(), user + ": " + found));
    }
  }

  void assertAvailable(String user, long tokens) {
    assertEquals(tokens, available(user), user);
    assertLedgers(List.of(user));
  }
}
