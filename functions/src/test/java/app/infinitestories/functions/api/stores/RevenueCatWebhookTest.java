package app.infinitestories.functions.api.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.functions.web.HttpSettings;
import app.infinitestories.functions.web.RouterCaller;
import app.infinitestories.functions.web.Routers;
import app.infinitestories.local.stores.RevenueCatStandIn;
import app.infinitestories.platform.Redacted;
import app.infinitestories.purchases.Delivery;
import app.infinitestories.purchases.Store;
import app.infinitestories.purchases.StoreEvent;
import app.infinitestories.purchases.StoreEvent.Kind;
import app.infinitestories.purchases.revenuecat.ProveWebhook;
import app.infinitestories.purchases.revenuecat.ReadBack;
import app.infinitestories.purchases.revenuecat.ReadEvent;
import app.infinitestories.purchases.revenuecat.ReceiveWebhook;
import app.infinitestories.purchases.revenuecat.RevenueCatConfig;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RevenueCat's webhooks as they come over HTTP: who is let in, and what each type means. */
class RevenueCatWebhookTest {
  private static final String PATH = "/api/v2/purchase/revenuecat/webhook";
  private static final String SECRET = "sample-current";
  private static final String BEFORE = "sample-previous";
  private static final String KEY = "sample-signing-key";
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final long PAID = Instant.parse("2026-05-01T11:00:00Z").toEpochMilli();
  private static final long TOLD = Instant.parse("2026-05-01T11:30:00Z").toEpochMilli();
  private static final long ENDS = Instant.parse("2026-06-01T11:00:00Z").toEpochMilli();

  private final Inbox inbox = new Inbox();

  private RevenueCatConfig config(boolean signed, boolean sandboxCounts) {
    return new RevenueCatConfig(
        List.of(new Redacted<>(SECRET), new Redacted<>(BEFORE)),
        signed ? List.of(new Redacted<>(KEY)) : List.of(),
        Optional.empty(),
        URI.create("http://127.0.0.1:1"),
        Duration.ofSeconds(5),
        sandboxCounts);
  }

  private RouterCaller asking(RevenueCatConfig config) {
    var clock = Clock.fixed(NOW, ZoneOffset.UTC);
    var routes =
        new StoreRoutes(
            new RevenueCatDoor(
                new ProveWebhook(config, clock),
                new ReceiveWebhook(
                    new ReadEvent(
                        ids -> ids.stream().filter("known-uid"::equals).findFirst(),
                        config.sandboxCounts()),
                    inbox,
                    ReadBack.of(config))),
            Doors.closedToApple(inbox),
            Doors.closedToGoogle());
    return new RouterCaller(
            Routers.of(r -> r.under("/api", routes), new HttpSettings(Set.of(), 1), clock))
        .as("nobody")
        .with("Authorization", SECRET);
  }

  private RouterCaller plain() {
    return asking(config(false, false));
  }

  private static String event(String type, String more) {
    return """
    {"api_version": "1.0", "event": {"id": "e-1", "type": "%s", "environment": "PRODUCTION",
     "app_user_id": "known-uid", "store": "APP_STORE", "product_id": "tokens_10",
     "transaction_id": "2002", "original_transaction_id": "2001",
     "event_timestamp_ms": %d, "purchased_at_ms": %d, "expiration_at_ms": %d, "unheard_of": [1]%s}}
    """
        .formatted(type, TOLD, PAID, ENDS, more);
  }

  private StoreEvent told(String body) {
    assertEquals(200, plain().send("POST", PATH, body).status());
    return inbox.only().event().orElseThrow();
  }

  private String ignored(String body) {
    assertEquals(200, plain().send("POST", PATH, body).status());
    Delivery kept = inbox.only();
    assertEquals(Optional.empty(), kept.event());
    assertEquals(body, kept.raw());
    return String.valueOf(kept.ignored());
  }

