package app.infinitestories.purchases.apple;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.stores.AppStoreStandIn;
import app.infinitestories.local.stores.SigningChain;
import app.infinitestories.platform.Redacted;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.purchases.Delivery;
import app.infinitestories.purchases.KeptDeliveries;
import app.infinitestories.purchases.ReceiveDelivery.Outcome;
import app.infinitestories.purchases.Store;
import app.infinitestories.purchases.StoreAccountIds;
import app.infinitestories.purchases.StoreEvent;
import app.infinitestories.purchases.StoreEvent.Kind;
import app.infinitestories.purchases.VerifyPurchase.Shown;
import app.infinitestories.purchases.VerifyPurchase.Verified;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A transaction that an app shows, as the App Store Server API knows it. */
class VerifyAppleTest {
  private static final String BUNDLE = "app.example.stories";
  private static final Instant PAID = Instant.parse("2026-05-01T11:00:00Z");
  private static final Instant ENDS = Instant.parse("2026-06-01T11:00:00Z");

  // Apple's library looks at the machine's clock.
  private final Clock clock = Clock.systemUTC();
  private final AppStoreStandIn apple = new AppStoreStandIn(0, BUNDLE, clock);
  private final KeptDeliveries inbox = new KeptDeliveries();

  @BeforeEach
  void start() {
    apple.start();
  }

  @AfterEach
  void stop() {
    apple.stop();
  }

  @Test
  void whatTheAppStoreKnowsIsDeliveredAsTheUsers() {
    bought(transaction());

    Verified verified = verify("anna", "premium", "2002");

    assertEquals(new Verified("apple:2001", "apple:2002", "premium", Outcome.APPLIED), verified);
    StoreEvent told = inbox.event();
    assertEquals(Kind.PURCHASE, told.kind());
    assertEquals(Store.APPLE, told.store());
    assertEquals("apple:2001", told.chain());
    assertEquals("apple:2002", told.tx());
    assertEquals("premium", told.product());
    assertEquals("anna", told.user());
    assertEquals(PAID, told.at());
    assertEquals(ENDS, told.expiresAt());
    assertTrue(told.id().startsWith("verify:apple:2002:"), told.id());
    assertEquals("verify", inbox.only().source());
    assertEquals("verify:" + inbox.only().id(), told.id());
    assertTrue(inbox.only().raw().contains("\"transactionId\":\"2002\""), inbox.only().raw());
  }

  @Test
  void aPurchaseWithoutATokenIsWhoseWhoShowsIt() {
    bought(transaction());

    assertEquals(Outcome.APPLIED, verify("ben", "premium", "2002").outcome());
    assertEquals(Outcome.REPEATED, verify("ben", "premium", "2002").outcome());
    assertEquals(Outcome.APPLIED, verify("anna", "premium", "2002").outcome());

    assertEquals(
        List.of("ben", "anna"),
        inbox.all().stream().map(each -> each.event().orElseThrow().user()).toList(),
        "each gets an answer of their own");
  }

  @Test
  void theTokenInAPurchaseSaysWhoseItIs() {
    bought(transaction().put("appAccountToken", StoreAccountIds.apple("anna").toString()));

    assertEquals(Outcome.OWNED_BY_OTHER, verify("ben", "premium", "2002").outcome());
    assertEquals("anna", inbox.event().user());
    assertEquals(Outcome.REPEATED, verify("anna", "premium", "2002").outcome());
  }

  @Test
  void theTokenOfNobodyHereIsNobodys() {
    bought(transaction().put("appAccountToken", StoreAccountIds.apple("stranger").toString()));

    assertEquals(Outcome.OWNED_BY_OTHER, verify("ben", "premium", "2002").outcome());

    assertEquals(Optional.empty(), Optional.ofNullable(inbox.event().user()));
  }

  @Test
  void whatTheInboxSaysOfAClaimIsTold() {
    bought(transaction());
    inbox.answer(Outcome.KEPT);

    assertEquals(Outcome.KEPT, verify("anna", "premium", "2002").outcome());
  }

