package app.infinitestories.functions.api.purchases;

import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.functions.web.RouterCaller.Answer;
import app.infinitestories.local.firestore.FirestoreEmulator;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.TestProject;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Codes that are worth tokens, from their making to their use. */
@FirestoreTest
class MagicTokenRoutesTest {
  private static final String CODES = "/api/v2/purchase/magic-token";
  private static final String REDEEM = CODES + "/redeem";
  private static final String GIFT = CODES + "/purchase";

  private final Firestore firestore;
  private final MoneyRig rig;

  MagicTokenRoutesTest(Firestore firestore) {
    this.firestore = firestore;
    rig = new MoneyRig(firestore);
  }

  @Test
  void aCodeBringsTokensToWhoeverIsFirstAndTheSameAnswerAgain() {
    String code = code(7);

    Answer first = redeem(rig.anna, code);
    Answer again = redeem(rig.anna, code);
    Answer other = redeem(rig.ben, code);

    assertEquals(200, first.status(), () -> first.body().toString());
    assertEquals(7, first.body().path("granted").asLong());
    assertEquals(10, first.body().at("/balance/available").asLong());
    assertEquals(first.body(), again.body());
    assertEquals(409, other.status());
    assertEquals("ALREADY_REDEEMED", other.code());
    assertTrue(rig.ledgerAgrees(rig.anna));
    assertEquals(3, rig.account(rig.anna).available() - 7);
  }

  @Test
  void itDoesNotMatterHowACodeIsTyped() {
    String code = code(2);

    Answer sloppy = redeem(rig.anna, " " + code.toLowerCase(Locale.ROOT).replace("-", " "));

    assertEquals(200, sloppy.status());
  }

