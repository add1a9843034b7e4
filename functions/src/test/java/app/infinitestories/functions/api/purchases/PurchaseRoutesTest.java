package app.infinitestories.functions.api.purchases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.functions.web.RouterCaller.Answer;
import app.infinitestories.testkit.FirestoreTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.firestore.Firestore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What users see of their money. */
@FirestoreTest
class PurchaseRoutesTest {
  private static final String BALANCE = "/api/v2/purchase/balance";
  private static final String LEDGER = "/api/v2/purchase/ledger";
  private static final String HISTORY = "/api/v1/purchase/history";
  private static final String VERIFY = "/api/v1/purchase/verify";

  private final MoneyRig rig;

  PurchaseRoutesTest(Firestore firestore) {
    rig = new MoneyRig(firestore);
  }

  @Test
  void aNewUserHasTheStartingTokensAndTheMonthsQuota() {
    JsonNode balance = rig.as(rig.anna).get(BALANCE).body();

    assertEquals(
        "{\"available\":3,\"held\":0,\"monthly\":{\"used\":0,\"limit\":10,"
            + "\"resetsAt\":\"2026-12-01T00:00:00Z\"},\"subscription\":{\"tier\":\"free\","
            + "\"store\":null,\"productId\":null,\"expiresAt\":null,\"willRenew\":false,"
            + "\"inGrace\":false}}",
        balance.toString());
  }

  @Test
  void aSubscriptionShowsInBalanceAndByItself() {
    rig.bought(rig.run + "s", "monthly", rig.anna, Duration.ofDays(30));

    JsonNode balance = rig.as(rig.anna).get(BALANCE).body();
    JsonNode subscription =
        rig.as(rig.anna).get("/api/v1/purchase/subscription").body().path("subscription");

    assertEquals(50, balance.at("/monthly/limit").asLong());
    assertEquals("2026-12-21T00:00:00Z", balance.at("/monthly/resetsAt").asText());
    assertEquals("premium", subscription.path("tier").asText());
    assertEquals("apple", subscription.path("store").asText());
    assertEquals("2026-12-21T12:00:00Z", subscription.path("expiresAt").asText());
    assertTrue(subscription.path("willRenew").asBoolean());
    assertEquals(subscription, balance.path("subscription"));
  }

  @Test
  void theLedgerIsReadPageByPageNewestFirst() {
    rig.as(rig.anna).get(BALANCE);
    for (int i = 0; i < 4; i++) {
      rig.clock.add(Duration.ofMinutes(1));
      rig.bought(rig.run + "l" + i, "five", rig.anna, null);
    }

    var balances = new ArrayList<Long>();
    String cursor = "";
    do {
      JsonNode page = rig.as(rig.anna).get(LEDGER + "?limit=2" + cursor).body();
      page.path("entries").forEach(entry -> balances.add(entry.path("balanceAfter").asLong()));
      cursor =
          page.path("nextCursor").isNull() ? "" : "&cursor=" + page.path("nextCursor").asText();
    } while (!cursor.isEmpty());

    assertEquals(List.of(23L, 18L, 13L, 8L, 3L), balances);
    JsonNode newest = rig.as(rig.anna).get(LEDGER + "?limit=1").body().at("/entries/0");
    assertEquals("grant", newest.path("kind").asText());
    assertEquals("purchase", newest.path("reason").asText());
    assertEquals(
        rig.as(rig.anna).get(HISTORY + "?limit=1").body().at("/purchases/0/id"),
        newest.path("purchaseId"));
    assertEquals(400, rig.as(rig.anna).get(LEDGER + "?cursor=nonsense").status());
    assertEquals(400, rig.as(rig.anna).get(LEDGER + "?limit=101").status());
  }

