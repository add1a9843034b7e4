package app.infinitestories.purchases.google;

import app.infinitestories.purchases.Delivery;
import app.infinitestories.purchases.FindBuyer;
import app.infinitestories.purchases.ReceiveDelivery;
import app.infinitestories.purchases.ReceiveDelivery.Outcome;
import app.infinitestories.purchases.Store;
import app.infinitestories.purchases.StoreEvent;
import app.infinitestories.purchases.StoreEvent.Kind;
import app.infinitestories.purchases.StoreIds;
import com.google.common.collect.Comparators;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes a notification of Google Play in: asks Google how the purchase stands, keeps that, and
 * tells Google once it is granted.
 */
public final class ReceivePlayNotification {
  /** How deliveries of Google are marked. */
  public static final String SOURCE = "google";

  private final GoogleConfig config;
  private final Supplier<PlayStore> store;
  private final FindBuyer buyers;
  private final ReceiveDelivery inbox;

  public ReceivePlayNotification(
      GoogleConfig config, Supplier<PlayStore> store, FindBuyer buyers, ReceiveDelivery inbox) {
    this.config = config;
    this.store = store;
    this.buyers = buyers;
    this.inbox = inbox;
  }

  /**
   * Takes it in, whatever it is; when this returns it is kept, and Google knows what was granted.
   *
   * @throws app.infinitestories.platform.failure.Failure.Unavailable when it has to be pushed again
   */
  public void receive(String raw) {
    PlayNotification told;
    try {
      told = PlayNotification.of(raw);
    } catch (IllegalArgumentException notAPush) {
      // pushing it again for a week would not help
      inbox.receive(Delivery.unreadable(SOURCE, raw, notAPush));
      return;
    }
    if (!told.packageName().equals(config.packageName())) {
      ignore(told, "another app");
      return;
    }
    switch (told.about()) {
      case PlayNotification.About.Subscription(int type, String token) ->
          apply(
              told,
              store.get().subscription(token).flatMap(found -> PlayPurchase.of(token, found)),
              purchase -> subscription(told, type, purchase));
      case PlayNotification.About.OneTimeProduct(int type, String token, String productId) ->
          apply(
              told,
              store
                  .get()
                  .product(productId, token)
                  .map(found -> PlayPurchase.of(token, productId, found)),
              purchase -> purchase.paid() ? bought(told, purchase, purchase.at()) : null);
      case PlayNotification.About.Voided(String token, String orderId) ->
          voided(told, token, orderId);
      case PlayNotification.About.Test() -> ignore(told, "test");
      case PlayNotification.About.Unknown() -> ignore(told, "unknown type");
    }
  }

  private interface Meaning {
    @Nullable StoreEvent of(PlayPurchase purchase);
  }

  private void apply(PlayNotification told, Optional<PlayPurchase> found, Meaning meaning) {
    if (found.isEmpty()) {
      ignore(told, "Google Play knows no such purchase");
      return;
    }
    PlayPurchase purchase = found.get();
    if (purchase.isTest() && !config.sandboxCounts()) {
      ignore(told, "sandbox");
      return;
    }
    StoreEvent event = meaning.of(purchase);
    if (event == null) {
      ignore(told, purchase.paid() ? "changes no purchase" : "not paid yet");
      return;
    }
    Outcome outcome = inbox.receive(Delivery.of(SOURCE, told.id(), told.raw(), event));
    if (event.kind() == Kind.PURCHASE && event.user() != null) {
      new TellPlayStore(store.get()).about(purchase, outcome);
    }
  }

  /** https://developer.android.com/google/play/billing/rtdn-reference#sub */
  private @Nullable StoreEvent subscription(PlayNotification told, int type, PlayPurchase now) {
    if (!now.paid()) {
      return null;
    }
    String id = SOURCE + ":" + told.id();
    String user = user(now);
    Instant end = now.expiresAt();
    return switch (type) {
      // recovered, renewed, purchased
      case 1, 2, 4 -> bought(told, now, told.at());
      // canceled, restarted, cancellation scheduled: how it stands says which
      case 3, 7, 18 -> now.event(id, Kind.WILL_RENEW, told.at(), user, null, null, now.willRenew());
      // on hold, paused: no access, whatever end the period had
      case 5, 10 ->
          now.event(id, Kind.EXPIRE, told.at(), user, earlier(end, told.at()), null, null);
      // in the grace period, whose end is the end that Google tells
      case 6 -> end == null ? null : now.event(id, Kind.GRACE, told.at(), user, null, end, null);
      case 9 -> end == null ? null : now.event(id, Kind.EXTEND, told.at(), user, end, null, null);
      case 12 -> now.event(id, Kind.REFUND, told.at(), user, null, null, null);
      case 13 -> now.event(id, Kind.EXPIRE, told.at(), user, earlier(end, told.at()), null, null);
      // price changes, schedules of pauses, pending purchases given up, and what is new
      default -> null;
    };
  }

  private static Instant earlier(@Nullable Instant end, Instant told) {
    return end == null ? told : Comparators.min(end, told);
  }

  private StoreEvent bought(PlayNotification told, PlayPurchase purchase, @Nullable Instant at) {
    return purchase.purchase(SOURCE + ":" + told.id(), at == null ? told.at() : at, user(purchase));
  }

  private @Nullable String user(PlayPurchase purchase) {
    String account = purchase.accountId();
    return account == null ? null : buyers.byGoogleId(account).orElse(null);
  }

  /** Money went back: for one order, of whatever kind. */
  private void voided(PlayNotification told, String token, String orderId) {
    String order = orderId.isEmpty() ? StoreIds.orderOfToken(token) : orderId;
    StoreEvent refund =
        new StoreEvent(
            SOURCE + ":" + told.id(),
            told.at(),
            Kind.REFUND,
            Store.GOOGLE,
            StoreIds.chain(Store.GOOGLE, order),
            StoreIds.transaction(Store.GOOGLE, order),
            null,
            null,
            null,
            null,
            null,
            List.of(),
            List.of());
    inbox.receive(Delivery.of(SOURCE, told.id(), told.raw(), refund));
  }

  private void ignore(PlayNotification told, String why) {
    inbox.receive(Delivery.ignored(SOURCE, told.id(), told.raw(), why));
  }
}
