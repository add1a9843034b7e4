package app.infinitestories.functions.api.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.functions.web.HttpSettings;
import app.infinitestories.functions.web.RouterCaller;
import app.infinitestories.functions.web.Routers;
import app.infinitestories.local.stores.AppStoreStandIn;
import app.infinitestories.local.stores.SigningChain;
import app.infinitestories.platform.Redacted;
import app.infinitestories.platform.config.CloudConfig.Stage;
import app.infinitestories.platform.config.ConfigurationException;
import app.infinitestories.platform.config.Environment;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.purchases.ReceiveDelivery.Outcome;
import app.infinitestories.purchases.Store;
import app.infinitestories.purchases.StoreAccountIds;
import app.infinitestories.purchases.StoreEvent;
import app.infinitestories.purchases.StoreEvent.Kind;
import app.infinitestories.purchases.VerifyPurchase;
import app.infinitestories.purchases.apple.AppStoreServer;
import app.infinitestories.purchases.apple.AppleConfig;
import app.infinitestories.purchases.apple.AppleSignatures;
import app.infinitestories.purchases.apple.ReadNotification;
import app.infinitestories.purchases.apple.VerifyApple;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Apple's notifications over HTTP, and its server over the wire: signed as Apple signs. */
class AppleNotificationsTest {
  private static final String PATH = "/api/v1/purchase/apple/notifications";
  private static final String BUNDLE = "app.example.stories";
  private static final String UID = "uid-1";
  private static final Duration MONTH = Duration.ofDays(30);

  private final Clock clock = Clock.systemUTC();
  private final AppStoreStandIn apple = new AppStoreStandIn(0, BUNDLE, clock);
  private final Inbox inbox = new Inbox();

  @BeforeEach
  void start() {
    apple.start();
  }

  @AfterEach
  void stop() {
    apple.stop();
  }

  private AppleConfig config(AppleConfig.Where where, @Nullable Long appId, String root) {
    return new AppleConfig(
        BUNDLE,
        appId,
        where,
        List.of(root),
        false,
        Optional.of(
            new AppleConfig.Api(
                apple.address(),
                new Redacted<>(apple.apiKeyPem()),
                AppStoreStandIn.KEY_ID,
                AppStoreStandIn.ISSUER_ID,
                Duration.ofSeconds(10))));
  }

  private AppleConfig config() {
    return config(AppleConfig.Where.SANDBOX, null, apple.rootPem());
  }

  private RouterCaller asking(Optional<AppleConfig> config) {
    var signatures = config.map(AppleSignatures::new);
    var routes =
        new StoreRoutes(
            Doors.closedToRevenueCat(inbox),
            new AppleDoor(() -> signatures, new ReadNotification(Doors.buyers(UID)), inbox),
            Doors.closedToGoogle());
    return new RouterCaller(
            Routers.of(r -> r.under("/api", routes), new HttpSettings(Set.of(), 1), clock))
        .as("nobody");
  }

