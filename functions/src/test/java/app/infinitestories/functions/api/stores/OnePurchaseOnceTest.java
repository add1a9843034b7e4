package app.infinitestories.functions.api.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.accounts.Account;
import app.infinitestories.accounts.AccountPolicy;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.accounts.CheckLedger;
import app.infinitestories.functions.web.HttpSettings;
import app.infinitestories.functions.web.RouterCaller;
import app.infinitestories.functions.web.Routers;
import app.infinitestories.local.stores.AppStoreStandIn;
import app.infinitestories.local.stores.PlayStandIn;
import app.infinitestories.platform.RandomIds;
import app.infinitestories.platform.Redacted;
import app.infinitestories.purchases.FindBuyer;
import app.infinitestories.purchases.Products;
import app.infinitestories.purchases.ReceiveDelivery.Outcome;
import app.infinitestories.purchases.SettleDeliveries;
import app.infinitestories.purchases.Store;
import app.infinitestories.purchases.StoreAccountIds;
import app.infinitestories.purchases.VerifyPurchase;
import app.infinitestories.purchases.apple.AppStoreServer;
import app.infinitestories.purchases.apple.AppleConfig;
import app.infinitestories.purchases.apple.AppleSignatures;
import app.infinitestories.purchases.apple.ReadNotification;
import app.infinitestories.purchases.apple.VerifyApple;
import app.infinitestories.purchases.google.GoogleConfig;
import app.infinitestories.purchases.google.PlayStore;
import app.infinitestories.purchases.google.ProvePush;
import app.infinitestories.purchases.google.ReceivePlayNotification;
import app.infinitestories.purchases.google.VerifyGoogle;
import app.infinitestories.purchases.revenuecat.ProveWebhook;
import app.infinitestories.purchases.revenuecat.ReadEvent;
import app.infinitestories.purchases.revenuecat.ReceiveWebhook;
import app.infinitestories.purchases.revenuecat.RevenueCatConfig;
import app.infinitestories.queue.Timing;
import app.infinitestories.testkit.FirestoreTest;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.firestore.Firestore;
import com.google.common.collect.Collections2;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One purchase, told by the app, by RevenueCat and by the store itself: in whatever order, and
 * however often, it is credited once, and a refund takes it back once.
 */
@FirestoreTest
class OnePurchaseOnceTest {
  private static final String APP = "app.example.stories";
  private static final String SECRET = "sample-secret";
  private static final String ACCESS = "Bearer sample-access";
  private static final String PRODUCT = "tokens.small";
  private static final long WORTH = 5;

  enum Source {
    APP,
    REVENUECAT,
    STORE
  }

  private final Clock clock = Clock.systemUTC();
  private final AppStoreStandIn apple = new AppStoreStandIn(0, APP, clock);
  private final PlayStandIn play = new PlayStandIn(0, APP, ACCESS::equals, clock);
  private final String uid = "uid-" + UUID.randomUUID();
  private final String order = Integer.toString(Math.floorMod(uid.hashCode(), 1_000_000_000));
  private final long paidAt = clock.millis() - 60_000;

  private Accounts accounts;
  private SettleDeliveries inbox;
  private RouterCaller asking;
  private VerifyPurchase verifyApple;
  private VerifyPurchase verifyGoogle;

