package app.infinitestories.purchases.google;

import app.infinitestories.purchases.ReceiveDelivery.Outcome;

/**
 * Tells Google what became of a purchase. What is kept for good is acknowledged, or Google would
 * pay it back within three days; what is bought once is consumed when it is granted and not before.
 * An app shows again what was never consumed, so that a grant which came late is told too.
 */
final class TellPlayStore {
  private final PlayStore store;

  TellPlayStore(PlayStore store) {
    this.store = store;
  }

  /** Safe to call again: Google says what it knows already. */
  void about(PlayPurchase purchase, Outcome outcome) {
    boolean granted = outcome == Outcome.APPLIED || outcome == Outcome.REPEATED;
    if (granted && !purchase.used()) {
      store.consume(purchase.product(), purchase.token());
    } else if ((granted || outcome == Outcome.KEPT) && !purchase.acknowledged()) {
      if (purchase.isSubscription()) {
        store.acknowledge(purchase.product(), purchase.token());
      } else {
        store.acknowledgeProduct(purchase.product(), purchase.token());
      }
    }
  }
}
