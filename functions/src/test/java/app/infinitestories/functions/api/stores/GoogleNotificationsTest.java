package app.infinitestories.functions.api.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.functions.web.HttpSettings;
import app.infinitestories.functions.web.RouterCaller;
import app.infinitestories.functions.web.Routers;
import app.infinitestories.local.stores.PlayStandIn;
import app.infinitestories.platform.config.CloudConfig.Stage;
import app.infinitestories.platform.config.ConfigurationException;
import app.infinitestories.platform.config.Environment;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.purchases.ReceiveDelivery.Outcome;
import app.infinitestories.purchases.Store;
import app.infinitestories.purchases.StoreAccountIds;
import app.infinitestories.purchases.StoreEvent;
import app.infinitestories.purchases.StoreEvent.Kind;
import app.infinitestories.purchases.StoreIds;
import app.infinitestories.purchases.VerifyPurchase;
import app.infinitestories.purchases.google.GoogleConfig;
import app.infinitestories.purchases.google.PlayStore;
import app.infinitestories.purchases.google.ProvePush;
import app.infinitestories.purchases.google.ReceivePlayNotification;
import app.infinitestories.purchases.google.VerifyGoogle;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Google Play's notifications over HTTP, and its API over the wire. */
class GoogleNotificationsTest {
  private static final String PATH = "/api/v1/purchase/google/notifications";
  private static final String PACKAGE = "app.example.stories";
  private static final String UID = "uid-1";
  private static final String ACCESS = "Bearer sample-access";

  private final Clock clock = Clock.systemUTC();
  private final PlayStandIn play = new PlayStandIn(0, PACKAGE, ACCESS::equals, clock);
  private final Inbox inbox = new Inbox();

  @BeforeEach
  void start() {
    play.start();
  }

  @AfterEach
  void stop() {
    play.stop();
  }

  private GoogleConfig config(boolean sandboxCounts) {
    return new GoogleConfig(
        PACKAGE,
        PlayStandIn.AUDIENCE,
        PlayStandIn.PUSH_ACCOUNT,
        play.address().resolve("/oauth2/v3/certs"),
        play.address(),
        Duration.ofSeconds(10),
        sandboxCounts);
  }

  private PlayStore store(String access) {
    return new PlayStore(config(false), request -> request.getHeaders().setAuthorization(access));
  }

  private RouterCaller asking() {
    return asking(false);
  }

