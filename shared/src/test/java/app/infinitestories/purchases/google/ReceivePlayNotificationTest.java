package app.infinitestories.purchases.google;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.stores.PlayStandIn;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.purchases.KeptDeliveries;
import app.infinitestories.purchases.ReceiveDelivery.Outcome;
import app.infinitestories.purchases.Store;
import app.infinitestories.purchases.StoreEvent;
import app.infinitestories.purchases.StoreEvent.Kind;
import app.infinitestories.purchases.StoreIds;
import app.infinitestories.testkit.SetClock;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a notification of Google Play comes to, once Google was asked. */
class ReceivePlayNotificationTest {
  private static final Instant TOLD = Instant.parse("2026-05-10T12:00:00Z");
  private static final String CHAIN = "google:GPA.1-2-3-4";

  private final PlayRig rig = new PlayRig(new SetClock(TOLD));
  private final PlayStandIn play = rig.play;
  private final KeptDeliveries inbox = rig.inbox;

  @AfterEach
  void stop() {
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aSubscriptionThatWasPaidIsKeptAndAcknowledged(int type) {
    play.put("token-1", PlayRig.subscription());

    tell(subscription(type));

    assertEquals(about(Kind.PURCHASE, PlayRig.ENDS, null, true), withoutId(inbox.event()));
    assertEquals("google", inbox.only().source());
    assertEquals(List.of("acknowledge token-1"), play.orders());
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 7, 18})
  void howItStandsSaysWhetherItRenews(int type) {
    ObjectNode cancelled = PlayRig.subscription();
    ((ObjectNode) cancelled.at("/lineItems/0/autoRenewingPlan")).put("autoRenewEnabled", false);
    play.put("token-1", cancelled);

    tell(subscription(type));

    assertEquals(about(Kind.WILL_RENEW, null, null, false), withoutId(inbox.event()));
    assertEquals(List.of(), play.orders());
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 10, 13})
  void whatIsOnHoldPausedOrOverEndsNowOrEarlier(int type) {
    play.put("token-1", PlayRig.subscription());
    tell(subscription(type));
    assertEquals(about(Kind.EXPIRE, TOLD, null, null), withoutId(inbox.event()));

    Instant earlier = TOLD.minus(Duration.ofDays(1));
    play.put("token-1", ending(earlier.toString()));
    tell(subscription(type));
    assertEquals(earlier, inbox.all().getLast().event().orElseThrow().expiresAt());

    play.put("token-1", ending("unknown"));
    tell(subscription(type));
    assertEquals(TOLD, inbox.all().getLast().event().orElseThrow().expiresAt());
  }

  @Test
  void theEndThatGoogleTellsIsThatOfTheGraceOrOfTheExtension() {
    play.put("token-1", PlayRig.subscription());

    tell(subscription(6));
    tell(subscription(9));

    assertEquals(
        List.of(
            about(Kind.GRACE, null, PlayRig.ENDS, null),
            about(Kind.EXTEND, PlayRig.ENDS, null, null)),
        inbox.all().stream().map(each -> withoutId(each.event().orElseThrow())).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 9})
  void withoutAnEndThereIsNothingToMove(int type) {
    play.put("token-1", ending("unknown"));

    assertEquals("changes no purchase", ignored(subscription(type)));
  }

  @Test
  void aRevokedSubscriptionIsARefund() {
    play.put("token-1", PlayRig.subscription());

    tell(subscription(12));

    assertEquals(about(Kind.REFUND, null, null, null), withoutId(inbox.event()));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 11, 19, 20, 22, 99})
  void someTypesChangeNoPurchase(int type) {
    play.put("token-1", PlayRig.subscription());

    assertEquals("changes no purchase", ignored(subscription(type)));
  }

  @Test
  void whatIsBoughtOnceIsConsumedOnceItIsGranted() {
    play.put("token-2", PlayRig.product());

    tell(product());

    StoreEvent told = inbox.event();
    assertEquals(Kind.PURCHASE, told.kind());
    assertEquals(PlayRig.BEGUN, told.at());
    assertEquals("google:GPA.9-9-9-9", told.tx());
    assertEquals("tokens", told.product());
    assertEquals("anna", told.user());
    assertNull(told.expiresAt());
    assertNull(told.willRenew());
    assertEquals(List.of("consume token-2"), play.orders());
  }

  @Test
  void aPurchaseWithoutItsTimeCountsFromItsNotification() {
    ObjectNode timeless = PlayRig.product();
    timeless.remove("purchaseTimeMillis");
    play.put("token-2", timeless);

    tell(product());

    assertEquals(TOLD, inbox.event().at());
  }

  @Test
  void whatIsNotGrantedYetIsOnlyAcknowledgedAndConsumedWhenItIs() {
    play.put("token-2", PlayRig.product());
    inbox.answer(Outcome.KEPT);
    String body = product();

    tell(body);
    assertEquals(List.of("acknowledge token-2"), play.orders());
    tell(body);

    assertEquals(List.of("acknowledge token-2", "consume token-2"), play.orders());
  }

  @Test
  void whatIsAnothersIsLeftAlone() {
    play.put("token-2", PlayRig.product());
    inbox.answer(Outcome.OWNED_BY_OTHER);

    tell(product());

    assertEquals(List.of(), play.orders());
  }

  @Test
  void whatGoogleKnowsIsNotToldAgain() {
    play.put("token-1", PlayRig.subscription().put("acknowledgementState", "DONE"));
    play.put(
        "token-2", PlayRig.product().put("consumptionState", 1).put("acknowledgementState", 1));

    tell(subscription(4));
    tell(product());

    assertEquals(2, inbox.all().size());
    assertEquals(List.of(), play.orders());
  }

  @Test
  void whatNobodyIsKnownToHaveBoughtWaitsAndIsNotTold() {
    ObjectNode anonymous = PlayRig.product();
    anonymous.remove("obfuscatedExternalAccountId");
    play.put("token-2", anonymous);

    tell(product());

    assertNull(inbox.event().user());
    assertEquals(List.of(), play.orders());
  }

  @Test
  void whatIsNotPaidIsNoPurchase() {
    play.put(
        "token-1", PlayRig.subscription().put("subscriptionState", "SUBSCRIPTION_STATE_PENDING"));
    play.put("token-2", PlayRig.product().put("purchaseState", 2));

    assertEquals("not paid yet", ignored(subscription(4)));
    assertEquals("not paid yet", ignored(product()));
  }

  @Test
  void aTestPurchaseCountsOnlyWhereItIsAllowed() {
    play.put("token-2", PlayRig.product().put("purchaseType", 0));

    assertEquals("sandbox", ignored(product()));
    rig.notifications(true).receive(product());

    assertEquals(Kind.PURCHASE, inbox.all().getLast().event().orElseThrow().kind());
  }

  @Test
  void aVoidedPurchaseIsARefundOfItsOrder() {
    ObjectNode told = PlayRig.object();
    told.putObject("voidedPurchaseNotification")
        .put("purchaseToken", "token-1")
        .put("orderId", "GPA.1-2-3-4..3");

    tell(play.push(told));

    StoreEvent refund = withoutId(inbox.event());
    assertEquals(
        new StoreEvent(
            "google",
            TOLD,
            Kind.REFUND,
            Store.GOOGLE,
            CHAIN,
            CHAIN + "..3",
            null,
            null,
            null,
            null,
            null,
            List.of(),
            List.of()),
        refund);
  }

  @Test
  void withoutAnOrderTheTokenStandsForIt() {
    ObjectNode told = PlayRig.object();
    told.putObject("voidedPurchaseNotification").put("purchaseToken", "token-1");

    tell(play.push(told));

    assertEquals("google:" + StoreIds.orderOfToken("token-1"), inbox.event().tx());
    assertEquals("google:" + StoreIds.orderOfToken("token-1"), inbox.event().chain());
  }

  @Test
  void whatIsNoPurchaseIsKeptWithItsReason() {
    ObjectNode test = PlayRig.object();
    test.putObject("testNotification");
    var other = new PlayStandIn(0, "com.other", header -> false, new SetClock(TOLD.plusSeconds(1)));

    assertEquals("test", ignored(play.push(test)));
    assertEquals("unknown type", ignored(play.push(PlayRig.object())));
    assertEquals("another app", ignored(other.push(test)));
    assertEquals("Google Play knows no such purchase", ignored(subscription(4)));
    assertEquals("Google Play knows no such purchase", ignored(product()));
  }

  @Test
  void aPushAgainIsTheSameDelivery() {
    play.put("token-1", PlayRig.subscription());
    String body = subscription(4);

    tell(body);
    tell(body);

    assertEquals(body, inbox.only().raw());
    assertEquals(List.of("acknowledge token-1"), play.orders());
  }

  @Test
  void whereGoogleDoesNotAnswerItHasToBePushedAgain() {
    play.put("token-1", PlayRig.subscription());
    PlayStore closed = rig.store("Bearer other");
    PlayStore silent = rig.store();

    var refused = assertThrows(Failure.Unavailable.class, () -> closed.subscription("token-1"));
    assertEquals(Optional.of(Duration.ofSeconds(30)), refused.retryAfter());
    assertThrows(Failure.Unavailable.class, () -> closed.product("tokens", "token-2"));
    assertThrows(Failure.Unavailable.class, () -> closed.acknowledge("premium", "token-1"));
    assertThrows(Failure.Unavailable.class, () -> closed.acknowledgeProduct("tokens", "token-2"));
    assertThrows(Failure.Unavailable.class, () -> closed.consume("tokens", "token-2"));
    rig.close();
    assertThrows(Failure.Unavailable.class, () -> silent.subscription("token-1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}",
        "[]",
        "{",
        "{\"message\": {\"messageId\": \"1\", \"data\": \"\"}}",
        "{\"message\": {\"messageId\": \"1\", \"data\": \"!\"}}",
        "{\"message\": {\"messageId\": \"1\", \"data\": \"W10=\"}}",
        "{\"message\": {\"data\": \"e30=\"}}"
      })
  void whatIsNoPushIsKeptForSomebodyToLookAt(String body) {
    assertTrue(ignored(body).startsWith("unreadable: "), body);
    assertEquals("google", inbox.only().source());
    assertThrows(IllegalArgumentException.class, () -> PlayNotification.of(body));
  }

  @Test
  void anOlderFormOfTheMessagesIdIsReadToo() {
    PlayNotification read =
        PlayNotification.of("{\"message\": {\"message_id\": \"7\", \"data\": \"e30=\"}}");

    assertEquals("7", read.id());
    assertEquals("", read.packageName());
    assertEquals(new PlayNotification.About.Unknown(), read.about());
  }

  @Test
  void aNotificationNamesWhatToAskFor() {
    assertEquals(
        new PlayNotification.About.Subscription(4, "token-1"),
        PlayNotification.of(subscription(4)).about());
    assertEquals(
        new PlayNotification.About.OneTimeProduct(1, "token-2", "tokens"),
        PlayNotification.of(product()).about());
    assertEquals(TOLD, PlayNotification.of(product()).at());
    assertEquals(PlayRig.PACKAGE, PlayNotification.of(product()).packageName());
  }

  private void tell(String body) {
    rig.notifications(false).receive(body);
  }

  private String ignored(String body) {
    tell(body);
    var last = inbox.all().getLast();
    assertEquals(Optional.empty(), last.event());
    assertEquals(body, last.raw());
    return String.valueOf(last.ignored());
  }

  private String subscription(int type) {
    ObjectNode told = PlayRig.object();
    told.putObject("subscriptionNotification")
        .put("notificationType", type)
        .put("purchaseToken", "token-1");
    return play.push(told);
  }

  private String product() {
    ObjectNode told = PlayRig.object();
    told.putObject("oneTimeProductNotification")
        .put("notificationType", 1)
        .put("purchaseToken", "token-2")
        .put("sku", "tokens");
    return play.push(told);
  }

  private static ObjectNode ending(String time) {
    ObjectNode subscription = PlayRig.subscription();
    JsonNode item = subscription.at("/lineItems/0");
    ((ObjectNode) item).put("expiryTime", time);
    return subscription;
  }

  private static StoreEvent about(
      Kind kind,
      @Nullable Instant expiresAt,
      @Nullable Instant graceUntil,
      @Nullable Boolean willRenew) {
    return new StoreEvent(
        "google",
        TOLD,
        kind,
        Store.GOOGLE,
        CHAIN,
        CHAIN,
        "premium",
        "anna",
        expiresAt,
        graceUntil,
        willRenew,
        List.of(),
        List.of());
  }

  /** The id is made of the message's, which counts up. */
  private static StoreEvent withoutId(StoreEvent e) {
    return new StoreEvent(
        e.id().substring(0, e.id().indexOf(':')),
        e.at(),
        e.kind(),
        e.store(),
        e.chain(),
        e.tx(),
        e.product(),
        e.user(),
        e.expiresAt(),
        e.graceUntil(),
        e.willRenew(),
        e.from(),
        e.to());
  }
}
