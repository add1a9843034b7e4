package app.infinitestories.purchases.apple;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.purchases.Delivery;
import app.infinitestories.purchases.KeptDeliveries;
import app.infinitestories.purchases.Store;
import app.infinitestories.purchases.StoreAccountIds;
import app.infinitestories.purchases.StoreEvent;
import app.infinitestories.purchases.StoreEvent.Kind;
import com.apple.itunes.storekit.model.AutoRenewStatus;
import com.apple.itunes.storekit.model.JWSRenewalInfoDecodedPayload;
import com.apple.itunes.storekit.model.JWSTransactionDecodedPayload;
import com.apple.itunes.storekit.model.NotificationTypeV2;
import com.apple.itunes.storekit.model.ResponseBodyV2DecodedPayload;
import com.apple.itunes.storekit.model.Subtype;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each of Apple's notifications says in normal form. */
class ReadNotificationTest {
  private static final Instant PAID = Instant.parse("2026-05-01T11:00:00Z");
  private static final Instant SIGNED = Instant.parse("2026-05-01T11:30:00Z");
  private static final Instant ENDS = Instant.parse("2026-06-01T11:00:00Z");
  private static final Instant ENDED = SIGNED.minus(Duration.ofMinutes(5));

  private final JWSTransactionDecodedPayload transaction =
      new JWSTransactionDecodedPayload()
          .transactionId("2002")
          .originalTransactionId("2001")
          .productId("premium")
          .purchaseDate(PAID.toEpochMilli())
          .expiresDate(ENDS.toEpochMilli())
          .appAccountToken(StoreAccountIds.apple("anna"));
  private final JWSRenewalInfoDecodedPayload renewal = new JWSRenewalInfoDecodedPayload();

  @ParameterizedTest
  @CsvSource({
    "SUBSCRIBED,INITIAL_BUY",
    "DID_RENEW,",
    "ONE_TIME_CHARGE,",
    "OFFER_REDEEMED,",
    "OFFER_REDEEMED,UPGRADE",
    "DID_CHANGE_RENEWAL_PREF,UPGRADE"
  })
  void aPurchaseCountsFromWhenItWasMade(NotificationTypeV2 type, @Nullable Subtype subtype) {
    assertEquals(about(Kind.PURCHASE, PAID, ENDS, null, null), told(type, subtype, null));
  }

  @Test
  void theRenewalInfoSaysWhetherAPurchaseRenews() {
    renewal.autoRenewStatus(AutoRenewStatus.ON);
    assertEquals(true, told(NotificationTypeV2.DID_RENEW, null, renewal).willRenew());

    renewal.autoRenewStatus(AutoRenewStatus.OFF);
    assertEquals(false, told(NotificationTypeV2.DID_RENEW, null, renewal).willRenew());
  }

  @Test
  void aPurchaseWithoutItsTimeCountsFromItsSignature() {
    transaction.purchaseDate(null).expiresDate(null);

    StoreEvent told = told(NotificationTypeV2.ONE_TIME_CHARGE, null, null);

    assertEquals(SIGNED, told.at());
    assertNull(told.expiresAt());
  }

  @ParameterizedTest
  @CsvSource({
    "OFFER_REDEEMED,DOWNGRADE",
    "DID_CHANGE_RENEWAL_PREF,DOWNGRADE",
    "DID_CHANGE_RENEWAL_PREF,"
  })
  void whatChangesWithTheNextPeriodNamesItsProduct(
      NotificationTypeV2 type, @Nullable Subtype subtype) {
    renewal.autoRenewProductId("yearly").autoRenewStatus(AutoRenewStatus.ON);

    assertEquals(
        about(Kind.WILL_RENEW, SIGNED, null, null, true).withProduct("yearly"),
        told(type, subtype, renewal));
    assertEquals(about(Kind.WILL_RENEW, SIGNED, null, null, true), told(type, subtype, null));
  }

  @Test
  void whoTurnsRenewalOffAndOnAgainIsHeard() {
    var type = NotificationTypeV2.DID_CHANGE_RENEWAL_STATUS;

    assertEquals(
        about(Kind.WILL_RENEW, SIGNED, null, null, false),
        told(type, Subtype.AUTO_RENEW_DISABLED, null));
    assertEquals(
        about(Kind.WILL_RENEW, SIGNED, null, null, true),
        told(type, Subtype.AUTO_RENEW_ENABLED, null));
    renewal.autoRenewStatus(AutoRenewStatus.OFF);
    assertEquals(
        false, told(type, Subtype.AUTO_RENEW_ENABLED, renewal).willRenew(), "as it stands now");
  }

  @Test
  void aFailedRenewalOpensTheGracePeriodIfThereIsOne() {
    var type = NotificationTypeV2.DID_FAIL_TO_RENEW;
    assertEquals("changes no purchase: DID_FAIL_TO_RENEW", ignored(type, null));

    renewal.gracePeriodExpiresDate(ENDS.toEpochMilli());

    assertEquals(
        about(Kind.GRACE, SIGNED, null, ENDS, null), told(type, Subtype.GRACE_PERIOD, renewal));
  }

  @Test
  void anExpirationCountsFromTheEndOfThePeriod() {
    transaction.expiresDate(ENDED.toEpochMilli());

    assertEquals(
        about(Kind.EXPIRE, ENDED, ENDED, null, null),
        told(NotificationTypeV2.EXPIRED, Subtype.VOLUNTARY, null));
    assertEquals(
        about(Kind.EXPIRE, SIGNED, ENDED, null, null),
        told(NotificationTypeV2.EXPIRED, Subtype.BILLING_RETRY, null));
    assertEquals(
        about(Kind.EXPIRE, SIGNED, ENDED, null, null),
        told(NotificationTypeV2.GRACE_PERIOD_EXPIRED, null, null));
  }