  @Test
  void afterATransferAPurchaseIsVerifiedForItsNewOwnerAlone() {
    String tx = rig.run + "moved";
    rig.storeNames(tx, rig.anna);
    assertEquals(200, rig.as(rig.anna).send("POST", VERIFY, shown(tx, "gift")).status());
    rig.clock.add(Duration.ofMinutes(1));
    rig.transferred(rig.anna, rig.ben);

    assertEquals(200, rig.as(rig.ben).send("POST", VERIFY, shown(tx, "gift")).status());
    assertEquals("OWNED_BY_OTHER", rig.as(rig.anna).send("POST", VERIFY, shown(tx, "gift")).code());
    String gift = "/api/v2/purchase/magic-token/purchase";
    assertEquals(201, rig.as(rig.ben).send("POST", gift, shown(tx, "gift")).status());
  }

  @Test
  void theHistoryTellsWhatBecameOfEachPurchase() {
    rig.bought(rig.run + "h1", "five", rig.anna, null);
    rig.clock.add(Duration.ofDays(1));
    rig.bought(rig.run + "h2", "monthly", rig.anna, Duration.ofDays(30));
    rig.clock.add(Duration.ofDays(1));
    rig.bought(rig.run + "h3", "five", rig.anna, null);
    rig.refunded(rig.run + "h3");
    rig.bought(rig.run + "h4", "five", rig.ben, null);
    rig.clock.add(Duration.ofDays(40));

    JsonNode purchases = rig.as(rig.anna).get(HISTORY).body().path("purchases");

    assertEquals(List.of("refunded", "expired", "active"), texts(purchases, "state"));
    assertEquals(List.of("consumable", "subscription", "consumable"), texts(purchases, "kind"));
    assertEquals(List.of("0", "0", "5"), texts(purchases, "tokens"));
    Answer first = rig.as(rig.anna).get(HISTORY + "?limit=1");
    Answer second =
        rig.as(rig.anna)
            .get(HISTORY + "?limit=1&cursor=" + first.body().path("nextCursor").asText());
    assertEquals(List.of("expired"), texts(second.body().path("purchases"), "state"));
  }

  @Test
  void aPurchaseThatIsShownIsCreditedOnce() {
    String body = shown(rig.run + "v", "five");

    Answer first = rig.as(rig.anna).send("POST", VERIFY, body);
    Answer second = rig.as(rig.anna).send("POST", VERIFY, body);

    assertEquals(200, first.status(), () -> first.body().toString());
    assertEquals(8, first.body().at("/balance/available").asLong());
    assertEquals("active", first.body().at("/purchase/state").asText());
    assertEquals(first.body(), second.body());
    assertTrue(rig.ledgerAgrees(rig.anna));
  }

  @Test
  void whatBelongsToAnotherIsRefusedWithAnIdForSupport() {
    rig.as(rig.anna).send("POST", VERIFY, shown(rig.run + "o", "five"));

    Answer refused = rig.as(rig.ben).send("POST", VERIFY, shown(rig.run + "o", "five"));

    assertEquals(409, refused.status());
    assertEquals("OWNED_BY_OTHER", refused.code());
    assertEquals(
        rig.as(rig.anna).get(HISTORY).body().at("/purchases/0/id").asText(),
        refused.detail("supportId"));
    assertEquals(3, rig.account(rig.ben).available());
    assertEquals(8, rig.account(rig.anna).available());
  }

  @Test
  void aPurchaseMustBeNamedAsItsStoreNamesIt() {
    Answer google =
        rig.as(rig.anna)
            .send(
                "POST",
                VERIFY,
                "{\"store\":\"google\",\"productId\":\"five\",\"transactionId\":\"1\"}");
    Answer other =
        rig.as(rig.anna).send("POST", VERIFY, "{\"store\":\"other\",\"productId\":\"five\"}");

    assertEquals(400, google.status());
    assertFalse(google.detail("purchaseToken").isEmpty());
    assertEquals(400, other.status());
  }

  static String shown(String tx, String product) {
    return "{\"store\":\"apple\",\"productId\":\"%s\",\"transactionId\":\"%s\"}"
        .formatted(product, tx);
  }

  private static List<String> texts(JsonNode list, String field) {
    var texts = new ArrayList<String>();
    list.forEach(each -> texts.add(each.path(field).asText()));
    return texts;
  }
}