  @BeforeEach
  void start(Firestore firestore) {
    apple.start();
    play.start();
    var ids = new RandomIds();
    accounts = new Accounts(firestore, clock, ids, new AccountPolicy(0, 10));
    accounts.provision(uid);
    inbox =
        new SettleDeliveries(
            firestore,
            accounts,
            Products.of("{\"" + PRODUCT + "\": {\"tokens\": " + WORTH + "}}"),
            Timing.system(),
            ids);
    var revenueCat =
        new RevenueCatConfig(
            List.of(new Redacted<>(SECRET)),
            List.of(),
            Optional.empty(),
            URI.create("http://127.0.0.1:1"),
            Duration.ofSeconds(5),
            false);
    var appleConfig = appleConfig();
    var signatures = new AppleSignatures(appleConfig);
    var google = googleConfig();
    var publisher = new PlayStore(google, request -> request.getHeaders().setAuthorization(ACCESS));
    FindBuyer buyers = Doors.buyers(uid);
    verifyApple =
        new VerifyApple(
            new AppStoreServer(appleConfig, appleConfig.api().orElseThrow(), signatures),
            buyers,
            inbox,
            clock);
    verifyGoogle = new VerifyGoogle(google, () -> publisher, buyers, inbox, clock);
    var routes =
        new StoreRoutes(
            new RevenueCatDoor(
                new ProveWebhook(revenueCat, clock),
                new ReceiveWebhook(
                    new ReadEvent(known -> known.stream().filter(uid::equals).findFirst(), false),
                    inbox,
                    Optional.empty())),
            new AppleDoor(() -> Optional.of(signatures), new ReadNotification(buyers), inbox),
            new GoogleDoor(
                () -> Optional.of(new ProvePush(google, clock)),
                () ->
                    Optional.of(
                        new ReceivePlayNotification(google, () -> publisher, buyers, inbox))));
    asking =
        new RouterCaller(
                Routers.of(r -> r.under("/api", routes), new HttpSettings(Set.of(), 1), clock))
            .as("x");
  }

  @AfterEach
  void stop() {
    apple.stop();
    play.stop();
  }

  private AppleConfig appleConfig() {
    return new AppleConfig(
        APP,
        null,
        AppleConfig.Where.SANDBOX,
        List.of(apple.rootPem()),
        false,
        Optional.of(
            new AppleConfig.Api(
                apple.address(),
                new Redacted<>(apple.apiKeyPem()),
                AppStoreStandIn.KEY_ID,
                AppStoreStandIn.ISSUER_ID,
                Duration.ofSeconds(10))));
  }

