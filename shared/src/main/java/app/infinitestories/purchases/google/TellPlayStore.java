package app.infinitestories.purchases.google;

import app.infinitestories.purchases.ReceiveDelivery.Outcome;

/**
 * Tells Google that a purchase was granted: a subscription is acknowledged, what is bought once is
 * consumed. Never before the grant; what is not told within three days is refunded by Google, which
 * is right for what could not be granted.
 */
final class TellPlayStore {
  private final PlayStore store;

  TellPlayStore(PlayStore store) {
    this.store = store;
  }

  /** Safe to call again: Google says whether it still waits. */
  void granted(PlayPurchase purchase, Outcome outcome) {
    boolean granted = outcome == Outcome.APPLIED || outcome == Outcome.REPEATED;
    if (!granted || !purchase.open() || !purchase.paid()) {
      return;
    }
    if (purchase.isSubscription()) {
      store.acknowledge(purchase.product(), purchase.token());
    } else {
      store.consume(purchase.product(), purchase.token());
    }
  }
}