  @Test
  void ofManyAtOnceOneGetsTheTokens() throws Exception {
    String code = code(5);
    var calls = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 12; i++) {
      String user = rig.run + "user" + i % 6;
      calls.add(() -> redeem(user, code).status());
    }
    var statuses = new ArrayList<Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(calls)) {
        statuses.add(done.get());
      }
    }

    assertEquals(2, statuses.stream().filter(status -> status == 200).count());
    assertEquals(10, statuses.stream().filter(status -> status == 409).count());
    long all = 0;
    for (int i = 0; i < 6; i++) {
      all += rig.account(rig.run + "user" + i).available();
      assertTrue(rig.ledgerAgrees(rig.run + "user" + i));
    }
    assertEquals(6 * 3 + 5, all);
  }

  @Test
  void unknownAndExpiredCodesLookTheSame() {
    String code = code(2);
    rig.clock.add(Duration.ofDays(31));

    Answer expired = redeem(rig.anna, code);
    Answer unknown = redeem(rig.anna, "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA-A");

    assertEquals(404, expired.status());
    assertEquals(expired.body().path("error"), unknown.body().path("error"));
    assertEquals(expired.code(), unknown.code());
  }

  @Test
  void onlyStaffMakeCodesAndNobodyCanReadThemBack() {
    Answer refused = rig.as(rig.anna).send("POST", CODES, order(1, 5, "2026-12-21T12:00:00Z"));
    Answer made = rig.staff().send("POST", CODES, order(900, 5, "2026-12-21T12:00:00Z"));

    assertEquals(403, refused.status());
    assertEquals(201, made.status());
    var codes = new HashSet<String>();
    made.body().path("codes").forEach(each -> codes.add(each.asText()));
    assertEquals(900, codes.size());
    codes.forEach(each -> assertTrue(each.matches("([0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-Z]"), each));
    for (DocumentSnapshot kept : on(firestore.collection("magicTokens").get()).getDocuments()) {
      String everything = kept.getId() + kept.getData();
      assertFalse(codes.stream().anyMatch(code -> everything.contains(code.replace("-", ""))));
    }
    assertEquals(
        400, rig.staff().send("POST", CODES, order(1, 5, "2026-11-21T11:00:00Z")).status());
    assertEquals(
        400, rig.staff().send("POST", CODES, order(1001, 5, "2026-12-21T12:00:00Z")).status());
  }

  @BeforeEach
  void emptyDatabase(FirestoreEmulator emulator, TestProject project) {
    // All tests come from one address, whose attempts are counted.
    emulator.clear(project.id());
  }

  @Test
  void guessingIsLimitedByUserAndByAddress() {
    var strict = new MoneyRig(firestore, 1);
    String guess = "{\"code\":\"wrong\"}";
    var statuses = new ArrayList<Integer>();
    for (int i = 0; i < 11; i++) {
      statuses.add(strict.as(strict.anna).send("POST", REDEEM, guess).status());
    }
    assertEquals(List.of(404, 429), List.of(statuses.get(9), statuses.get(10)));

    int refused = 0;
    for (int user = 0; user < 6; user++) {
      for (int i = 0; i < 9; i++) {
        Answer answer = strict.as(strict.run + "guesser" + user).send("POST", REDEEM, guess);
        refused += answer.status() == 429 ? 1 : 0;
      }
    }
    assertEquals(10 + 6 * 9 - 50, refused);
  }

  @Test
  void aBoughtGiftBecomesOneCodeAtATime() {
    String body = PurchaseRoutesTest.shown(rig.run + "g", "gift");

    Answer first = rig.as(rig.anna).send("POST", GIFT, body);
    Answer second = rig.as(rig.anna).send("POST", GIFT, body);

    assertEquals(201, first.status(), () -> first.body().toString());
    assertEquals(4, first.body().path("tokens").asLong());
    assertEquals(3, rig.account(rig.anna).available());
    String lost = first.body().path("code").asText();
    String shown = second.body().path("code").asText();
    assertNotEquals(lost, shown);
    assertEquals(404, redeem(rig.ben, lost).status());
    assertEquals(7, redeem(rig.ben, shown).body().at("/balance/available").asLong());
    Answer third = rig.as(rig.anna).send("POST", GIFT, body);
    assertEquals(409, third.status());
    assertEquals("ALREADY_REDEEMED", third.code());
  }

  @Test
  void aRefundedGiftIsWorthNothing() {
    String code = gift("r");

    rig.refunded(rig.run + "r");

    assertEquals(404, redeem(rig.ben, code).status());
    Answer another =
        rig.as(rig.anna).send("POST", GIFT, PurchaseRoutesTest.shown(rig.run + "r", "gift"));
    assertEquals(409, another.status());
  }

  @Test
  void aRefundTakesBackWhatAGiftBroughtFromWhoeverTookItIn() {
    redeem(rig.ben, gift("b"));
    assertEquals(7, rig.account(rig.ben).available());
    rig.clock.add(Duration.ofMinutes(1));

    rig.refunded(rig.run + "b");

    assertEquals(3, rig.account(rig.ben).available());
    assertEquals(3, rig.account(rig.anna).available());
    JsonNode newest = rig.as(rig.ben).get("/api/v2/purchase/ledger").body().at("/entries/0");
    assertEquals(-4, newest.path("tokens").asLong(), newest::toString);
    assertEquals("refund", newest.path("reason").asText());
  }

  @Test
  void aReversedRefundGivesTheGiftBackOnce() {
    redeem(rig.ben, gift("v"));
    rig.refunded(rig.run + "v");

    rig.clock.add(Duration.ofMinutes(1));
    rig.refundReversed(rig.run + "v");
    rig.refundReversed(rig.run + "v");

    assertEquals(7, rig.account(rig.ben).available());
  }

  @Test
  void whoTakesInTheirOwnGiftPaysItBackToo() {
    redeem(rig.anna, gift("o"));

    rig.refunded(rig.run + "o");

    assertEquals(3, rig.account(rig.anna).available());
  }

  @Test
  void aGiftTakenInWhileItIsRefundedBringsNothing() throws Exception {
    for (int round = 0; round < 20; round++) {
      String tx = "race" + round;
      String code = gift(tx);
      try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
        both.invokeAll(List.of(() -> redeem(rig.ben, code), () -> rig.refunded(rig.run + tx)));
      }
      assertEquals(3, rig.account(rig.ben).available(), tx);
    }
  }

  private String gift(String tx) {
    return rig.as(rig.anna)
        .send("POST", GIFT, PurchaseRoutesTest.shown(rig.run + tx, "gift"))
        .body()
        .path("code")
        .asText();
  }

  @Test
  void whatIsNoGiftOrNotOnesOwnBecomesNoCode() {
    assertEquals(
        400,
        rig.as(rig.anna)
            .send("POST", GIFT, PurchaseRoutesTest.shown(rig.run + "n", "five"))
            .status());
    rig.as(rig.anna).send("POST", GIFT, PurchaseRoutesTest.shown(rig.run + "w", "gift"));
    assertEquals(
        "OWNED_BY_OTHER",
        rig.as(rig.ben).send("POST", GIFT, PurchaseRoutesTest.shown(rig.run + "w", "gift")).code());
  }

  private String code(long tokens) {
    return rig.staff()
        .send("POST", CODES, order(1, tokens, "2026-12-21T12:00:00Z"))
        .body()
        .at("/codes/0")
        .asText();
  }

  private static String order(int count, long tokens, String expiresAt) {
    return "{\"tokens\":%d,\"count\":%d,\"expiresAt\":\"%s\",\"campaign\":\"autumn\"}"
        .formatted(tokens, count, expiresAt);
  }

  private Answer redeem(String user, String code) {
    return rig.as(user).send("POST", REDEEM, "{\"code\":\"" + code + "\"}");
  }
}
