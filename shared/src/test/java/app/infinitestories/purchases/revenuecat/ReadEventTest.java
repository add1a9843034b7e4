package app.infinitestories.purchases.revenuecat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.purchases.Delivery;
import app.infinitestories.purchases.Store;
import app.infinitestories.purchases.StoreEvent;
import app.infinitestories.purchases.StoreEvent.Kind;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each of RevenueCat's events says in normal form. */
class ReadEventTest {
  private static final Instant PAID = Instant.parse("2026-05-01T11:00:00Z");
  private static final Instant TOLD = Instant.parse("2026-05-01T11:30:00Z");
  private static final Instant ENDS = Instant.parse("2026-06-01T11:00:00Z");
  private static final String APP = "$RCAnonymousID:aa";

  private final ObjectNode event =
      JsonNodeFactory.instance
          .objectNode()
          .put("id", "e-1")
          .put("environment", "PRODUCTION")
          .put("app_user_id", "anna")
          .put("store", "APP_STORE")
          .put("product_id", "premium")
          .put("transaction_id", "2002")
          .put("original_transaction_id", "2001")
          .put("event_timestamp_ms", TOLD.toEpochMilli())
          .put("purchased_at_ms", PAID.toEpochMilli())
          .put("expiration_at_ms", ENDS.toEpochMilli());

  @ParameterizedTest
  @ValueSource(strings = {"INITIAL_PURCHASE", "RENEWAL"})
  void aSubscriptionIsBoughtWhenItIsPaidAndWillRenew(String type) {
    assertEquals(about(Kind.PURCHASE, PAID, ENDS, null, true), told(type));
  }

  @Test
  void whatIsBoughtOnceSaysNothingOfRenewals() {
    event.putNull("expiration_at_ms");

    assertEquals(about(Kind.PURCHASE, PAID, null, null, null), told("NON_RENEWING_PURCHASE"));
  }

