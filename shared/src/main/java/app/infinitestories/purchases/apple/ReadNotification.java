package app.infinitestories.purchases.apple;

import app.infinitestories.platform.Hashes;
import app.infinitestories.purchases.Delivery;
import app.infinitestories.purchases.FindBuyer;
import app.infinitestories.purchases.Store;
import app.infinitestories.purchases.StoreEvent;
import app.infinitestories.purchases.StoreEvent.Kind;
import app.infinitestories.purchases.StoreIds;
import com.apple.itunes.storekit.model.AutoRenewStatus;
import com.apple.itunes.storekit.model.JWSRenewalInfoDecodedPayload;
import com.apple.itunes.storekit.model.JWSTransactionDecodedPayload;
import com.apple.itunes.storekit.model.NotificationTypeV2;
import com.apple.itunes.storekit.model.Subtype;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A verified notification in normal form. Of two about the same transaction the one that Apple
 * signed later wins, whichever comes first: an event's time is when it was signed, and that of a
 * purchase when it was made.
 */
public final class ReadNotification {
  /** How deliveries of Apple are marked. */
  public static final String SOURCE = "apple";

  private final FindBuyer buyers;

  public ReadNotification(FindBuyer buyers) {
    this.buyers = buyers;
  }

  /** Reads one. */
  public Delivery read(AppleNotification notification) {
    var payload = notification.payload();
    String uuid = payload.getNotificationUUID();
    String id = uuid == null ? "body-" + Hashes.sha256(notification.raw()) : uuid;
    NotificationTypeV2 type = payload.getNotificationType();
    JWSTransactionDecodedPayload transaction = notification.transaction();
    Long signed = payload.getSignedDate();
    if (type == null) {
      return ignored(id, notification, "unknown type");
    }
    if (transaction == null
        || transaction.getTransactionId() == null
        || transaction.getOriginalTransactionId() == null
        || signed == null) {
      return ignored(id, notification, "changes no purchase: " + type);
    }
    var told =
        new Told(
            id,
            Instant.ofEpochMilli(signed),
            transaction,
            notification.renewal(),
            user(transaction));
    StoreEvent event = event(told, type, payload.getSubtype());
    return event == null
        ? ignored(id, notification, "changes no purchase: " + type)
        : Delivery.of(SOURCE, id, notification.raw(), event);
  }

  private static Delivery ignored(String id, AppleNotification notification, String why) {
    return Delivery.ignored(SOURCE, id, notification.raw(), why);
  }

  private @Nullable String user(JWSTransactionDecodedPayload transaction) {
    UUID token = transaction.getAppAccountToken();
    return token == null ? null : buyers.byAppleToken(token).orElse(null);
  }

  /** What a notification says, with the moment that it was signed. */
  private record Told(
      String id,
      Instant at,
      JWSTransactionDecodedPayload transaction,
      @Nullable JWSRenewalInfoDecodedPayload renewal,
      @Nullable String user) {

    boolean renews() {
      return renewal != null && renewal.getAutoRenewStatus() == AutoRenewStatus.ON;
    }

    @Nullable Instant expires() {
      return instant(transaction.getExpiresDate());
    }
  }

  private static @Nullable StoreEvent event(
      Told told, NotificationTypeV2 type, @Nullable Subtype subtype) {
    return switch (type) {
      case SUBSCRIBED, DID_RENEW, ONE_TIME_CHARGE -> purchase(told);
      case OFFER_REDEEMED, DID_CHANGE_RENEWAL_PREF ->
          // an upgrade begins at once, with a transaction of its own; the rest with the next period
          subtype == Subtype.UPGRADE
                  || (type == NotificationTypeV2.OFFER_REDEEMED && subtype != Subtype.DOWNGRADE)
              ? purchase(told)
              : renewing(told, true);
      case DID_CHANGE_RENEWAL_STATUS -> renewing(told, subtype != Subtype.AUTO_RENEW_DISABLED);
      case DID_FAIL_TO_RENEW -> grace(told);
      case GRACE_PERIOD_EXPIRED -> expired(told, told.at());
      case EXPIRED -> expired(told, endOf(told, subtype));
      case REFUND, REVOKE -> of(told, Kind.REFUND, told.at(), null, null, null);
      case REFUND_REVERSED -> of(told, Kind.REFUND_REVERSED, told.at(), null, null, null);
      case RENEWAL_EXTENDED -> of(told, Kind.EXTEND, told.at(), told.expires(), null, null);
      case REFUND_DECLINED,
          CONSUMPTION_REQUEST,
          PRICE_INCREASE,
          PRICE_CHANGE,
          TEST,
          RENEWAL_EXTENSION,
          EXTERNAL_PURCHASE_TOKEN,
          RESCIND_CONSENT,
          METADATA_UPDATE,
          MIGRATION ->
          null;
    };
  }