  private static String signature(String key, Instant at, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      String text = at.getEpochSecond() + "." + body;
      byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return "t=" + at.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void keepsWhatItIsToldVerbatim() {
    String body = event("INITIAL_PURCHASE", "");

    var answer = plain().send("POST", PATH, body);

    assertEquals(200, answer.status());
    assertEquals("applied", answer.body().path("outcome").asText());
    assertEquals(body, inbox.only().raw());
    assertEquals("revenuecat", inbox.only().source());
    assertEquals("e-1", inbox.only().id());
  }

  @Test
  void refusesAWrongSecret() {
    assertEquals(401, plain().with("Authorization", "other").send("POST", PATH, "{}").status());
    assertEquals(List.of(), inbox.kept());
  }

  @Test
  void refusesEverybodyWithoutASecretOfItsOwn() {
    var nothing =
        new RevenueCatConfig(
            List.of(),
            List.of(),
            Optional.empty(),
            URI.create("http://127.0.0.1:1"),
            Duration.ofSeconds(5),
            false);

    assertEquals(401, asking(nothing).with("Authorization", "").send("POST", PATH, "{}").status());
  }

  @ParameterizedTest
  @ValueSource(strings = {SECRET, BEFORE, "Bearer " + SECRET})
  void takesTheCurrentAndThePreviousSecret(String authorization) {
    String body = event("TEST", "");

    assertEquals(
        200, plain().with("Authorization", authorization).send("POST", PATH, body).status());
  }

  @Test
  void limitsWrongGuessesByAddressAndNobodyElse() {
    RouterCaller all = plain();
    RouterCaller guessing = all.with("Authorization", "guess");
    for (int i = 0; i < 20; i++) {
      assertEquals(401, guessing.send("POST", PATH, "{}").status());
    }

    assertEquals(429, guessing.send("POST", PATH, "{}").status());
    assertEquals(200, all.send("POST", PATH, event("TEST", "")).status());
  }

  @Test
  void takesASignedWebhook() {
    String body = event("TEST", "");

    for (String header : List.of("X-RevenueCat-Webhook-Signature", "X-RevenueCat-Signature")) {
      assertEquals(
          200,
          asking(config(true, false))
              .with(header, signature(KEY, NOW.minusSeconds(299), body))
              .send("POST", PATH, body)
              .status());
    }
  }

  @Test
  void refusesAWebhookWithoutTheSignatureThatIsAskedFor() {
    assertEquals(401, asking(config(true, false)).send("POST", PATH, event("TEST", "")).status());
  }

  private int withSignature(String signature, String body) {
    return asking(config(true, false))
        .with("X-RevenueCat-Webhook-Signature", signature)
        .send("POST", PATH, body)
        .status();
  }

  @Test
  void refusesASignatureByAnotherKey() {
    String body = event("TEST", "");

    assertEquals(401, withSignature(signature("other", NOW, body), body));
  }

  @Test
  void refusesAnOldTimestamp() {
    String body = event("TEST", "");

    assertEquals(401, withSignature(signature(KEY, NOW.minusSeconds(301), body), body));
    assertEquals(401, withSignature(signature(KEY, NOW.plusSeconds(301), body), body));
  }

  @Test
  void refusesABodyChangedByOneByte() {
    String body = event("TEST", "");
    String signature = signature(KEY, NOW, body);

    assertEquals(401, withSignature(signature, body.replace("known-uid", "known-uie")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "v1=00", "t=abc,v1=00", "t=1", "t=1,t=2,v1=00", "t=99999999999999999"})
  void refusesASignatureThatIsNone(String signature) {
    assertEquals(401, withSignature(signature, event("TEST", "")));
  }

  @Test
  void asksAgainForWhatCouldNotBeKept() {
    inbox.breakDown();

    assertEquals(503, plain().send("POST", PATH, event("RENEWAL", "")).status());
  }

  static Stream<Arguments> unreadable() {
    String number = "9".repeat(1500);
    String deep = "[".repeat(2000) + "]".repeat(2000);
    return Stream.of(
        Arguments.of("broken off", "{\"event\":"),
        Arguments.of("no JSON", "event=RENEWAL"),
        Arguments.of("a long number", event("RENEWAL", ", \"more\": " + number)),
        Arguments.of("a long name", event("RENEWAL", ", \"" + "n".repeat(60_000) + "\": 1")),
        Arguments.of("too deep", event("RENEWAL", ", \"more\": " + deep)),
        Arguments.of("a long id", event("RENEWAL", "").replace("2002", "2".repeat(1001))),
        Arguments.of("a long store", event("RENEWAL", "").replace("APP_STORE", number)),
        Arguments.of("a crowd", transfer(IntStream.range(0, 101).mapToObj(i -> "u" + i).toList())));
  }

  private static String transfer(List<String> from) {
    return """
    {"event": {"type": "TRANSFER", "id": "e-9", "event_timestamp_ms": %d, "store": "APP_STORE",
     "transferred_from": ["%s"], "transferred_to": ["uid-2"]}}
    """
        .formatted(TOLD, String.join("\", \"", from));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unreadable")
  void keepsWhatCannotBeReadForSomebodyToLookAt(String what, String body) {
    try (var log = new LogRecorder(Delivery.class)) {
      assertTrue(ignored(body).startsWith("unreadable: "), what);

      assertEquals(1, log.of(Level.SEVERE).size());
      assertTrue(log.of(Level.SEVERE).getFirst().contains("purchase.unreadable"));
    }
  }

  @Test
  void asksForNothingUnreadableTwice() {
    RouterCaller all = plain();
    all.send("POST", PATH, "no JSON");

    assertEquals("repeated", all.send("POST", PATH, "no JSON").body().path("outcome").asText());
    assertEquals(1, inbox.kept().size());
  }

  @Test
  void keepsEveryByteOfWhatIsNoText() {
    byte[] body = {'{', (byte) 0xff, '}'};

    assertEquals(200, plain().ask("POST", PATH, body).status());

    assertEquals("data:application/octet-stream;base64,e/99", inbox.only().raw());
  }

  @Test
  void refusesALetterInPartsOfWhichNothingIsLeft() {
    RouterCaller inParts = plain().with("Content-Type", "multipart/form-data; boundary=x");

    assertEquals(415, inParts.ask("POST", PATH, new byte[0]).status());
    assertEquals(List.of(), inbox.kept());
  }

  @Test
  void keepsNothingUnreadableOfWhoProvesNothing() {
    assertEquals(401, withSignature(signature("other", NOW, "no JSON"), "no JSON"));
    assertEquals(List.of(), inbox.kept());
  }

  @Test
  void aFaultOfOursIsNotTheSendersFault() {
    inbox.breakWith(new IllegalArgumentException("a fault of ours"));

    assertEquals(500, plain().send("POST", PATH, event("RENEWAL", "")).status());
  }

  @Test
  void refusesWhatIsTooLargeToKeepAndSaysSoInTheLog() {
    try (var log = new LogRecorder(RevenueCatSender.class)) {
      assertEquals(413, plain().send("POST", PATH, "x".repeat(600_000)).status());

      assertEquals(1, log.of(Level.SEVERE).size());
    }
  }

  @Test
  void keepsABodyWithoutAnEvent() {
    assertEquals("no event", ignored("{\"api_version\": \"2.0\"}"));
  }

  @Test
  void keepsAnUnknownType() {
    assertEquals("unknown type", ignored(event("SUBSCRIPTION_SUNG_ABOUT", "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TEST",
        "INVOICE_ISSUANCE",
        "VIRTUAL_CURRENCY_TRANSACTION",
        "EXPERIMENT_ENROLLMENT",
        "PURCHASE_REDEEMED",
        "PRICE_INCREASE_CONSENT_REQUIRED",
        "PAYWALL_IMPRESSION",
        "SUBSCRIBER_ALIAS"
      })
  void knowinglyIgnores(String type) {
    assertEquals("changes no purchase: " + type, ignored(event(type, "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"INITIAL_PURCHASE", "RENEWAL"})
  void aPurchaseCountsFromWhenItWasPaid(String type) {
    assertEquals(
        new StoreEvent(
            "revenuecat:e-1",
            Instant.ofEpochMilli(PAID),
            Kind.PURCHASE,
            Store.APPLE,
            "apple:2001",
            "apple:2002",
            "tokens_10",
            "known-uid",
            Instant.ofEpochMilli(ENDS),
            null,
            true,
            List.of(),
            List.of()),
        told(event(type, "")));
  }

  @Test
  void aTimeThatCannotBeKeptCountsAsNone() {
    StoreEvent told =
        told(
            event("NON_RENEWING_PURCHASE", "")
                .replace(String.valueOf(PAID), String.valueOf(Long.MAX_VALUE)));

    assertEquals(Instant.ofEpochMilli(TOLD), told.at());
  }

  @Test
  void anUnknownProductIsAnEventLikeAnyOther() {
    StoreEvent told =
        told(event("NON_RENEWING_PURCHASE", "").replace("tokens_10", "never_heard_of"));

    assertEquals("never_heard_of", told.product());
    assertEquals(Kind.PURCHASE, told.kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SUBSCRIPTION_EXTENDED", "TEMPORARY_ENTITLEMENT_GRANT"})
  void anExtensionMovesTheEnd(String type) {
    StoreEvent told = told(event(type, ""));

    assertEquals(Kind.EXTEND, told.kind());
    assertEquals(Instant.ofEpochMilli(ENDS), told.expiresAt());
  }

  @Test
  void aCancellationBySupportIsARefund() {
    StoreEvent told = told(event("CANCELLATION", ", \"cancel_reason\": \"CUSTOMER_SUPPORT\""));

    assertEquals(Kind.REFUND, told.kind());
    assertEquals("apple:2002", told.tx());
    assertEquals(Instant.ofEpochMilli(TOLD), told.at());
  }

  @Test
  void aCancellationByTheSubscriberEndsNothingYet() {
    StoreEvent told = told(event("CANCELLATION", ", \"cancel_reason\": \"UNSUBSCRIBE\""));

    assertEquals(Kind.WILL_RENEW, told.kind());
    assertEquals(false, told.willRenew());
  }

  @Test
  void aCancellationMayBeTakenBack() {
    StoreEvent told = told(event("UNCANCELLATION", ""));

    assertEquals(Kind.WILL_RENEW, told.kind());
    assertEquals(true, told.willRenew());
  }

  @Test
  void aPauseDoesNotRevoke() {
    StoreEvent told = told(event("SUBSCRIPTION_PAUSED", ""));

    assertEquals(Kind.WILL_RENEW, told.kind());
    assertEquals(false, told.willRenew());
  }

  @Test
  void aChangeOfProductTellsWhatComesNext() {
    StoreEvent told = told(event("PRODUCT_CHANGE", ", \"new_product_id\": \"premium_yearly\""));

    assertEquals(Kind.WILL_RENEW, told.kind());
    assertEquals("premium_yearly", told.product());
  }

  @Test
  void aBillingIssueOpensTheGracePeriod() {
    StoreEvent told = told(event("BILLING_ISSUE", ", \"grace_period_expiration_at_ms\": " + ENDS));

    assertEquals(Kind.GRACE, told.kind());
    assertEquals(Instant.ofEpochMilli(ENDS), told.graceUntil());
  }

  @Test
  void aBillingIssueWithoutGraceChangesNothing() {
    assertEquals(
        "a billing issue without a grace period",
        ignored(event("BILLING_ISSUE", ", \"grace_period_expiration_at_ms\": null")));
  }

  @Test
  void anExpirationToldLateCountsFromWhenThePeriodEnded() {
    StoreEvent told =
        told(event("EXPIRATION", "").replace(Long.toString(ENDS), Long.toString(PAID)));

    assertEquals(Kind.EXPIRE, told.kind());
    assertEquals(Instant.ofEpochMilli(PAID), told.at());
    assertEquals(Instant.ofEpochMilli(PAID), told.expiresAt());
  }

  @Test
  void anUnpaidSubscriptionExpiresWhenItsGraceIsOver() {
    StoreEvent told =
        told(
            event("EXPIRATION", ", \"expiration_reason\": \"BILLING_ERROR\"")
                .replace(Long.toString(ENDS), Long.toString(PAID)));

    assertEquals(Instant.ofEpochMilli(TOLD), told.at());
  }

  @Test
  void aRefundMayBeReversed() {
    StoreEvent told = told(event("REFUND_REVERSED", ""));

    assertEquals(Kind.REFUND_REVERSED, told.kind());
    assertEquals("apple:2002", told.tx());
  }

  @Test
  void aTransferNamesBothSidesAndNoUser() {
    StoreEvent told =
        told(
            """
            {"event": {"type": "TRANSFER", "id": "e-9", "event_timestamp_ms": %d,
             "store": "APP_STORE", "environment": "PRODUCTION",
             "transferred_from": ["$RCAnonymousID:aa", "uid-1"],
             "transferred_to": ["$RCAnonymousID:bb", "uid-2", "a/b"]}}
            """
                .formatted(TOLD));

    assertEquals(Kind.TRANSFER, told.kind());
    assertEquals(List.of("uid-1", "$RCAnonymousID:aa"), told.from());
    assertEquals(List.of("uid-2", "$RCAnonymousID:bb"), told.to());
    assertEquals(null, told.chain());
    assertEquals(null, told.user());
  }

  @Test
  void anEventOfASandboxIsKeptAndCreditsNothing() {
    assertEquals("sandbox", ignored(event("RENEWAL", "").replace("PRODUCTION", "SANDBOX")));
  }

  @Test
  void anEventOfASandboxCountsWhereItIsAllowed() {
    String body = event("RENEWAL", "").replace("PRODUCTION", "SANDBOX");

    assertEquals(200, asking(config(false, true)).send("POST", PATH, body).status());

    assertTrue(inbox.only().event().isPresent());
  }

  @Test
  void aPurchaseWithoutAnyUserWaitsForOne() {
    StoreEvent told = told(event("RENEWAL", "").replace("\"app_user_id\": \"known-uid\",", ""));

    assertEquals(null, told.user());
    assertEquals("apple:2002", told.tx());
  }

  @Test
  void aUserOfOursIsFoundAmongTheOtherIds() {
    StoreEvent told =
        told(
            event(
                    "RENEWAL",
                    """
                    , "original_app_user_id": "$RCAnonymousID:aa",
                     "aliases": ["$RCAnonymousID:aa", "known-uid"]\
                    """)
                .replace("\"app_user_id\": \"known-uid\"", "\"app_user_id\": \"somebody\""));

    assertEquals("known-uid", told.user());
  }

  @Test
  void anAnonymousIdIsBetterThanNone() {
    StoreEvent told = told(event("RENEWAL", "").replace("\"known-uid\"", "\"$RCAnonymousID:aa\""));

    assertEquals("$RCAnonymousID:aa", told.user());
  }

  @Test
  void googlesRenewalsShareAChainAndTheirBasePlanIsLeftOut() {
    StoreEvent told =
        told(
            event("RENEWAL", "")
                .replace("APP_STORE", "PLAY_STORE")
                .replace("\"2002\"", "\"GPA.1-2-3-4..7\"")
                .replace("\"2001\"", "\"GPA.1-2-3-4\"")
                .replace("tokens_10", "premium:monthly"));

    assertEquals("google:GPA.1-2-3-4", told.chain());
    assertEquals("google:GPA.1-2-3-4..7", told.tx());
    assertEquals("premium", told.product());
  }

  @Test
  void aPurchaseWithoutATransactionIsKeptAndChangesNothing() {
    assertEquals(
        "incomplete RENEWAL: no transaction_id",
        ignored(event("RENEWAL", "").replace("\"transaction_id\": \"2002\",", "")));
  }

  private void withReadBack(String key, Consumer<RevenueCatStandIn> test) {
    var revenueCat = new RevenueCatStandIn(0, SECRET, KEY, Clock.fixed(NOW, ZoneOffset.UTC));
    revenueCat.start();
    try {
      var config =
          new RevenueCatConfig(
              List.of(new Redacted<>(SECRET)),
              List.of(),
              Optional.of(new Redacted<>(key)),
              revenueCat.address(),
              Duration.ofSeconds(5),
              false);
      test.accept(revenueCat);
      assertEquals(200, asking(config).send("POST", PATH, event("RENEWAL", "")).status());
    } finally {
      revenueCat.stop();
    }
  }

  private static ObjectNode subscription(String transaction, String ends) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("store", "app_store")
        .put("store_transaction_id", transaction)
        .put("expires_date", ends)
        .putNull("grace_period_expires_date")
        .putNull("refunded_at")
        .put("unsubscribe_detected_at", "2026-05-01T11:59:00Z");
  }

  private static void premium(RevenueCatStandIn revenueCat, String transaction) {
    ObjectNode subscriber = JsonNodeFactory.instance.objectNode();
    subscriber
        .putObject("subscriptions")
        .<ObjectNode>set("other", subscription("77", "2030-01-01T00:00:00Z"))
        .set("premium", subscription(transaction, "2026-07-01T11:00:00Z"));
    revenueCat.put("known-uid", subscriber);
  }

  @Test
  void theSubscriberIsReadBackAndTheAnswerDecides() {
    withReadBack(RevenueCatStandIn.API_KEY, revenueCat -> premium(revenueCat, "2002"));

    StoreEvent snapshot = inbox.kept().getLast().event().orElseThrow();
    assertEquals(Kind.SNAPSHOT, snapshot.kind());
    assertEquals(NOW, snapshot.at());
    assertEquals("apple:2001", snapshot.chain());
    assertEquals("premium", snapshot.product());
    assertEquals(Instant.parse("2026-07-01T11:00:00Z"), snapshot.expiresAt());
    assertEquals(false, snapshot.willRenew());
  }

  @Test
  void whatMayBeAnotherSubscriptionIsLeftAlone() {
    withReadBack(RevenueCatStandIn.API_KEY, revenueCat -> premium(revenueCat, "5005"));

    assertEquals(Kind.PURCHASE, inbox.only().event().orElseThrow().kind());
  }

  @Test
  void anAnswerThatIsTooLongToKeepIsLeftAlone() {
    withReadBack(
        RevenueCatStandIn.API_KEY,
        revenueCat -> {
          ObjectNode subscriber = JsonNodeFactory.instance.objectNode();
          subscriber
              .put("more", "x".repeat(300_000))
              .putObject("subscriptions")
              .set("premium", subscription("2002", "2026-07-01T11:00:00Z"));
          revenueCat.put("known-uid", subscriber);
        });

    assertEquals(Kind.PURCHASE, inbox.only().event().orElseThrow().kind());
  }

  @Test
  void aRefusedReadingBackCostsNothing() {
    withReadBack("sk_other", revenueCat -> premium(revenueCat, "2002"));

    assertEquals(Kind.PURCHASE, inbox.only().event().orElseThrow().kind());
  }

  @Test
  void takesWhatTheStandInSigns() {
    var revenueCat = new RevenueCatStandIn(0, SECRET, KEY, Clock.fixed(NOW, ZoneOffset.UTC));
    String body = revenueCat.webhook(JsonNodeFactory.instance.objectNode().put("type", "TEST"));

    assertEquals(200, withSignature(revenueCat.signature(body), body));
  }

  @Test
  void anEventStaysWhenItsSubscriberCannotBeReadBack() {
    var config =
        new RevenueCatConfig(
            List.of(new Redacted<>(SECRET)),
            List.of(),
            Optional.of(new Redacted<>("sk_sample")),
            URI.create("http://127.0.0.1:1"),
            Duration.ofSeconds(5),
            false);

    assertEquals(200, asking(config).send("POST", PATH, event("RENEWAL", "")).status());
    assertEquals(Kind.PURCHASE, inbox.only().event().orElseThrow().kind());
  }
}
