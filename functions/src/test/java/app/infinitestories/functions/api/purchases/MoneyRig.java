package app.infinitestories.functions.api.purchases;

import app.infinitestories.accounts.Account;
import app.infinitestories.accounts.AccountPolicy;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.accounts.CheckLedger;
import app.infinitestories.audit.AuditLog;
import app.infinitestories.functions.api.admin.MoneyRoutes;
import app.infinitestories.functions.web.HttpSettings;
import app.infinitestories.functions.web.Router;
import app.infinitestories.functions.web.RouterCaller;
import app.infinitestories.functions.web.User;
import app.infinitestories.platform.RandomIds;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.purchases.Delivery;
import app.infinitestories.purchases.Products;
import app.infinitestories.purchases.ReadPurchases;
import app.infinitestories.purchases.ReceiveDelivery;
import app.infinitestories.purchases.RefundJob;
import app.infinitestories.purchases.SettleDeliveries;
import app.infinitestories.purchases.Store;
import app.infinitestories.purchases.StoreEvent;
import app.infinitestories.purchases.VerifyPurchase;
import app.infinitestories.purchases.magictoken.MagicTokens;
import app.infinitestories.queue.Timing;
import app.infinitestories.ratelimit.SlidingRateLimiter;
import app.infinitestories.testkit.SetClock;
import com.google.cloud.firestore.Firestore;
import com.google.common.base.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The routes of money over the real Firestore; the bearer token is the user's id, and whoever is
 * called staff is an administrator. The store knows every transaction that it is asked about.
 */
final class MoneyRig implements VerifyPurchase {
  static final Products PRODUCTS =
      Products.of(
          """
          {"five":{"tokens":5},"gift":{"giftTokens":4},
           "monthly":{"tier":"premium","monthlyStories":50}}
          """);
  private static final AtomicInteger RUNS = new AtomicInteger();

  final String run = "m" + RUNS.incrementAndGet();
  final String anna = run + "anna";
  final String ben = run + "ben";
  final SetClock clock = new SetClock(Instant.parse("2026-11-21T12:00:00Z"));
  final RandomIds ids = new RandomIds();
  final Firestore firestore;
  final Accounts accounts;
  final SettleDeliveries deliveries;
  private final Router router;
  private final Map<String, String> buyers = new HashMap<>();

  MoneyRig(Firestore firestore) {
    this(firestore, 1_000);
  }

  MoneyRig(Firestore firestore, double rateLimitFactor) {
    this.firestore = firestore;
    accounts = new Accounts(firestore, clock, ids, new AccountPolicy(3, 10));
    var timing = new Timing(clock, Ticker.systemTicker(), new Random(), Timing.system().pause());
    deliveries = new SettleDeliveries(firestore, accounts, PRODUCTS, timing, ids);
    var purchases = new ReadPurchases(firestore, PRODUCTS, clock);
    var audit = new AuditLog(firestore, clock, ids);
    var verifying = new Verifying(this, purchases);
    var limits = new SlidingRateLimiter(rateLimitFactor, () -> firestore, clock, ids);
    var tokens = new MagicTokens(firestore, accounts, purchases, audit, timing, ids, new Random());
    router =
        new Router(
            r -> {
              r.under("/api", new PurchaseRoutes(accounts, purchases, verifying));
              r.under(
                  "/api",
                  new MagicTokenRoutes(tokens, accounts, verifying, PRODUCTS, limits, clock));
              r.under(
                  "/api/v2",
                  new MoneyRoutes(
                      new UserMoney(firestore, accounts, purchases),
                      new RefundJob(firestore, accounts, audit, timing, ids),
                      audit));
            },
            this::authenticate,
            limits,
            new HttpSettings(Set.of(), 1),
            clock,
            ids);
  }

  RouterCaller as(String user) {
    return new RouterCaller(router).as(user);
  }

  RouterCaller staff() {
    return as("staff");
  }

  private User authenticate(String token) {
    if (!accounts.provision(token)) {
      throw new Failure.Unauthenticated();
    }
    return new User(token, null, true, token.equals("staff"));
  }

  Account account(String uid) {
    return accounts.read(uid).orElseThrow();
  }

  boolean ledgerAgrees(String uid) {
    return new CheckLedger(accounts).of(uid).orElseThrow().agrees();
  }

  /** A store's word that a user bought something. */
  ReceiveDelivery.Outcome bought(String tx, String product, String user, @Nullable Duration lasts) {
    return tell(event("apple:" + tx, StoreEvent.Kind.PURCHASE, tx, product, user, lasts));
  }

  ReceiveDelivery.Outcome refunded(String tx) {
    return tell(event("apple:refund" + tx, StoreEvent.Kind.REFUND, tx, null, null, null));
  }

  /** From now on the store names that buyer of the transaction, whoever shows it. */
  void storeNames(String tx, String buyer) {
    buyers.put(tx, buyer);
  }

  /** What one user has becomes the other's. */
  ReceiveDelivery.Outcome transferred(String from, String to) {
    Instant now = clock.instant();
    return tell(
        new StoreEvent(
            "apple:transfer" + from + to,
            now,
            StoreEvent.Kind.TRANSFER,
            Store.APPLE,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(from),
            List.of(to)));
  }

  /** The store took its refund back. */
  ReceiveDelivery.Outcome refundReversed(String tx) {
    return tell(
        event("apple:reversed" + tx, StoreEvent.Kind.REFUND_REVERSED, tx, null, null, null));
  }

  private ReceiveDelivery.Outcome tell(StoreEvent event) {
    return deliveries.receive(Delivery.of("apple", event.id(), "{}", event));
  }

  @Override
  public Verified verify(String uid, Shown shown) {
    String tx = String.valueOf(shown.transactionId());
    String buyer = buyers.getOrDefault(tx, uid);
    StoreEvent event =
        event("verify:" + tx + buyer, StoreEvent.Kind.PURCHASE, tx, shown.productId(), buyer, null);
    ReceiveDelivery.Outcome told =
        deliveries.receive(Delivery.of("verify", event.id(), "{}", event));
    return new Verified(
        "apple:" + tx,
        "apple:" + tx,
        shown.productId(),
        buyer.equals(uid) ? told : ReceiveDelivery.Outcome.OWNED_BY_OTHER);
  }

  private StoreEvent event(
      String id,
      StoreEvent.Kind kind,
      String tx,
      @Nullable String product,
      @Nullable String user,
      @Nullable Duration lasts) {
    Instant now = clock.instant();
    return new StoreEvent(
        id,
        now,
        kind,
        Store.APPLE,
        "apple:" + tx,
        "apple:" + tx,
        product,
        user,
        lasts == null ? null : now.plus(lasts),
        null,
        null,
        List.of(),
        List.of());
  }
}
