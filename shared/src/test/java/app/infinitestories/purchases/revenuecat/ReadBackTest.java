package app.infinitestories.purchases.revenuecat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.stores.RevenueCatStandIn;
import app.infinitestories.platform.Redacted;
import app.infinitestories.purchases.Delivery;
import app.infinitestories.purchases.KeptDeliveries;
import app.infinitestories.purchases.ReceiveDelivery.Outcome;
import app.infinitestories.purchases.Store;
import app.infinitestories.purchases.StoreEvent;
import app.infinitestories.purchases.StoreEvent.Kind;
import app.infinitestories.purchases.StoreIds;
import app.infinitestories.testkit.SetClock;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a subscription stands after an event, as RevenueCat's REST API says. */
class ReadBackTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final Instant ENDS = Instant.parse("2026-07-01T11:00:00Z");
  private static final Instant GRACE = Instant.parse("2026-07-07T11:00:00Z");

  private final RevenueCatStandIn revenueCat =
      new RevenueCatStandIn(0, "secret", "key", new SetClock(NOW));
  private final ObjectNode subscription =
      JsonNodeFactory.instance
          .objectNode()
          .put("store", "app_store")
          .put("store_transaction_id", "2002")
          .put("expires_date", ENDS.toString())
          .put("grace_period_expires_date", GRACE.toString())
          .putNull("refunded_at")
          .putNull("unsubscribe_detected_at");

  @BeforeEach
  void start() {
    revenueCat.start();
  }

  @AfterEach
  void stop() {
    revenueCat.stop();
  }

  @Test
  void theAnswerIsASnapshotOfTheChain() {
    has("premium");

    Delivery read = snapshot(event(Store.APPLE, "2002", "anna")).orElseThrow();

    String id = "revenuecat:e-1:read-back:" + NOW.toEpochMilli();
    assertEquals("revenuecat", read.source());
    assertEquals(id, read.id());
    assertTrue(read.raw().contains("\"expires_date\""), read.raw());
    assertEquals(
        new StoreEvent(
            "revenuecat:" + id,
            NOW,
            Kind.SNAPSHOT,
            Store.APPLE,
            "apple:2001",
            "apple:2002",
            "premium",
            "anna",
            ENDS,
            GRACE,
            true,
            List.of(),
            List.of()),
        read.event().orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({"unsubscribe_detected_at", "refunded_at"})
  void whatWasCancelledOrRefundedDoesNotRenew(String field) {
    subscription.put(field, "2026-05-01T11:59:00Z");
    has("premium");

    assertEquals(false, told(event(Store.APPLE, "2002", "anna")).willRenew());
  }

  @Test
  void timesThatAreNoneAreNone() {
    subscription.put("expires_date", "never").putNull("grace_period_expires_date");
    has("premium");

    StoreEvent told = told(event(Store.APPLE, "2002", "anna"));

    assertEquals(Optional.empty(), Optional.ofNullable(told.expiresAt()));
    assertEquals(Optional.empty(), Optional.ofNullable(told.graceUntil()));
  }

  @Test
  void onlyWhatSurelyIsOfTheSameChainCounts() {
    has("premium");

    assertEquals(Optional.empty(), snapshot(event(Store.APPLE, "5005", "anna")));
    assertEquals(Optional.empty(), snapshot(event(Store.GOOGLE, "2002", "anna")));
    assertEquals(Optional.empty(), snapshot(event(Store.APPLE, "2002", "ben")));
    subscription.put("store_transaction_id", "");
    has("premium");
    assertEquals(Optional.empty(), snapshot(event(Store.APPLE, "", "anna")));
    subscription.put("store", "stripe").put("store_transaction_id", "2002");
    has("premium");
    assertEquals(Optional.empty(), snapshot(event(Store.OTHER, "2002", "anna")));
  }

  @Test
  void anotherRenewalOfGooglesOrderIsOfTheSameChain() {
    subscription.put("store", "play_store").put("store_transaction_id", "GPA.1-2..7");
    has("premium:monthly");

    StoreEvent told = told(google("GPA.1-2..6"));

    assertEquals("google:GPA.1-2", told.chain());
    assertEquals("google:GPA.1-2..7", told.tx());
    assertEquals("premium", told.product());
    assertEquals(Optional.empty(), snapshot(google("GPA.9-9..6")));
  }

  @Test
  void onlyGooglesBasePlanIsCutOff() {
    has("premium:monthly");

    assertEquals("premium:monthly", told(event(Store.APPLE, "2002", "anna")).product());
    subscription.put("store", "play_store").put("store_transaction_id", "GPA.1-2..7");
    has("premium");
    assertEquals("premium", told(google("GPA.1-2..7")).product());
  }

  @Test
  void withoutAUserOrAChainNobodyIsAsked() {
    has("premium");
    StoreEvent event = event(Store.APPLE, "2002", "anna");

    assertEquals(Optional.empty(), snapshot(event.withoutUser()));
    assertEquals(Optional.empty(), snapshot(event(Store.APPLE, null, "2002", "anna")));
  }

  @Test
  void aRefusalOrSilenceCostsNothing() {
    has("premium");
    StoreEvent event = event(Store.APPLE, "2002", "anna");

    assertEquals(Optional.empty(), asking("sk_other", revenueCat.address()).snapshot(event));
    assertEquals(
        Optional.empty(),
        asking(RevenueCatStandIn.API_KEY, URI.create("http://127.0.0.1:1")).snapshot(event));
  }

  @Test
  void anAnswerThatIsTooLongToKeepIsNone() {
    subscription.put("note", "x".repeat(256 << 10));
    has("premium");

    assertEquals(Optional.empty(), snapshot(event(Store.APPLE, "2002", "anna")));
  }

  @Test
  void withoutAKeyNothingIsReadBack() {
    assertEquals(Optional.empty(), ReadBack.of(config(Optional.empty(), revenueCat.address())));
  }

  @Test
  void afterAnEventItsSnapshotIsDeliveredToo() {
    has("premium");
    var inbox = new KeptDeliveries();

    Outcome outcome = receive(inbox).receive(webhook("RENEWAL"));

    assertEquals(Outcome.APPLIED, outcome);
    assertEquals(
        List.of(Kind.PURCHASE, Kind.SNAPSHOT),
        inbox.all().stream().map(each -> each.event().orElseThrow().kind()).toList());
  }

  @Test
  void nothingIsAskedAfterWhatHadNoEffectNow() {
    has("premium");
    var inbox = new KeptDeliveries();
    inbox.answer(Outcome.KEPT);

    assertEquals(Outcome.KEPT, receive(inbox).receive(webhook("RENEWAL")));
    assertEquals(Outcome.REPEATED, receive(inbox).receive(webhook("RENEWAL")));

    assertEquals(1, inbox.all().size());
  }

  private ReceiveWebhook receive(KeptDeliveries inbox) {
    return new ReceiveWebhook(
        new ReadEvent(ids -> Optional.of("anna"), false),
        inbox,
        Optional.of(asking(RevenueCatStandIn.API_KEY, revenueCat.address())));
  }

  private String webhook(String type) {
    return revenueCat.webhook(
        JsonNodeFactory.instance
            .objectNode()
            .put("id", "e-1")
            .put("type", type)
            .put("app_user_id", "anna")
            .put("store", "APP_STORE")
            .put("product_id", "premium")
            .put("transaction_id", "2002")
            .put("original_transaction_id", "2001"));
  }

  private void has(String product) {
    ObjectNode subscriber = JsonNodeFactory.instance.objectNode();
    subscriber
        .putObject("subscriptions")
        .<ObjectNode>set("another", subscription.deepCopy().put("store_transaction_id", "77"))
        .set(product, subscription);
    revenueCat.put("anna", subscriber);
  }

  private Optional<Delivery> snapshot(StoreEvent event) {
    return asking(RevenueCatStandIn.API_KEY, revenueCat.address()).snapshot(event);
  }

  private StoreEvent told(StoreEvent event) {
    return snapshot(event).orElseThrow().event().orElseThrow();
  }

  private static ReadBack asking(String key, URI address) {
    return ReadBack.of(config(Optional.of(new Redacted<>(key)), address)).orElseThrow();
  }

  private static RevenueCatConfig config(Optional<Redacted<String>> key, URI address) {
    return new RevenueCatConfig(List.of(), List.of(), key, address, Duration.ofSeconds(5), false);
  }

  private static StoreEvent google(String order) {
    return event(Store.GOOGLE, StoreIds.chain(Store.GOOGLE, order), order, "anna");
  }

  private static StoreEvent event(Store store, String transaction, String user) {
    return event(store, store.word() + ":2001", transaction, user);
  }

  private static StoreEvent event(
      Store store, @Nullable String chain, String transaction, String user) {
    return new StoreEvent(
        "revenuecat:e-1",
        NOW.minusSeconds(60),
        Kind.PURCHASE,
        store,
        chain,
        store.word() + ":" + transaction,
        "premium",
        user,
        null,
        null,
        null,
        List.of(),
        List.of());
  }
}