  private static StoreEvent purchase(Told told) {
    return purchase(
        SOURCE + ":" + told.id(), told.transaction(), told.at(), told.user(), told.renewal());
  }

  /** A transaction as a purchase; also for one that was asked for and not told. */
  static StoreEvent purchase(
      String id,
      JWSTransactionDecodedPayload transaction,
      Instant signedAt,
      @Nullable String user,
      @Nullable JWSRenewalInfoDecodedPayload renewal) {
    Instant paid = instant(transaction.getPurchaseDate());
    Instant expires = instant(transaction.getExpiresDate());
    Boolean renews =
        renewal == null
            ? null
            : Boolean.valueOf(renewal.getAutoRenewStatus() == AutoRenewStatus.ON);
    return new StoreEvent(
        id,
        paid == null ? signedAt : paid,
        Kind.PURCHASE,
        Store.APPLE,
        StoreIds.chain(Store.APPLE, transaction.getOriginalTransactionId()),
        StoreIds.transaction(Store.APPLE, transaction.getTransactionId()),
        transaction.getProductId(),
        user,
        expires,
        null,
        renews,
        List.of(),
        List.of());
  }

  private static StoreEvent renewing(Told told, boolean willRenew) {
    JWSRenewalInfoDecodedPayload renewal = told.renewal();
    String next = renewal == null ? null : renewal.getAutoRenewProductId();
    boolean renews = renewal == null ? willRenew : told.renews();
    StoreEvent event = of(told, Kind.WILL_RENEW, told.at(), null, null, renews);
    return next == null ? event : event.withProduct(next);
  }

  private static @Nullable StoreEvent grace(Told told) {
    JWSRenewalInfoDecodedPayload renewal = told.renewal();
    Instant until = renewal == null ? null : instant(renewal.getGracePeriodExpiresDate());
    return until == null ? null : of(told, Kind.GRACE, told.at(), null, until, null);
  }

  private static StoreEvent expired(Told told, Instant at) {
    Instant end = told.expires();
    return of(told, Kind.EXPIRE, at, end == null ? told.at() : end, null, null);
  }

  /** As with RevenueCat: the end of the period, or of the attempts to get it paid. */
  private static Instant endOf(Told told, @Nullable Subtype subtype) {
    Instant end = told.expires();
    return end == null || end.isAfter(told.at()) || subtype == Subtype.BILLING_RETRY
        ? told.at()
        : end;
  }

  private static StoreEvent of(
      Told told,
      Kind kind,
      Instant at,
      @Nullable Instant expiresAt,
      @Nullable Instant graceUntil,
      @Nullable Boolean willRenew) {
    JWSTransactionDecodedPayload transaction = told.transaction();
    return new StoreEvent(
        SOURCE + ":" + told.id(),
        at,
        kind,
        Store.APPLE,
        StoreIds.chain(Store.APPLE, transaction.getOriginalTransactionId()),
        StoreIds.transaction(Store.APPLE, transaction.getTransactionId()),
        transaction.getProductId(),
        told.user(),
        expiresAt,
        graceUntil,
        willRenew,
        List.of(),
        List.of());
  }

  static @Nullable Instant instant(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
