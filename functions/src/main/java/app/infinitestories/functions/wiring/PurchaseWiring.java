package app.infinitestories.functions.wiring;

import app.infinitestories.accounts.Accounts;
import app.infinitestories.audit.AuditLog;
import app.infinitestories.functions.api.admin.MoneyRoutes;
import app.infinitestories.functions.api.purchases.MagicTokenRoutes;
import app.infinitestories.functions.api.purchases.PurchaseRoutes;
import app.infinitestories.functions.api.purchases.UserMoney;
import app.infinitestories.functions.api.purchases.Verifying;
import app.infinitestories.platform.IdSource;
import app.infinitestories.purchases.Products;
import app.infinitestories.purchases.ReadPurchases;
import app.infinitestories.purchases.RefundJob;
import app.infinitestories.purchases.SettleDeliveries;
import app.infinitestories.purchases.VerifyPurchase;
import app.infinitestories.purchases.magictoken.MagicTokens;
import app.infinitestories.queue.Timing;
import app.infinitestories.ratelimit.RateLimiter;
import com.google.cloud.firestore.Firestore;
import java.security.SecureRandom;

/** Tokens, subscriptions and codes. */
final class PurchaseWiring {
  private final Firestore firestore;
  private final Accounts accounts;
  private final Products products;
  private final Timing timing;
  private final IdSource ids;
  private final ReadPurchases purchases;

  PurchaseWiring(
      Firestore firestore, Accounts accounts, Products products, Timing timing, IdSource ids) {
    this.firestore = firestore;
    this.accounts = accounts;
    this.products = products;
    this.timing = timing;
    this.ids = ids;
    this.purchases = new ReadPurchases(firestore, products, timing.clock());
  }

  /** Where all sources deliver. */
  SettleDeliveries deliveries() {
    return new SettleDeliveries(firestore, accounts, products, timing, ids);
  }

  PurchaseRoutes routes(VerifyPurchase stores) {
    return new PurchaseRoutes(accounts, purchases, new Verifying(stores, purchases));
  }

  MagicTokenRoutes magicTokens(VerifyPurchase stores, RateLimiter limits) {
    var tokens =
        new MagicTokens(firestore, accounts, purchases, audit(), timing, ids, new SecureRandom());
    return new MagicTokenRoutes(
        tokens, accounts, new Verifying(stores, purchases), products, limits, timing.clock());
  }

  MoneyRoutes money() {
    return new MoneyRoutes(
        new UserMoney(firestore, accounts, purchases),
        new RefundJob(firestore, accounts, audit(), timing, ids),
        audit());
  }

  private AuditLog audit() {
    return new AuditLog(firestore, timing.clock(), ids);
  }
}