  @Test
  void anExpirationNeverCountsFromLaterThanItsSignature() {
    assertEquals(
        about(Kind.EXPIRE, SIGNED, ENDS, null, null),
        told(NotificationTypeV2.EXPIRED, Subtype.VOLUNTARY, null));
    transaction.expiresDate(null);
    assertEquals(
        about(Kind.EXPIRE, SIGNED, SIGNED, null, null),
        told(NotificationTypeV2.EXPIRED, Subtype.VOLUNTARY, null));
  }

  @Test
  void moneyThatWentBackIsARefundUntilItIsReversed() {
    StoreEvent refund = about(Kind.REFUND, SIGNED, null, null, null);

    assertEquals(refund, told(NotificationTypeV2.REFUND, null, null));
    assertEquals(refund, told(NotificationTypeV2.REVOKE, null, null));
    assertEquals(
        about(Kind.REFUND_REVERSED, SIGNED, null, null, null),
        told(NotificationTypeV2.REFUND_REVERSED, null, null));
  }

  @Test
  void anExtendedRenewalMovesTheEnd() {
    assertEquals(
        about(Kind.EXTEND, SIGNED, ENDS, null, null),
        told(NotificationTypeV2.RENEWAL_EXTENDED, null, null));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "REFUND_DECLINED",
        "CONSUMPTION_REQUEST",
        "PRICE_INCREASE",
        "PRICE_CHANGE",
        "TEST",
        "RENEWAL_EXTENSION",
        "EXTERNAL_PURCHASE_TOKEN",
        "RESCIND_CONSENT",
        "METADATA_UPDATE",
        "MIGRATION"
      })
  void someTypesChangeNoPurchase(NotificationTypeV2 type) {
    assertEquals("changes no purchase: " + type, ignored(type, null));
  }

  @Test
  void whatIsNotAboutATransactionIsKept() {
    var type = NotificationTypeV2.SUBSCRIBED;
    String why = "changes no purchase: SUBSCRIBED";

    assertEquals(why, read(payload(type, null), null, null).ignored());
    assertEquals(why, read(payload(type, null).signedDate(null), transaction, null).ignored());
    assertEquals(
        why,
        read(
                payload(type, null),
                new JWSTransactionDecodedPayload().originalTransactionId("2001"),
                null)
            .ignored());
    assertEquals(
        why,
        read(payload(type, null), new JWSTransactionDecodedPayload().transactionId("2002"), null)
            .ignored());
  }

  @Test
  void aTypeThatTheLibraryDoesNotKnowIsKept() {
    Delivery read = read(payload(null, null), transaction, null);

    assertEquals("unknown type", read.ignored());
    assertEquals("body", read.raw());
    assertEquals("apple", read.source());
    assertEquals("uuid-1", read.id());
  }

  @Test
  void aNotificationWithoutItsIdIsKnownByItsBody() {
    var payload = payload(NotificationTypeV2.SUBSCRIBED, null).notificationUUID(null);
    var reader = new ReadNotification(KeptDeliveries.buyers());

    String id = reader.read(new AppleNotification("one", payload, transaction, null)).id();

    assertTrue(id.startsWith("body-"), id);
    assertEquals(id, reader.read(new AppleNotification("one", payload, null, null)).id());
    assertNotEquals(id, reader.read(new AppleNotification("two", payload, transaction, null)).id());
  }

  @Test
  void whoseTokenIsNobodysWaitsForTheBuyer() {
    transaction.appAccountToken(StoreAccountIds.apple("ben"));
    assertNull(told(NotificationTypeV2.SUBSCRIBED, null, null).user());

    transaction.appAccountToken(null);
    assertNull(told(NotificationTypeV2.SUBSCRIBED, null, null).user());
  }

  private static StoreEvent about(
      Kind kind,
      Instant at,
      @Nullable Instant expiresAt,
      @Nullable Instant graceUntil,
      @Nullable Boolean willRenew) {
    return new StoreEvent(
        "apple:uuid-1",
        at,
        kind,
        Store.APPLE,
        "apple:2001",
        "apple:2002",
        "premium",
        "anna",
        expiresAt,
        graceUntil,
        willRenew,
        List.of(),
        List.of());
  }

  private static ResponseBodyV2DecodedPayload payload(
      @Nullable NotificationTypeV2 type, @Nullable Subtype subtype) {
    return new ResponseBodyV2DecodedPayload()
        .notificationUUID("uuid-1")
        .signedDate(SIGNED.toEpochMilli())
        .notificationType(type)
        .subtype(subtype);
  }

  private static Delivery read(
      ResponseBodyV2DecodedPayload payload,
      @Nullable JWSTransactionDecodedPayload transaction,
      @Nullable JWSRenewalInfoDecodedPayload renewal) {
    return new ReadNotification(KeptDeliveries.buyers("anna"))
        .read(new AppleNotification("body", payload, transaction, renewal));
  }

  private StoreEvent told(
      NotificationTypeV2 type,
      @Nullable Subtype subtype,
      @Nullable JWSRenewalInfoDecodedPayload renewal) {
    return read(payload(type, subtype), transaction, renewal).event().orElseThrow();
  }

  private String ignored(NotificationTypeV2 type, @Nullable Subtype subtype) {
    Delivery read = read(payload(type, subtype), transaction, renewal);
    assertEquals(Optional.empty(), read.event());
    return String.valueOf(read.ignored());
  }
}
