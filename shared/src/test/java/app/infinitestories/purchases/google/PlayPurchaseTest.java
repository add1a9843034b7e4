package app.infinitestories.purchases.google;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.purchases.StoreIds;
import com.google.api.services.androidpublisher.model.AutoRenewingPlan;
import com.google.api.services.androidpublisher.model.ExternalAccountIdentifiers;
import com.google.api.services.androidpublisher.model.ProductPurchase;
import com.google.api.services.androidpublisher.model.SubscriptionPurchaseLineItem;
import com.google.api.services.androidpublisher.model.SubscriptionPurchaseV2;
import com.google.api.services.androidpublisher.model.TestPurchase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Google's two forms of a purchase say. */
class PlayPurchaseTest {
  private static final String BEGUN = "2026-05-01T11:00:00Z";
  private static final String ENDS = "2026-06-01T11:00:00Z";

  private final SubscriptionPurchaseLineItem item =
      new SubscriptionPurchaseLineItem()
          .setProductId("premium")
          .setLatestSuccessfulOrderId("GPA.1-2..3")
          .setExpiryTime(ENDS)
          .setAutoRenewingPlan(new AutoRenewingPlan().setAutoRenewEnabled(true));
  private final SubscriptionPurchaseV2 subscription =
      new SubscriptionPurchaseV2()
          .setSubscriptionState("SUBSCRIPTION_STATE_ACTIVE")
          .setLatestOrderId("GPA.1-2..9")
          .setStartTime(BEGUN)
          .setAcknowledgementState("ACKNOWLEDGEMENT_STATE_ACKNOWLEDGED")
          .setExternalAccountIdentifiers(
              new ExternalAccountIdentifiers().setObfuscatedExternalAccountId("account-1"))
          .setLineItems(List.of(item));
  private final ProductPurchase product =
      new ProductPurchase()
          .setPurchaseState(0)
          .setConsumptionState(0)
          .setAcknowledgementState(0)
          .setOrderId("GPA.9-9")
          .setPurchaseTimeMillis(Instant.parse(BEGUN).toEpochMilli())
          .setObfuscatedExternalAccountId("account-1");

  @Test
  void aSubscriptionIsReadWithItsPlan() {
    assertEquals(
        new PlayPurchase(
            "token-1",
            "premium",
            "GPA.1-2..3",
            Instant.parse(BEGUN),
            Instant.parse(ENDS),
            true,
            "account-1",
            true,
            false,
            true,
            true,
            true),
        read());
    assertEquals("google:GPA.1-2", read().chain());
    assertEquals("google:GPA.1-2..3", read().tx());
    assertTrue(read().isRenewal());
  }

  @Test
  void withoutAPlanThatRenewsItEnds() {
    item.getAutoRenewingPlan().setAutoRenewEnabled(false);
    assertEquals(false, read().willRenew());
    item.setAutoRenewingPlan(null);
    assertEquals(false, read().willRenew());
  }

  @Test
  void theLastPaidOrderCountsBeforeTheLastOneAndElseTheTokenStandsForIt() {
    item.setLatestSuccessfulOrderId("");
    assertEquals("GPA.1-2..9", read().order());
    item.setLatestSuccessfulOrderId(null);
    assertEquals("GPA.1-2..9", read().order());
    subscription.setLatestOrderId("");
    assertEquals(StoreIds.orderOfToken("token-1"), read().order());
    subscription.setLatestOrderId(null);
    assertEquals(StoreIds.orderOfToken("token-1"), read().order());
    assertFalse(read().isRenewal());
  }

  @Test
  void ofSeveralItemsTheOneThatLastsLongestCounts() {
    var shorter = new SubscriptionPurchaseLineItem().setProductId("basic").setExpiryTime(BEGUN);
    var endless = new SubscriptionPurchaseLineItem().setProductId("odd").setExpiryTime("soon");
    var nameless = new SubscriptionPurchaseLineItem().setExpiryTime("2099-01-01T00:00:00Z");

    subscription.setLineItems(List.of(shorter, item, endless, nameless));
    assertEquals("premium", read().product());
    subscription.setLineItems(List.of(endless, shorter));
    assertEquals("basic", read().product());
  }

  @Test
  void withoutAProductItIsNoPurchase() {
    subscription.setLineItems(List.of(new SubscriptionPurchaseLineItem()));
    assertEquals(Optional.empty(), PlayPurchase.of("token-1", subscription));
    subscription.setLineItems(null);
    assertEquals(Optional.empty(), PlayPurchase.of("token-1", subscription));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SUBSCRIPTION_STATE_PENDING",
        "SUBSCRIPTION_STATE_PENDING_PURCHASE_CANCELED",
        "SUBSCRIPTION_STATE_UNSPECIFIED"
      })
  void someStatesAreNotPaid(String state) {
    subscription.setSubscriptionState(state);

    assertFalse(read().paid());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SUBSCRIPTION_STATE_CANCELED",
        "SUBSCRIPTION_STATE_IN_GRACE_PERIOD",
        "SUBSCRIPTION_STATE_ON_HOLD",
        "SUBSCRIPTION_STATE_EXPIRED"
      })
  void theOthersAre(String state) {
    subscription.setSubscriptionState(state);

    assertTrue(read().paid());
  }

  @Test
  void whatGoogleDoesNotSayIsNotAssumed() {
    subscription
        .setSubscriptionState(null)
        .setStartTime("yesterday")
        .setExternalAccountIdentifiers(null)
        .setAcknowledgementState("ACKNOWLEDGEMENT_STATE_PENDING");
    item.setExpiryTime(null);

    PlayPurchase read = read();

    assertFalse(read.paid());
    assertNull(read.at());
    assertNull(read.expiresAt());
    assertNull(read.accountId());
    assertFalse(read.acknowledged());
  }

  @Test
  void aTestPurchaseIsOne() {
    subscription.setTestPurchase(new TestPurchase());
    assertTrue(read().isTest());

    assertFalse(PlayPurchase.of("token-2", "tokens", product.setPurchaseType(1)).isTest());
    assertTrue(PlayPurchase.of("token-2", "tokens", product.setPurchaseType(0)).isTest());
  }

  @Test
  void whatIsBoughtOnceIsReadWithoutAnEnd() {
    assertEquals(
        new PlayPurchase(
            "token-2",
            "tokens",
            "GPA.9-9",
            Instant.parse(BEGUN),
            null,
            null,
            "account-1",
            true,
            false,
            false,
            false,
            false),
        PlayPurchase.of("token-2", "tokens", product));
  }

  @Test
  void whatGoogleSaysOfAProductGoesBeforeWhatWasAskedFor() {
    product.setProductId("tokens.large").setConsumptionState(1).setAcknowledgementState(1);
    product.setPurchaseState(1).setOrderId(null).setPurchaseTimeMillis(null);

    PlayPurchase read = PlayPurchase.of("token-2", "tokens", product);

    assertEquals("tokens.large", read.product());
    assertTrue(read.used());
    assertTrue(read.acknowledged());
    assertFalse(read.paid());
    assertNull(read.at());
    assertEquals(StoreIds.orderOfToken("token-2"), read.order());
  }

  private PlayPurchase read() {
    return PlayPurchase.of("token-1", subscription).orElseThrow();
  }
}