  private GoogleConfig googleConfig() {
    return new GoogleConfig(
        APP,
        PlayStandIn.AUDIENCE,
        PlayStandIn.PUSH_ACCOUNT,
        play.address().resolve("/oauth2/v3/certs"),
        play.address(),
        Duration.ofSeconds(10),
        false);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static Collection<List<Source>> orders() {
    return Collections2.permutations(List.of(Source.values()));
  }

  private void assertAvailable(long tokens) {
    Account account = accounts.read(uid).orElseThrow();
    assertEquals(tokens, account.available());
    assertTrue(new CheckLedger(accounts).of(uid).orElseThrow().agrees());
  }

  private void fromRevenueCat(String type, String store, String transaction) {
    ObjectNode body = object();
    body.putObject("event")
        .put("id", UUID.randomUUID().toString())
        .put("type", type)
        .put("cancel_reason", "CUSTOMER_SUPPORT")
        .put("environment", "PRODUCTION")
        .put("app_user_id", uid)
        .put("store", store)
        .put("product_id", PRODUCT)
        .put("transaction_id", transaction)
        .put("original_transaction_id", transaction)
        .put("purchased_at_ms", paidAt)
        .put("event_timestamp_ms", clock.millis());
    int status =
        asking
            .with("Authorization", SECRET)
            .send("POST", "/api/v2/purchase/revenuecat/webhook", body.toString())
            .status();
    assertEquals(200, status);
  }

  /** What the answer says became of it. */
  private String fromApple(String type) {
    String path = "/api/v1/purchase/apple/notifications";
    String body = apple.notification(type, null, order, null);
    var answer = asking.send("POST", path, body);
    assertEquals(200, answer.status());
    return answer.body().path("outcome").asText();
  }

  private void fromGoogle(ObjectNode notification) {
    int status =
        asking
            .with("Authorization", "Bearer " + play.token(play.claims()))
            .send("POST", "/api/v1/purchase/google/notifications", play.push(notification))
            .status();
    assertEquals(204, status);
  }

  private void boughtAtApple() {
    apple.buy(
        object()
            .put("transactionId", order)
            .put("productId", PRODUCT)
            .put("purchaseDate", paidAt)
            .put("appAccountToken", StoreAccountIds.apple(uid).toString()));
  }

  private VerifyPurchase.Shown shownOfApple() {
    return new VerifyPurchase.Shown(Store.APPLE, PRODUCT, order, null);
  }

  private void tellOfApple(Source source) {
    switch (source) {
      case APP -> verifyApple.verify(uid, shownOfApple());
      case REVENUECAT -> fromRevenueCat("NON_RENEWING_PURCHASE", "APP_STORE", order);
      case STORE -> assertEquals("applied", fromApple("ONE_TIME_CHARGE"));
    }
  }

  @ParameterizedTest
  @MethodSource("orders")
  void aPurchaseAtAppleIsCreditedOnce(List<Source> sources) {
    boughtAtApple();

    sources.forEach(source -> {
      tellOfApple(source);
      assertAvailable(WORTH);
    });
    sources.forEach(this::tellOfApple);
    assertAvailable(WORTH);

    fromApple("REFUND");
    assertAvailable(0);
    fromRevenueCat("CANCELLATION", "APP_STORE", order);
    assertAvailable(0);
    fromApple("REFUND_REVERSED");
    assertAvailable(WORTH);
  }

  private void boughtAtGoogle() {
    play.put(
        "token-" + order,
        object()
            .put("purchaseState", 0)
            .put("consumptionState", 0)
            .put("acknowledgementState", 0)
            .put("orderId", "GPA." + order)
            .put("purchaseTimeMillis", Long.toString(paidAt))
            .put("obfuscatedExternalAccountId", StoreAccountIds.google(uid)));
  }

  private VerifyPurchase.Shown shownOfGoogle() {
    return new VerifyPurchase.Shown(Store.GOOGLE, PRODUCT, null, "token-" + order);
  }

  private void tellOfGoogle(Source source) {
    switch (source) {
      case APP -> verifyGoogle.verify(uid, shownOfGoogle());
      case REVENUECAT -> fromRevenueCat("NON_RENEWING_PURCHASE", "PLAY_STORE", "GPA." + order);
      case STORE -> {
        ObjectNode told = object();
        told.putObject("oneTimeProductNotification")
            .put("notificationType", 1)
            .put("purchaseToken", "token-" + order)
            .put("sku", PRODUCT);
        fromGoogle(told);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("orders")
  void aPurchaseAtGooglePlayIsCreditedAndConsumedOnce(List<Source> sources) {
    boughtAtGoogle();

    sources.forEach(source -> {
      tellOfGoogle(source);
      assertAvailable(WORTH);
    });
    sources.forEach(this::tellOfGoogle);
    assertAvailable(WORTH);
    assertEquals(List.of("consume token-" + order), play.orders());

    ObjectNode voided = object();
    voided
        .putObject("voidedPurchaseNotification")
        .put("purchaseToken", "token-" + order)
        .put("orderId", "GPA." + order)
        .put("productType", 2);
    fromGoogle(voided);
    assertAvailable(0);
    fromRevenueCat("CANCELLATION", "PLAY_STORE", "GPA." + order);
    assertAvailable(0);
  }

  @Test
  void aPurchaseWithoutAUserIsWhoseFirstVerifiesIt() {
    apple.buy(
        object().put("transactionId", order).put("productId", PRODUCT).put("purchaseDate", paidAt));
    assertEquals("kept", fromApple("ONE_TIME_CHARGE"), "it waits for its buyer");
    assertAvailable(0);

    assertEquals(Outcome.APPLIED, verifyApple.verify(uid, shownOfApple()).outcome());
    assertAvailable(WORTH);

    String other = "other-" + uid;
    accounts.provision(other);
    assertEquals(Outcome.OWNED_BY_OTHER, verifyApple.verify(other, shownOfApple()).outcome());
    assertAvailable(WORTH);
    assertEquals(0, accounts.read(other).orElseThrow().available());
    assertEquals(Outcome.REPEATED, verifyApple.verify(uid, shownOfApple()).outcome());

    assertEquals("applied", fromApple("ONE_TIME_CHARGE"), "it is somebody's now");
    assertAvailable(WORTH);
  }

  @Test
  void anUnknownProductIsKeptAndAcknowledgedAndCreditsNothing() {
    boughtAtGoogle();
    var shown = new VerifyPurchase.Shown(Store.GOOGLE, "tokens.unheard", null, "token-" + order);

    assertEquals(Outcome.KEPT, verifyGoogle.verify(uid, shown).outcome());

    assertAvailable(0);
    assertEquals(List.of("acknowledge token-" + order), play.orders());
  }
}