  private RouterCaller asking(boolean sandboxCounts) {
    var config = config(sandboxCounts);
    var prove = Optional.of(new ProvePush(config, clock));
    var receive =
        Optional.of(
            new ReceivePlayNotification(config, () -> store(ACCESS), Doors.buyers(UID), inbox));
    var routes =
        new StoreRoutes(
            Doors.closedToRevenueCat(inbox),
            Doors.closedToApple(inbox),
            new GoogleDoor(() -> prove, () -> receive));
    return new RouterCaller(
            Routers.of(r -> r.under("/api", routes), new HttpSettings(Set.of(), 1), clock))
        .as(play.token(play.claims()));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private ObjectNode subscription() {
    ObjectNode subscription =
        object()
            .put("subscriptionState", "SUBSCRIPTION_STATE_ACTIVE")
            .put("latestOrderId", "GPA.1-2-3-4..0")
            .put("startTime", "2026-01-01T00:00:00Z")
            .put("acknowledgementState", "ACKNOWLEDGEMENT_STATE_PENDING");
    subscription
        .putObject("externalAccountIdentifiers")
        .put("obfuscatedExternalAccountId", StoreAccountIds.google(UID));
    subscription
        .putArray("lineItems")
        .addObject()
        .put("productId", "premium")
        .put("expiryTime", "2040-01-01T00:00:00Z")
        .putObject("autoRenewingPlan")
        .put("autoRenewEnabled", true);
    return subscription;
  }

  private ObjectNode product() {
    return object()
        .put("purchaseState", 0)
        .put("consumptionState", 0)
        .put("orderId", "GPA.9-9-9-9")
        .put("purchaseTimeMillis", "1767225600000")
        .put("obfuscatedExternalAccountId", StoreAccountIds.google(UID));
  }

  private String aboutSubscription(int type) {
    ObjectNode told = object();
    told.putObject("subscriptionNotification")
        .put("version", "1.0")
        .put("notificationType", type)
        .put("purchaseToken", "token-1");
    return play.push(told);
  }

  private String aboutProduct(int type) {
    ObjectNode told = object();
    told.putObject("oneTimeProductNotification")
        .put("version", "1.0")
        .put("notificationType", type)
        .put("purchaseToken", "token-2")
        .put("sku", "tokens_10");
    return play.push(told);
  }

  private int push(String body) {
    return asking().send("POST", PATH, body).status();
  }

  private String ignored(String body) {
    assertEquals(204, push(body));
    return String.valueOf(inbox.only().ignored());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aSubscriptionIsAskedForKeptAndAcknowledged(int type) {
    play.put("token-1", subscription());
    String body = aboutSubscription(type);

    assertEquals(204, push(body));

    StoreEvent told = inbox.only().event().orElseThrow();
    assertEquals(Kind.PURCHASE, told.kind());
    assertEquals("google:GPA.1-2-3-4", told.chain());
    assertEquals("google:GPA.1-2-3-4..0", told.tx());
    assertEquals("premium", told.product());
    assertEquals(UID, told.user());
    assertEquals(Instant.parse("2040-01-01T00:00:00Z"), told.expiresAt());
    assertEquals(true, told.willRenew());
    assertEquals(body, inbox.only().raw());
    assertEquals(List.of("acknowledge token-1"), play.orders());
  }

  @Test
  void whatIsBoughtOnceIsConsumedAfterTheGrant() {
    play.put("token-2", product());

    assertEquals(204, push(aboutProduct(1)));

    StoreEvent told = inbox.only().event().orElseThrow();
    assertEquals("google:GPA.9-9-9-9", told.tx());
    assertEquals("tokens_10", told.product());
    assertEquals(Instant.parse("2026-01-01T00:00:00Z"), told.at());
    assertEquals(List.of("consume token-2"), play.orders());
  }

  @Test
  void aReplayIsKeptOnceAndAcknowledgedOnce() {
    play.put("token-1", subscription());
    String body = aboutSubscription(4);
    RouterCaller asking = asking();

    asking.send("POST", PATH, body);
    assertEquals(204, asking.send("POST", PATH, body).status());

    assertEquals(1, inbox.kept().size());
    assertEquals(List.of("acknowledge token-1"), play.orders());
  }

  @Test
  void nothingIsConsumedThatCouldNotBeKept() {
    play.put("token-2", product());
    inbox.breakDown();

    assertEquals(503, push(aboutProduct(1)));

    assertEquals(List.of(), play.orders());
  }

  @Test
  void whatIsKeptAndNotGrantedYetIsAcknowledgedAndConsumedWhenItIsShownAgain() {
    play.put("token-2", product());
    inbox.slowDown();

    assertEquals(204, push(aboutProduct(1)));
    assertEquals(List.of("acknowledge token-2"), play.orders());

    assertEquals(204, push(inbox.only().raw()));
    assertEquals(List.of("acknowledge token-2", "consume token-2"), play.orders());
  }

  @Test
  void nothingIsConsumedWhoseBuyerIsUnknown() {
    ObjectNode anonymous = product();
    anonymous.remove("obfuscatedExternalAccountId");
    play.put("token-2", anonymous);

    assertEquals(204, push(aboutProduct(1)));

    assertEquals(null, inbox.only().event().orElseThrow().user());
    assertEquals(List.of(), play.orders());
  }

  @ParameterizedTest
  @CsvSource({
    "3, WILL_RENEW",
    "5, EXPIRE",
    "6, GRACE",
    "7, WILL_RENEW",
    "9, EXTEND",
    "10, EXPIRE",
    "12, REFUND",
    "13, EXPIRE",
    "18, WILL_RENEW"
  })
  void everyTypeOfASubscriptionHasItsMeaning(int type, Kind kind) {
    play.put("token-1", subscription());

    assertEquals(204, push(aboutSubscription(type)));

    assertEquals(kind, inbox.only().event().orElseThrow().kind());
    assertEquals(List.of(), play.orders());
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 11, 19, 20, 22, 99})
  void knowinglyIgnores(int type) {
    play.put("token-1", subscription());

    assertEquals("changes no purchase", ignored(aboutSubscription(type)));
  }

  @Test
  void whatIsNotPaidYetIsNoPurchase() {
    play.put("token-2", product().put("purchaseState", 2));

    assertEquals("not paid yet", ignored(aboutProduct(1)));
  }

  @Test
  void aSubscriptionThatWaitsForItsMoneyIsNoPurchase() {
    play.put("token-1", subscription().put("subscriptionState", "SUBSCRIPTION_STATE_PENDING"));

    assertEquals("not paid yet", ignored(aboutSubscription(4)));
  }

  @Test
  void aVoidedPurchaseIsARefundOfItsOrder() {
    ObjectNode told = object();
    told.putObject("voidedPurchaseNotification")
        .put("purchaseToken", "token-1")
        .put("orderId", "GPA.1-2-3-4..3")
        .put("productType", 1);

    assertEquals(204, push(play.push(told)));

    StoreEvent refund = inbox.only().event().orElseThrow();
    assertEquals(Kind.REFUND, refund.kind());
    assertEquals("google:GPA.1-2-3-4", refund.chain());
    assertEquals("google:GPA.1-2-3-4..3", refund.tx());
  }

  @Test
  void withoutAnOrderIdTheTokenStandsForIt() {
    ObjectNode free = product();
    free.remove("orderId");
    play.put("token-2", free);

    assertEquals(204, push(aboutProduct(1)));

    assertEquals(
        "google:" + StoreIds.orderOfToken("token-2"), inbox.only().event().orElseThrow().tx());
  }

  @Test
  void aTestNotificationIs204() {
    ObjectNode told = object();
    told.putObject("testNotification").put("version", "1.0");

    assertEquals("test", ignored(play.push(told)));
  }

  @Test
  void aTestPurchaseIsKeptAndCreditsNothing() {
    play.put("token-2", product().put("purchaseType", 0));

    assertEquals("sandbox", ignored(aboutProduct(1)));
    assertEquals(List.of(), play.orders());
  }

  @Test
  void aTestPurchaseCountsWhereItIsAllowed() {
    play.put("token-2", product().put("purchaseType", 0));

    assertEquals(204, asking(true).send("POST", PATH, aboutProduct(1)).status());

    assertEquals(Kind.PURCHASE, inbox.only().event().orElseThrow().kind());
  }

  @Test
  void keepsWhatGoogleDoesNotKnow() {
    assertEquals("Google Play knows no such purchase", ignored(aboutSubscription(4)));
  }

  @Test
  void keepsWhatIsAboutAnotherApp() {
    var other = new PlayStandIn(0, "com.other", ACCESS::equals, clock);
    ObjectNode told = object();
    told.putObject("testNotification");

    assertEquals("another app", ignored(other.push(told)));
  }

  @Test
  void isPushedAgainWhileGoogleDoesNotAnswer() {
    var config = config(false);
    var receive =
        new ReceivePlayNotification(config, () -> store("Bearer other"), Doors.buyers(UID), inbox);
    play.put("token-1", subscription());

    assertThrows(Failure.Unavailable.class, () -> receive.receive(aboutSubscription(4)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "{\"message\": {}}",
        "{\"message\": {\"messageId\": \"1\", \"data\": \"no base64\"}}",
        "{\"message\": {\"messageId\": \"1\", \"data\": \"bm8gSlNPTg==\"}}"
      })
  void keepsWhatIsNoPushForSomebodyToLookAt(String body) {
    assertTrue(ignored(body).startsWith("unreadable: "));
    assertEquals(body, inbox.only().raw());
  }

  @Test
  void keepsWhatHappenedInNoYear() {
    play.put("token-1", subscription());
    ObjectNode told = object();
    told.put("packageName", PACKAGE).put("eventTimeMillis", "999999999999999999");
    told.putObject("voidedPurchaseNotification").put("orderId", "GPA.1");
    ObjectNode push = object();
    push.putObject("message")
        .put("messageId", "m-1")
        .put(
            "data",
            Base64.getEncoder().encodeToString(told.toString().getBytes(StandardCharsets.UTF_8)));

    assertTrue(ignored(push.toString()).startsWith("unreadable: a time"));
  }

  @Test
  void saysInTheLogWhatIsTooLargeToKeep() {
    try (var log = new LogRecorder(GoogleSender.class)) {
      assertEquals(413, push("x".repeat(600_000)));

      assertEquals(1, log.of(Level.SEVERE).size());
    }
  }

  @Test
  void aFaultOfOursIsNotTheSendersFault() {
    play.put("token-1", subscription());
    inbox.breakWith(new IllegalArgumentException("a fault of ours"));

    assertEquals(500, push(aboutSubscription(4)));
  }

  private int withClaims(ObjectNode claims) {
    int status =
        asking()
            .with("Authorization", "Bearer " + play.token(claims))
            .send("POST", PATH, aboutSubscription(4))
            .status();
    assertEquals(status == 401, inbox.kept().isEmpty());
    return status;
  }

  @Test
  void takesATokenThatIsRightInEverything() {
    assertEquals(204, withClaims(play.claims()));
  }

  @Test
  void refusesAWrongAudience() {
    assertEquals(401, withClaims(play.claims().put("aud", "https://other.example.com")));
  }

  @Test
  void refusesAWrongAccount() {
    assertEquals(401, withClaims(play.claims().put("email", "other@example.com")));
  }

  @Test
  void refusesAnUnverifiedAccount() {
    assertEquals(401, withClaims(play.claims().put("email_verified", false)));
  }

  @Test
  void refusesAnExpiredToken() {
    assertEquals(401, withClaims(play.claims().put("exp", clock.instant().getEpochSecond() - 1)));
  }

  @Test
  void refusesATokenWithoutAnEnd() {
    ObjectNode claims = play.claims();
    claims.remove("exp");

    assertEquals(401, withClaims(claims));
  }

  @Test
  void refusesAnotherIssuer() {
    assertEquals(401, withClaims(play.claims().put("iss", "https://issuer.example.com")));
  }

  @Test
  void refusesAKeyThatGoogleDoesNotPublish() {
    var other = new PlayStandIn(0, PACKAGE, ACCESS::equals, clock);

    assertEquals(
        401,
        asking()
            .with("Authorization", "Bearer " + other.token(other.claims()))
            .send("POST", PATH, aboutSubscription(4))
            .status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer a.b.c", "Basic x"})
  void refusesWhatIsNoToken(String authorization) {
    assertEquals(
        401,
        asking()
            .with("Authorization", authorization)
            .send("POST", PATH, aboutSubscription(4))
            .status());
  }

  private VerifyGoogle verify() {
    return new VerifyGoogle(config(false), () -> store(ACCESS), Doors.buyers(UID), inbox, clock);
  }

  private static VerifyPurchase.Shown shown(String product, String token) {
    return new VerifyPurchase.Shown(Store.GOOGLE, product, null, token);
  }

  @Test
  void verifyAsksGoogleAndConsumes() {
    play.put("token-2", product());

    var verified = verify().verify(UID, shown("tokens_10", "token-2"));

    assertEquals("google:GPA.9-9-9-9", verified.tx());
    assertEquals(Outcome.APPLIED, verified.outcome());
    assertEquals(UID, inbox.only().event().orElseThrow().user());
    assertEquals(List.of("consume token-2"), play.orders());
  }

  @Test
  void verifyAcknowledgesASubscription() {
    play.put("token-1", subscription());

    var verified = verify().verify(UID, shown("premium", "token-1"));

    assertEquals("google:GPA.1-2-3-4", verified.chain());
    assertEquals(List.of("acknowledge token-1"), play.orders());
  }

  @Test
  void verifyTellsWhoseAnothersPurchaseIs() {
    play.put("token-2", product());

    assertEquals(
        Outcome.OWNED_BY_OTHER, verify().verify("uid-2", shown("tokens_10", "token-2")).outcome());
    assertEquals(UID, inbox.only().event().orElseThrow().user());
  }

  @Test
  void verifyRefusesWhatGoogleDoesNotKnow() {
    assertThrows(Failure.BadInput.class, () -> verify().verify(UID, shown("tokens_10", "none")));
  }

  @Test
  void verifyRefusesAnotherProduct() {
    play.put("token-1", subscription());

    assertThrows(Failure.BadInput.class, () -> verify().verify(UID, shown("tokens", "token-1")));
  }

  @Test
  void verifyRefusesWhatIsNotPaid() {
    play.put("token-2", product().put("purchaseState", 2));

    assertThrows(Failure.BadInput.class, () -> verify().verify(UID, shown("tokens_10", "token-2")));
  }

  private static int problems(Map<String, String> variables) {
    var env = new Environment(variables);
    GoogleConfig.from(env, Stage.PRODUCTION, false);
    try {
      env.check();
      return 0;
    } catch (ConfigurationException e) {
      return 1;
    }
  }

  @Test
  void productionTrustsNoKeysButGoogles() {
    var app = new HashMap<String, String>();
    app.put("GOOGLE_PLAY_PACKAGE", PACKAGE);
    assertEquals(1, problems(app));
    app.put("GOOGLE_PLAY_PUSH_AUDIENCE", "a");
    app.put("GOOGLE_PLAY_PUSH_ACCOUNT", "b");
    assertEquals(0, problems(app));
    app.put("GOOGLE_CERTIFICATES_URL", URI.create("http://127.0.0.1:1/certs").toString());
    assertEquals(1, problems(app));
  }
}
