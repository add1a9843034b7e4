package app.infinitestories.purchases.google;

import app.infinitestories.purchases.Store;
import app.infinitestories.purchases.StoreEvent;
import app.infinitestories.purchases.StoreEvent.Kind;
import app.infinitestories.purchases.StoreIds;
import com.google.api.services.androidpublisher.model.ProductPurchase;
import com.google.api.services.androidpublisher.model.SubscriptionPurchaseLineItem;
import com.google.api.services.androidpublisher.model.SubscriptionPurchaseV2;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A purchase as Google Play tells it, of either kind.
 *
 * @param token what Google knows it by
 * @param order its order id, or what stands for one
 * @param at when it was bought
 * @param expiresAt null for what does not end
 * @param accountId the obfuscated id that the app handed over with it
 * @param paid false while Google waits for the money, and when it gave up
 * @param isTest whether no money is paid for it at all
 * @param acknowledged whether Google knows that it was taken
 * @param used whether it needs not be consumed, or was
 */
record PlayPurchase(
    String token,
    String product,
    String order,
    @Nullable Instant at,
    @Nullable Instant expiresAt,
    @Nullable Boolean willRenew,
    @Nullable String accountId,
    boolean paid,
    boolean isTest,
    boolean isSubscription,
    boolean acknowledged,
    boolean used) {

  private static final String NOT_ACKNOWLEDGED = "ACKNOWLEDGEMENT_STATE_PENDING";
  private static final List<String> UNPAID =
      List.of(
          "SUBSCRIPTION_STATE_PENDING",
          "SUBSCRIPTION_STATE_PENDING_PURCHASE_CANCELED",
          "SUBSCRIPTION_STATE_UNSPECIFIED");

  /** Empty where Google names no product, which is no purchase. */
  static Optional<PlayPurchase> of(String token, SubscriptionPurchaseV2 told) {
    List<SubscriptionPurchaseLineItem> items =
        told.getLineItems() == null ? List.of() : told.getLineItems();
    return items.stream()
        .filter(item -> item.getProductId() != null)
        .max(Comparator.comparing(PlayPurchase::end))
        .map(item ->
            new PlayPurchase(
                token,
                item.getProductId(),
                order(token, item.getLatestSuccessfulOrderId(), told.getLatestOrderId()),
                time(told.getStartTime()),
                time(item.getExpiryTime()),
                item.getAutoRenewingPlan() != null
                    && Boolean.TRUE.equals(item.getAutoRenewingPlan().getAutoRenewEnabled()),
                told.getExternalAccountIdentifiers() == null
                    ? null
                    : told.getExternalAccountIdentifiers().getObfuscatedExternalAccountId(),
                told.getSubscriptionState() != null
                    && !UNPAID.contains(told.getSubscriptionState()),
                told.getTestPurchase() != null,
                true,
                !NOT_ACKNOWLEDGED.equals(told.getAcknowledgementState()),
                true));
  }

  /** What is bought once: {@code purchaseState} 0 is paid, {@code purchaseType} 0 a test. */
  static PlayPurchase of(String token, String productId, ProductPurchase told) {
    return new PlayPurchase(
        token,
        told.getProductId() == null ? productId : told.getProductId(),
        order(token, told.getOrderId(), null),
        told.getPurchaseTimeMillis() == null
            ? null
            : Instant.ofEpochMilli(told.getPurchaseTimeMillis()),
        null,
        null,
        told.getObfuscatedExternalAccountId(),
        Integer.valueOf(0).equals(told.getPurchaseState()),
        Integer.valueOf(0).equals(told.getPurchaseType()),
        false,
        Integer.valueOf(1).equals(told.getAcknowledgementState()),
        Integer.valueOf(1).equals(told.getConsumptionState()));
  }

  /** Whether its last order is not its first. */
  boolean isRenewal() {
    return StoreIds.isRenewal(order);
  }

  String chain() {
    return StoreIds.chain(Store.GOOGLE, order);
  }

  String tx() {
    return StoreIds.transaction(Store.GOOGLE, order);
  }

  StoreEvent purchase(String id, Instant when, @Nullable String user) {
    return event(id, Kind.PURCHASE, when, user, expiresAt, null, willRenew);
  }

  StoreEvent event(
      String id,
      Kind kind,
      Instant when,
      @Nullable String user,
      @Nullable Instant expires,
      @Nullable Instant graceUntil,
      @Nullable Boolean renews) {
    return new StoreEvent(
        id,
        when,
        kind,
        Store.GOOGLE,
        chain(),
        tx(),
        product,
        user,
        expires,
        graceUntil,
        renews,
        List.of(),
        List.of());
  }

  private static String order(String token, @Nullable String first, @Nullable String second) {
    String order = first == null || first.isEmpty() ? second : first;
    return order == null || order.isEmpty() ? StoreIds.orderOfToken(token) : order;
  }

  private static Instant end(SubscriptionPurchaseLineItem item) {
    Instant end = time(item.getExpiryTime());
    return end == null ? Instant.MIN : end;
  }

  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException notATime) {
      return null;
    }
  }
}
