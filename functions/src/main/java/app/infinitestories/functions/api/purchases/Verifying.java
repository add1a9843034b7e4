package app.infinitestories.functions.api.purchases;

import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.purchases.Purchase;
import app.infinitestories.purchases.ReadPurchases;
import app.infinitestories.purchases.ReceiveDelivery;
import app.infinitestories.purchases.VerifyPurchase;
import java.time.Duration;
import java.util.Map;

/** Has a store asked about a purchase that an app shows, and refuses what is somebody else's. */
public final class Verifying {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

  private final VerifyPurchase stores;
  private final ReadPurchases purchases;

  public Verifying(VerifyPurchase stores, ReadPurchases purchases) {
    this.stores = stores;
    this.purchases = purchases;
  }

  /** A purchase that is the user's, with the transaction that they showed. */
  record Owned(Purchase purchase, String tx, String product) {}

  Owned verify(String uid, Shown shown) {
    VerifyPurchase.Verified verified = stores.verify(uid, shown.toStore());
    Purchase purchase =
        purchases
            .find(verified.chain())
            .orElseThrow(() -> new Failure.Unavailable(TRY_AGAIN, null));
    // Who bought it need not be who has it: after a TRANSFER the store still names the first.
    boolean others =
        purchase.owner() == null
            ? verified.outcome() == ReceiveDelivery.Outcome.OWNED_BY_OTHER
            : !purchase.owner().equals(uid);
    if (others) {
      throw new Failure.Conflict(
          FailureCode.OWNED_BY_OTHER,
          "This purchase belongs to another account. Tell support its id.",
          Map.of("supportId", purchase.id()));
    }
    return new Owned(purchase, verified.tx(), verified.product());
  }
}