  private int post(String body) {
    return asking(Optional.of(config())).send("POST", PATH, body).status();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private String bought() {
    long now = clock.millis();
    return apple.buy(
        object()
            .put("transactionId", "2002")
            .put("originalTransactionId", "2001")
            .put("productId", "premium_monthly")
            .put("purchaseDate", now)
            .put("expiresDate", now + MONTH.toMillis())
            .put("type", "Auto-Renewable Subscription")
            .put("appAccountToken", StoreAccountIds.apple(UID).toString()));
  }

  private StoreEvent told(String type, @Nullable String subtype, @Nullable ObjectNode renewal) {
    assertEquals(200, post(apple.notification(type, subtype, bought(), renewal)));
    return inbox.only().event().orElseThrow();
  }

  @Test
  void theTokenOfAUserIsAUuidOfVersion5() {
    // as every other implementation of RFC 9562 computes it
    assertEquals("8c5ace8a-01d6-5731-9593-1410754df2e7", StoreAccountIds.apple(UID).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SUBSCRIBED", "DID_RENEW", "ONE_TIME_CHARGE", "OFFER_REDEEMED"})
  void aPurchaseBelongsToTheUserWhoseTokenItCarries(String type) {
    String body = apple.notification(type, null, bought(), null);

    assertEquals(200, post(body));

    StoreEvent told = inbox.only().event().orElseThrow();
    assertEquals(Kind.PURCHASE, told.kind());
    assertEquals("apple:2001", told.chain());
    assertEquals("apple:2002", told.tx());
    assertEquals(UID, told.user());
    assertEquals("premium_monthly", told.product());
    assertEquals(body, inbox.only().raw());
  }

  @Test
  void aPurchaseWithoutATokenWaits() {
    String id = apple.buy(object().put("productId", "tokens_10"));

    assertEquals(200, post(apple.notification("ONE_TIME_CHARGE", null, id, null)));

    assertEquals(null, inbox.only().event().orElseThrow().user());
  }

  @ParameterizedTest
  @CsvSource({
    "REFUND,,REFUND",
    "REVOKE,,REFUND",
    "REFUND_REVERSED,,REFUND_REVERSED",
    "RENEWAL_EXTENDED,,EXTEND",
    "EXPIRED,VOLUNTARY,EXPIRE",
    "GRACE_PERIOD_EXPIRED,,EXPIRE",
    "DID_CHANGE_RENEWAL_STATUS,AUTO_RENEW_DISABLED,WILL_RENEW",
    "DID_CHANGE_RENEWAL_PREF,DOWNGRADE,WILL_RENEW",
    "DID_CHANGE_RENEWAL_PREF,UPGRADE,PURCHASE"
  })
  void everyTypeHasItsMeaning(String type, @Nullable String subtype, Kind kind) {
    assertEquals(kind, told(type, subtype, null).kind());
  }

  @Test
  void theRenewalInfoSaysWhatComesNext() {
    ObjectNode renewal =
        object()
            .put("originalTransactionId", "2001")
            .put("autoRenewProductId", "premium_yearly")
            .put("autoRenewStatus", 1);

    StoreEvent told = told("DID_CHANGE_RENEWAL_PREF", "DOWNGRADE", renewal);

    assertEquals("premium_yearly", told.product());
    assertEquals(true, told.willRenew());
  }

  @Test
  void aFailedRenewalOpensTheGracePeriod() {
    long until = clock.millis() + Duration.ofDays(6).toMillis();

    StoreEvent told =
        told("DID_FAIL_TO_RENEW", "GRACE_PERIOD", object().put("gracePeriodExpiresDate", until));

    assertEquals(Kind.GRACE, told.kind());
    assertEquals(Instant.ofEpochMilli(until), told.graceUntil());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DID_FAIL_TO_RENEW",
        "REFUND_DECLINED",
        "CONSUMPTION_REQUEST",
        "PRICE_INCREASE",
        "METADATA_UPDATE",
        "MIGRATION"
      })
  void knowinglyIgnores(String type) {
    assertEquals(200, post(apple.notification(type, null, bought(), null)));

    assertEquals("changes no purchase: " + type, inbox.only().ignored());
  }

  @Test
  void keepsATestNotification() {
    assertEquals(200, post(apple.notification("TEST", null, "none", null)));

    assertEquals("changes no purchase: TEST", inbox.only().ignored());
  }

  @Test
  void keepsATypeThatTheLibraryDoesNotKnow() {
    assertEquals(200, post(apple.notification("SOMETHING_NEW", null, bought(), null)));

    assertEquals("unknown type", inbox.only().ignored());
  }

  @Test
  void aReplayedUuidIsKeptOnce() {
    String body = apple.notification("SUBSCRIBED", null, bought(), null);
    post(body);

    var again = asking(Optional.of(config())).send("POST", PATH, body);

    assertEquals("repeated", again.body().path("outcome").asText());
    assertEquals(1, inbox.kept().size());
  }

  @Test
  void ofTwoAboutATransactionTheOneSignedLaterIsTheLater() {
    var chain = new SigningChain(clock.instant());
    var older = notification(chain, "REFUND", clock.millis() - 10_000);
    var newer = notification(chain, "REFUND_REVERSED", clock.millis());
    var asking = asking(Optional.of(config(AppleConfig.Where.SANDBOX, null, chain.rootPem())));

    asking.send("POST", PATH, newer);
    asking.send("POST", PATH, older);

    var told = inbox.kept().stream().map(each -> each.event().orElseThrow()).toList();
    assertEquals(Kind.REFUND_REVERSED, told.getFirst().kind());
    assertTrue(told.getFirst().at().isAfter(told.getLast().at()));
    assertEquals(told.getFirst().tx(), told.getLast().tx());
  }

  private String notification(SigningChain chain, String type, long signedDate) {
    return notification(chain, type, signedDate, BUNDLE, "Sandbox");
  }

  private static String notification(
      SigningChain chain, String type, long signedDate, String bundle, String environment) {
    ObjectNode transaction =
        object()
            .put("transactionId", "9")
            .put("originalTransactionId", "9")
            .put("productId", "p")
            .put("bundleId", bundle)
            .put("environment", environment)
            .put("signedDate", signedDate);
    ObjectNode payload =
        object()
            .put("notificationType", type)
            .put("notificationUUID", "uuid-" + type)
            .put("signedDate", signedDate);
    payload
        .putObject("data")
        .put("bundleId", bundle)
        .put("appAppleId", 12345L)
        .put("environment", environment)
        .put("signedTransactionInfo", chain.sign(transaction));
    return object().put("signedPayload", chain.sign(payload)).toString();
  }

  private void refused(String body) {
    assertEquals(401, post(body));
    assertEquals(List.of(), inbox.kept());
  }

  @Test
  void refusesASignatureOfAnotherRoot() {
    refused(notification(new SigningChain(clock.instant()), "SUBSCRIBED", clock.millis()));
  }

  @Test
  void refusesAlgNone() throws Exception {
    String body = apple.notification("SUBSCRIBED", null, bought(), null);
    String signed = new ObjectMapper().readTree(body).path("signedPayload").asText();
    String[] parts = signed.split("\\.", -1);
    ObjectNode header =
        (ObjectNode) new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[0]));
    String none =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(header.put("alg", "none").toString().getBytes(StandardCharsets.UTF_8));

    refused(object().put("signedPayload", none + "." + parts[1] + ".").toString());
    refused(object().put("signedPayload", none + "." + parts[1] + "." + parts[2]).toString());
  }

