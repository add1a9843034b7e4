package app.infinitestories.purchases;

import org.jspecify.annotations.Nullable;

/** Asks a store about a purchase that an app shows, and delivers what the store says. */
public interface VerifyPurchase {

  /**
   * What the app shows of a purchase.
   *
   * @param transactionId Apple's id
   * @param purchaseToken Google's token
   */
  record Shown(
      Store store,
      String productId,
      @Nullable String transactionId,
      @Nullable String purchaseToken) {}

  /**
   * A purchase that the store knows, delivered already.
   *
   * @param chain as in {@link StoreEvent}
   * @param tx as in {@link StoreEvent}
   * @param product as the store says, whatever the app said
   * @param outcome {@link ReceiveDelivery.Outcome#OWNED_BY_OTHER} when it is somebody else's
   */
  record Verified(String chain, String tx, String product, ReceiveDelivery.Outcome outcome) {}

  /**
   * Verifies, with the signed-in user as the one who claims it; source {@code verify}.
   *
   * @throws app.infinitestories.platform.failure.Failure.BadInput when the store does not know it
   * @throws app.infinitestories.platform.failure.Failure.Unavailable when the store does not answer
   */
  Verified verify(String uid, Shown shown);
}