  @Test
  void aPurchaseWithoutItsTimeCountsFromWhenItWasTold() {
    event.remove("purchased_at_ms");

    assertEquals(TOLD, told("RENEWAL").at());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SUBSCRIPTION_EXTENDED", "TEMPORARY_ENTITLEMENT_GRANT"})
  void anExtensionMovesTheEnd(String type) {
    assertEquals(about(Kind.EXTEND, TOLD, ENDS, null, null), told(type));

    event.remove("expiration_at_ms");
    assertEquals("incomplete " + type + ": no expiration_at_ms", ignored(type));
  }

  @Test
  void aCancellationIsARefundOnlyWhereSupportDidIt() {
    event.put("cancel_reason", "UNSUBSCRIBE");
    assertEquals(about(Kind.WILL_RENEW, TOLD, null, null, false), told("CANCELLATION"));

    event.put("cancel_reason", "CUSTOMER_SUPPORT");
    assertEquals(about(Kind.REFUND, TOLD, null, null, null), told("CANCELLATION"));
  }

  @Test
  void whatIsTakenBackRenewsAgain() {
    assertEquals(about(Kind.WILL_RENEW, TOLD, null, null, true), told("UNCANCELLATION"));
    assertEquals(about(Kind.WILL_RENEW, TOLD, null, null, false), told("SUBSCRIPTION_PAUSED"));
  }

  @Test
  void aChangeOfProductNamesTheNextOne() {
    event.put("new_product_id", "yearly");
    assertEquals(
        about(Kind.WILL_RENEW, TOLD, null, null, true).withProduct("yearly"),
        told("PRODUCT_CHANGE"));

    event.remove("new_product_id");
    assertEquals(about(Kind.WILL_RENEW, TOLD, null, null, true), told("PRODUCT_CHANGE"));
  }

  @Test
  void aBillingIssueOpensTheGracePeriodIfThereIsOne() {
    assertEquals("a billing issue without a grace period", ignored("BILLING_ISSUE"));

    event.put("grace_period_expiration_at_ms", ENDS.toEpochMilli());
    assertEquals(about(Kind.GRACE, TOLD, null, ENDS, null), told("BILLING_ISSUE"));
  }

  @Test
  void anExpirationCountsFromTheEndButNeverBeforeItIsTold() {
    event.put("expiration_at_ms", PAID.toEpochMilli());
    assertEquals(about(Kind.EXPIRE, PAID, PAID, null, null), told("EXPIRATION"));

    event.put("expiration_at_ms", ENDS.toEpochMilli());
    assertEquals(about(Kind.EXPIRE, TOLD, ENDS, null, null), told("EXPIRATION"));
  }

  @Test
  void anUnpaidPeriodEndsWhenThatIsTold() {
    event.put("expiration_at_ms", PAID.toEpochMilli()).put("expiration_reason", "BILLING_ERROR");
    assertEquals(about(Kind.EXPIRE, TOLD, PAID, null, null), told("EXPIRATION"));

    event.remove("expiration_at_ms");
    assertEquals(about(Kind.EXPIRE, TOLD, TOLD, null, null), told("EXPIRATION"));
  }

  @Test
  void aRefundMayBeReversed() {
    assertEquals(about(Kind.REFUND_REVERSED, TOLD, null, null, null), told("REFUND_REVERSED"));
  }

  @Test
  void aTransferNamesBothSidesThoseOfTheAppFirst() {
    event.putArray("transferred_from").add(APP).add("anna").add("");
    event.putArray("transferred_to").add("$RCAnonymousID:bb").add("ben").add("a/b");

    StoreEvent told = told("TRANSFER");

    assertEquals(
        new StoreEvent(
            "revenuecat:e-1",
            TOLD,
            Kind.TRANSFER,
            Store.APPLE,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of("anna", APP),
            List.of("ben", "$RCAnonymousID:bb")),
        told);
  }

  @Test
  void aTransferFromOrToNobodyIsIncomplete() {
    assertEquals("incomplete TRANSFER: no transferred_from", ignored("TRANSFER"));
    event.putArray("transferred_from").add("anna");
    assertEquals("incomplete TRANSFER: no transferred_to", ignored("TRANSFER"));
  }

  @ParameterizedTest
  @CsvSource({
    "transaction_id,no transaction_id",
    "product_id,no product_id",
    "purchased_at_ms event_timestamp_ms,no event_timestamp_ms"
  })
  void aPurchaseThatLacksWhatItNeedsIsKeptAndChangesNothing(String fields, String why) {
    for (String field : fields.split(" ", -1)) {
      event.remove(field);
    }

    assertEquals("incomplete RENEWAL: " + why, ignored("RENEWAL"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TEST",
        "INVOICE_ISSUANCE",
        "VIRTUAL_CURRENCY_TRANSACTION",
        "EXPERIMENT_ENROLLMENT",
        "PURCHASE_REDEEMED",
        "SUBSCRIBER_ALIAS",
        "PAYWALL_CLOSE",
        "PRICE_INCREASE_CONSENT_APPROVED"
      })
  void someTypesChangeNoPurchase(String type) {
    assertEquals("changes no purchase: " + type, ignored(type));
  }

  @Test
  void whatIsNewOrNoEventIsKeptVerbatim() {
    assertEquals("unknown type", ignored("SOMETHING_NEW"));
    Delivery none = read("{\"event\": {\"id\": \"e-1\"}}");
    assertEquals(Optional.of("no event"), Optional.ofNullable(none.ignored()));
    assertEquals("{\"event\": {\"id\": \"e-1\"}}", none.raw());
    assertEquals("revenuecat", none.source());
    assertEquals("no event", read("{\"event\": \"text\"}").ignored());
  }

  @Test
  void whatIsNotJsonIsKeptForSomebodyToLookAt() {
    Delivery kept = read("{");

    assertEquals("{", kept.raw());
    assertEquals(Optional.empty(), kept.event());
    assertTrue(String.valueOf(kept.ignored()).startsWith("unreadable: "), kept.ignored());
    assertTrue(kept.id().startsWith("body-"), kept.id());
    assertNotEquals(kept.id(), read("}").id());
  }

  @Test
  void anEventThatCannotBeKeptIsUnreadable() {
    event.put("transaction_id", "9".repeat(1000));

    assertEquals("unreadable: an id of more than 1000 bytes", ignored("RENEWAL"));
  }

  @Test
  void onlySoManyAliasesAreLookedAt() {
    ArrayNode aliases = event.putArray("aliases");
    for (int i = 1; i < 100; i++) {
      aliases.add("alias" + i);
    }
    event.put("app_user_id", "somebody");
    assertEquals("somebody", told("RENEWAL").user());

    aliases.add("anna");
    assertEquals("somebody", told("RENEWAL").user(), "the 101st is not asked for");
    aliases.remove(0);
    assertEquals("anna", told("RENEWAL").user());
  }

  @Test
  void anEventWithoutAnIdIsKnownByItsBody() {
    event.remove("id");
    Delivery one = read(body("TEST"));
    Delivery other = read(body("PAYWALL_CLOSE"));

    assertEquals(one.id(), read(body("TEST")).id());
    assertNotEquals(one.id(), other.id());
    assertTrue(one.id().startsWith("body-"), one.id());
  }

  @Test
  void aSandboxCountsOnlyWhereItIsAllowed() {
    event.put("environment", "SANDBOX");

    assertEquals("sandbox", ignored("RENEWAL"));
    assertTrue(
        new ReadEvent(ids -> Optional.empty(), true).read(body("RENEWAL")).event().isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "MAC_APP_STORE,APPLE,apple:2001,apple:2002",
    "play_store,GOOGLE,google:2001,google:2002",
    "STRIPE,OTHER,other:stripe:2001,other:stripe:2002",
    "PROMOTIONAL,OTHER,other:promotional:2001,other:promotional:2002"
  })
  void eachStoreNumbersItsOwnTransactions(String word, Store store, String chain, String tx) {
    StoreEvent told = tell("store", word);

    assertEquals(store, told.store());
    assertEquals(chain, told.chain());
    assertEquals(tx, told.tx());
  }

  @Test
  void withoutAnOriginalTheTransactionIsTheFirst() {
    event.remove("original_transaction_id");

    assertEquals("apple:2002", told("RENEWAL").chain());
  }

  @Test
  void onlyGooglesBasePlanIsCutOff() {
    assertEquals("premium:monthly", tell("product_id", "premium:monthly").product());
    event.put("store", "PLAY_STORE");
    assertEquals("premium", told("RENEWAL").product());
    assertEquals("premium", tell("product_id", "premium").product());
  }

  @Test
  void aUserOfOursIsFoundAmongAllIds() {
    event.put("app_user_id", "somebody").put("original_app_user_id", APP);
    event.putArray("aliases").add(APP).add("anna");

    assertEquals("anna", told("RENEWAL").user());
  }

  @Test
  void elseTheFirstIdOfTheAppAndElseOneOfRevenueCats() {
    event.put("app_user_id", APP).put("original_app_user_id", "somebody");
    event.putArray("aliases").add("another");
    assertEquals("somebody", told("RENEWAL").user());

    event.remove("aliases");
    event.put("original_app_user_id", APP);
    assertEquals(APP, told("RENEWAL").user());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a/b", "/a", ".", "..", "__secret__", "half\ud800character"})
  void anIdThatCannotNameADocumentIsNoUser(String id) {
    assertNull(tell("app_user_id", id).user());
  }

  @Test
  void anIdOfAnyOtherFormIsOne() {
    String longest = "x".repeat(128);
    for (String id : List.of("...", "__open", "closed__", longest)) {
      assertEquals(id, tell("app_user_id", id).user());
    }
    assertNull(tell("app_user_id", longest + "x").user());
  }

  @Test
  void aTimeThatCannotBeKeptCountsAsNone() {
    event.put("purchased_at_ms", Long.MAX_VALUE).put("expiration_at_ms", Long.MIN_VALUE);
    assertEquals(about(Kind.PURCHASE, TOLD, null, null, true), told("RENEWAL"));

    event.put("purchased_at_ms", "soon").put("expiration_at_ms", 1.5);
    assertEquals(about(Kind.PURCHASE, TOLD, null, null, true), told("RENEWAL"));

    Instant last = Instant.parse("9999-12-31T23:59:59Z");
    event.put("expiration_at_ms", last.toEpochMilli());
    assertEquals(last, told("RENEWAL").expiresAt());
  }

  private static StoreEvent about(
      Kind kind,
      Instant at,
      @Nullable Instant expiresAt,
      @Nullable Instant graceUntil,
      @Nullable Boolean willRenew) {
    return new StoreEvent(
        "revenuecat:e-1",
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

  private String body(String type) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("event", event.deepCopy().put("type", type));
    return body.toString();
  }

  private static Delivery read(String body) {
    return new ReadEvent(ids -> ids.stream().filter("anna"::equals).findFirst(), false).read(body);
  }

  private StoreEvent told(String type) {
    Delivery delivery = read(body(type));
    assertEquals("e-1", delivery.id());
    return delivery.event().orElseThrow(() -> new AssertionError(delivery.ignored()));
  }

  private StoreEvent tell(String field, String value) {
    event.put(field, value);
    return told("RENEWAL");
  }

  private String ignored(String type) {
    Delivery delivery = read(body(type));
    assertEquals(Optional.empty(), delivery.event());
    return String.valueOf(delivery.ignored());
  }
}