  @Test
  void refusesAPayloadChangedAfterItWasSigned() throws Exception {
    String body = apple.notification("SUBSCRIBED", null, bought(), null);
    String[] parts =
        new ObjectMapper().readTree(body).path("signedPayload").asText().split("\\.", -1);
    String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    String other =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                payload.replace("SUBSCRIBED", "DID_RENEW").getBytes(StandardCharsets.UTF_8));

    refused(object().put("signedPayload", parts[0] + "." + other + "." + parts[2]).toString());
  }

  private int postSigned(SigningChain chain, String body) {
    return asking(Optional.of(config(AppleConfig.Where.SANDBOX, null, chain.rootPem())))
        .send("POST", PATH, body)
        .status();
  }

  @Test
  void refusesAnotherBundle() {
    var chain = new SigningChain(clock.instant());

    assertEquals(
        401,
        postSigned(chain, notification(chain, "REFUND", clock.millis(), "com.other", "Sandbox")));
    assertEquals(200, postSigned(chain, notification(chain, "REFUND", clock.millis())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Production", "Xcode", "LocalTesting"})
  void refusesAnotherEnvironment(String environment) {
    var chain = new SigningChain(clock.instant());

    assertEquals(
        401, postSigned(chain, notification(chain, "REFUND", clock.millis(), BUNDLE, environment)));
  }

  @Test
  void refusesTheSandboxInProduction() {
    var chain = new SigningChain(clock.instant());
    var asking = asking(Optional.of(config(AppleConfig.Where.PRODUCTION, 12345L, chain.rootPem())));
    String sandbox = notification(chain, "REFUND", clock.millis());
    String production = notification(chain, "REFUND", clock.millis(), BUNDLE, "Production");

    assertEquals(401, asking.send("POST", PATH, sandbox).status());
    assertEquals(200, asking.send("POST", PATH, production).status());
  }

  @Test
  void refusesAChainThatIsExpired() {
    Instant now = clock.instant();
    var chain = new SigningChain(now.minus(Duration.ofDays(3)), now.minus(Duration.ofDays(2)));

    assertEquals(401, postSigned(chain, notification(chain, "REFUND", now.toEpochMilli())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "nothing", "{\"signedPayload\": \"a.b.c\"}"})
  void refusesWhatIsNotSigned(String body) {
    refused(body);
  }

  @Test
  void refusesEverybodyWithoutAnApp() {
    String body = apple.notification("SUBSCRIBED", null, bought(), null);

    assertEquals(401, asking(Optional.empty()).send("POST", PATH, body).status());
  }

  @Test
  void asksAgainForWhatCouldNotBeKept() {
    inbox.breakDown();

    assertEquals(503, post(apple.notification("SUBSCRIBED", null, bought(), null)));
  }

  @Test
  void limitsForgeriesByAddress() {
    RouterCaller asking = asking(Optional.of(config()));
    for (int i = 0; i < 20; i++) {
      assertEquals(401, asking.send("POST", PATH, "{}").status());
    }

    assertEquals(429, asking.send("POST", PATH, "{}").status());
  }

  private VerifyApple verify() {
    AppleConfig config = config();
    return new VerifyApple(
        new AppStoreServer(config, config.api().orElseThrow(), new AppleSignatures(config)),
        Doors.buyers(UID),
        inbox,
        clock);
  }

  private static VerifyPurchase.Shown shown(String product, String transaction) {
    return new VerifyPurchase.Shown(Store.APPLE, product, transaction, null);
  }

  @Test
  void verifyAsksTheAppStore() {
    bought();

    var verified = verify().verify(UID, shown("premium_monthly", "2002"));

    assertEquals("apple:2001", verified.chain());
    assertEquals("apple:2002", verified.tx());
    assertEquals(Outcome.APPLIED, verified.outcome());
    StoreEvent told = inbox.only().event().orElseThrow();
    assertEquals(Kind.PURCHASE, told.kind());
    assertEquals(UID, told.user());
    assertEquals("verify", inbox.only().source());
  }

  @Test
  void verifyTellsWhoseTokenAnothersPurchaseCarries() {
    bought();

    var verified = verify().verify("uid-2", shown("premium_monthly", "2002"));

    assertEquals(Outcome.OWNED_BY_OTHER, verified.outcome());
    assertEquals(UID, inbox.only().event().orElseThrow().user());
  }

  @Test
  void verifyRefundsWhatWasRevoked() {
    apple.buy(
        object()
            .put("transactionId", "3003")
            .put("productId", "tokens_10")
            .put("revocationDate", clock.millis()));

    verify().verify(UID, shown("tokens_10", "3003"));

    assertEquals(
        List.of(Kind.REFUND, Kind.PURCHASE),
        inbox.kept().stream().map(each -> each.event().orElseThrow().kind()).toList());
  }

  @Test
  void verifyRefusesWhatTheAppStoreDoesNotKnow() {
    var refused =
        assertThrows(
            Failure.BadInput.class, () -> verify().verify(UID, shown("premium_monthly", "404")));

    assertEquals(Set.of("transactionId"), refused.details().keySet());
  }

  @Test
  void verifyRefusesAnotherProduct() {
    bought();

    var refused =
        assertThrows(
            Failure.BadInput.class, () -> verify().verify(UID, shown("tokens_99", "2002")));

    assertEquals(Set.of("productId"), refused.details().keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../subscriptions/2002", "2002?x=y"})
  void verifyAsksForNothingButTransactions(String id) {
    assertThrows(Failure.BadInput.class, () -> verify().verify(UID, shown("premium_monthly", id)));
  }

  @Test
  void verifyWaitsForAnAppStoreThatDoesNotAnswer() {
    bought();
    VerifyApple verify = verify();
    apple.stop();

    assertThrows(
        Failure.Unavailable.class, () -> verify.verify(UID, shown("premium_monthly", "2002")));
  }

  @Test
  void verifyWaitsForAKeyThatOpens() {
    bought();
    var other = new AppStoreStandIn(0, BUNDLE, clock);
    AppleConfig config =
        new AppleConfig(
            BUNDLE,
            null,
            AppleConfig.Where.SANDBOX,
            List.of(apple.rootPem()),
            false,
            Optional.of(
                new AppleConfig.Api(
                    apple.address(),
                    new Redacted<>(other.apiKeyPem()),
                    AppStoreStandIn.KEY_ID,
                    AppStoreStandIn.ISSUER_ID,
                    Duration.ofSeconds(10))));
    var verify =
        new VerifyApple(
            new AppStoreServer(config, config.api().orElseThrow(), new AppleSignatures(config)),
            Doors.buyers(UID),
            inbox,
            clock);

    assertThrows(
        Failure.Unavailable.class, () -> verify.verify(UID, shown("premium_monthly", "2002")));
  }

  private static List<String> problems(Map<String, String> variables, Stage stage) {
    var env = new Environment(variables);
    AppleConfig.from(env, stage);
    try {
      env.check();
      return List.of();
    } catch (ConfigurationException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  @Test
  void productionTrustsNobodyButApple() {
    var app = Map.of("APPLE_BUNDLE_ID", BUNDLE, "APPLE_APP_ID", "12345");
    var more = new java.util.HashMap<>(app);
    more.put("APPLE_ROOT_CERTIFICATES", "/nowhere/root.pem");

    assertEquals(List.of(), problems(app, Stage.PRODUCTION));
    assertEquals(1, problems(more, Stage.PRODUCTION).size());
    more.remove("APPLE_ROOT_CERTIFICATES");
    more.put("APPLE_ENVIRONMENT", "sandbox");
    assertEquals(1, problems(more, Stage.PRODUCTION).size());
    assertEquals(List.of(), problems(more, Stage.STAGING));
    more.put("APPLE_ENVIRONMENT", "xcode");
    assertEquals(1, problems(more, Stage.STAGING).size());
  }

  @Test
  void applesOwnRootComesWithTheProduct() {
    // signed by nobody here: it must be read as a certificate, and refuse what it did not sign
    var config = config(AppleConfig.Where.SANDBOX, null, AppleConfig.appleRoots().getFirst());

    assertEquals(
        401,
        asking(Optional.of(config))
            .send("POST", PATH, apple.notification("SUBSCRIBED", null, bought(), null))
            .status());
  }
}