  @Test
  void whatWasRevokedIsRefundedBeforeItCouldBeGranted() {
    Instant revoked = PAID.plus(Duration.ofDays(1));
    bought(transaction().put("revocationDate", revoked.toEpochMilli()));

    verify("anna", "premium", "2002");

    Delivery first = inbox.all().getFirst();
    StoreEvent refund = first.event().orElseThrow();
    StoreEvent purchase = inbox.all().getLast().event().orElseThrow();
    assertEquals(2, inbox.all().size());
    assertEquals(
        new StoreEvent(
            purchase.id() + ":revoked",
            revoked,
            Kind.REFUND,
            Store.APPLE,
            "apple:2001",
            "apple:2002",
            "premium",
            "anna",
            null,
            null,
            null,
            List.of(),
            List.of()),
        refund);
    assertEquals(refund.id(), "verify:" + first.id());
    assertEquals(Kind.PURCHASE, purchase.kind());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "../subscriptions/2002", "2002?x=y"})
  void onlyTransactionsAreAskedFor(@Nullable String id) {
    assertEquals(Set.of("transactionId"), refused("premium", id));
  }

  @Test
  void theLongestIdIsAskedForAndNoneThatIsLonger() {
    String longest = "9".repeat(64);
    bought(transaction().put("transactionId", longest));

    assertEquals("apple:" + longest, verify("anna", "premium", longest).tx());
    assertEquals(Set.of("transactionId"), refused("premium", longest + "9"));
  }

  @Test
  void whatTheAppStoreDoesNotKnowOrCallsOtherwiseIsRefused() {
    bought(transaction());

    assertEquals(Set.of("transactionId"), refused("premium", "404"));
    assertEquals(Set.of("productId"), refused("tokens", "2002"));
    assertEquals(List.of(), inbox.all());
  }

  @Test
  void anAnswerThatAppleDidNotSignIsNone() {
    bought(transaction());
    String other = new SigningChain(clock.instant()).rootPem();
    var verify =
        new VerifyApple(server(apple.apiKeyPem(), other), KeptDeliveries.buyers(), inbox, clock);

    assertThrows(Failure.BadInput.class, () -> verify.verify("anna", shown("premium", "2002")));
  }

  @Test
  void whereTheKeyDoesNotOpenOrNobodyAnswersItHasToBeShownAgain() {
    bought(transaction());
    String wrongKey = new AppStoreStandIn(0, BUNDLE, clock).apiKeyPem();
    AppStoreServer closed = server(wrongKey, apple.rootPem());
    AppStoreServer silent = server(apple.apiKeyPem(), apple.rootPem());

    var refused = assertThrows(Failure.Unavailable.class, () -> closed.transaction("2002"));
    apple.stop();

    assertThrows(Failure.Unavailable.class, () -> silent.transaction("2002"));
    assertEquals(Optional.of(Duration.ofSeconds(30)), refused.retryAfter());
  }

  private Set<String> refused(String product, @Nullable String transaction) {
    return assertThrows(Failure.BadInput.class, () -> verify("anna", product, transaction))
        .details()
        .keySet();
  }

  private Verified verify(String uid, String product, @Nullable String transaction) {
    return new VerifyApple(
            server(apple.apiKeyPem(), apple.rootPem()), KeptDeliveries.buyers("anna"), inbox, clock)
        .verify(uid, shown(product, transaction));
  }

  private static Shown shown(String product, @Nullable String transaction) {
    return new Shown(Store.APPLE, product, transaction, null);
  }

  private AppStoreServer server(String key, String root) {
    var api =
        new AppleConfig.Api(
            apple.address(),
            new Redacted<>(key),
            AppStoreStandIn.KEY_ID,
            AppStoreStandIn.ISSUER_ID,
            Duration.ofSeconds(10));
    var config =
        new AppleConfig(
            BUNDLE, null, AppleConfig.Where.SANDBOX, List.of(root), false, Optional.of(api));
    return new AppStoreServer(config, api, new AppleSignatures(config));
  }

  private static ObjectNode transaction() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("transactionId", "2002")
        .put("originalTransactionId", "2001")
        .put("productId", "premium")
        .put("purchaseDate", PAID.toEpochMilli())
        .put("expiresDate", ENDS.toEpochMilli());
  }

  private void bought(ObjectNode transaction) {
    apple.buy(transaction);
  }
}
