package app.infinitestories.accounts;

import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.testkit.FirestoreTest;
import com.google.cloud.firestore.Firestore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What happens to an account and its ledger, over the real Firestore. */
@FirestoreTest
class AccountChangeTest {
  private static final Cost STORY = new Cost(2, 1);
  private static final String NOVEMBER = "2026-11-01";

  private final AccountsRig rig;
  private final String anna;

  AccountChangeTest(Firestore firestore) {
    rig = new AccountsRig(firestore);
    anna = rig.someone();
    rig.clock.add(Duration.ofMinutes(1));
  }

  @Test
  void theQuotaPaysBeforeTheTokens() {
    Hold hold = hold("job", STORY).orElseThrow();

    assertEquals(new Hold(0, 1, NOVEMBER), hold);
    Account account = rig.account(anna);
    assertEquals(3, account.available());
    assertEquals(0, account.held());
    assertEquals(1, account.monthly().used());
    assertEquals(
        new LedgerEntry(
            "hold:job:1",
            LedgerEntry.Kind.HOLD,
            0,
            0,
            1,
            NOVEMBER,
            "job",
            "job",
            null,
            null,
            3,
            rig.clock.instant()),
        rig.lastEntry(anna));
  }

  @Test
  void theTokensPayOnceTheQuotaIsUsedUp() {
    useQuota(9);
    assertEquals(new Hold(0, 1, NOVEMBER), hold("tenth", STORY).orElseThrow());

    Hold hold = hold("eleventh", STORY).orElseThrow();

    assertEquals(new Hold(2, 0, null), hold);
    Account account = rig.account(anna);
    assertEquals(1, account.available());
    assertEquals(2, account.held());
    assertEquals(10, account.monthly().used());
    LedgerEntry entry = rig.lastEntry(anna);
    assertEquals(-2, entry.tokens());
    assertEquals(2, entry.held());
    assertEquals(0, entry.quota());
    assertEquals(1, entry.balanceAfter());
    assertTrue(rig.check(anna).agrees());
  }

  @Test
  void whatTakesNoQuotaIsPaidWithTokensToTheLastOne() {
    assertEquals(new Hold(3, 0, null), hold("all", Cost.ofTokens(3)).orElseThrow());
    assertEquals(new Hold(0, 0, null), hold("free", Cost.FREE).orElseThrow());
    assertEquals(Optional.empty(), hold("more", Cost.ofTokens(1)));

    assertEquals(0, rig.account(anna).available());
    assertEquals(3, rig.account(anna).held());
    assertEquals(0, rig.account(anna).monthly().used());
    assertEquals(3, rig.ledger(anna).size(), "a refused one is not booked");
  }

  @Test
  void whoIsInDebtGetsNothingNotEvenOfTheQuota() {
    rig.book(anna, change -> change.revoke("taken", 4, "refund", "purchase1", "inbox1"));

    assertEquals(-1, rig.account(anna).available());
    assertEquals(Optional.empty(), hold("job", STORY));
    rig.book(anna, change -> change.grant("given", 1, "purchase", "purchase2", "inbox2"));
    assertEquals(new Hold(0, 1, NOVEMBER), hold("job", STORY).orElseThrow());
  }

  @Test
  void aGrantAndARevocationSayWhy() {
    rig.book(anna, change -> change.grant("given", 5, "purchase", "purchase1", "inbox1"));
    LedgerEntry given = rig.lastEntry(anna);
    assertEquals(
        new LedgerEntry(
            "given",
            LedgerEntry.Kind.GRANT,
            5,
            0,
            0,
            null,
            "purchase",
            null,
            "purchase1",
            "inbox1",
            8,
            rig.clock.instant()),
        given);
    rig.clock.add(Duration.ofMinutes(1));

    rig.book(anna, change -> change.revoke("taken", 2, "refund", "purchase1", "inbox2"));

    LedgerEntry taken = rig.lastEntry(anna);
    assertEquals(LedgerEntry.Kind.REVOKE, taken.kind());
    assertEquals(-2, taken.tokens());
    assertEquals(6, taken.balanceAfter());
    assertEquals("inbox2", taken.source());
    assertTrue(rig.check(anna).agrees());
  }

  @Test
  void whatIsCapturedIsSpent() {
    Hold hold = hold("job", Cost.ofTokens(2)).orElseThrow();

    rig.book(anna, change -> change.capture("job", 1, hold));

    assertEquals(1, rig.account(anna).available());
    assertEquals(0, rig.account(anna).held());
    LedgerEntry entry = rig.lastEntry(anna);
    assertEquals("settle:job:1", entry.id());
    assertEquals(LedgerEntry.Kind.CAPTURE, entry.kind());
    assertEquals(0, entry.tokens());
    assertEquals(-2, entry.held());
    assertEquals("job", entry.jobId());
    assertTrue(rig.check(anna).agrees());
  }

  @Test
  void whatIsReleasedIsThereAgain() {
    Hold tokens = hold("job", Cost.ofTokens(2)).orElseThrow();
    assertEquals(tokens, release("job", tokens));
    LedgerEntry entry = rig.lastEntry(anna);
    assertEquals("settle:job:1", entry.id());
    assertEquals(LedgerEntry.Kind.RELEASE, entry.kind());
    assertEquals(2, entry.tokens());
    assertEquals(-2, entry.held());
    assertEquals("failed", entry.reason());
    assertEquals(3, entry.balanceAfter());

    Hold quota = hold("story", STORY).orElseThrow();
    assertEquals(quota, release("story", quota));

    Account account = rig.account(anna);
    assertEquals(3, account.available());
    assertEquals(0, account.held());
    assertEquals(0, account.monthly().used());
    assertEquals(-1, rig.lastEntry(anna).quota());
    assertTrue(rig.check(anna).agrees());
  }

  @Test
  void quotaOfAPeriodThatIsOverIsNotGivenBack() {
    Hold old = hold("story", STORY).orElseThrow();
    rig.clock.add(Duration.ofDays(20));
    hold("december", STORY);

    Hold returned = release("story", old);

    assertEquals(new Hold(0, 0, NOVEMBER), returned);
    assertEquals(1, rig.account(anna).monthly().used());
    assertEquals("2026-12-01", rig.account(anna).monthly().period());
    assertTrue(rig.check(anna).agrees());
  }

  @Test
  void staffGiveBackTokensAndTheQuotaOfThisPeriod() {
    hold("job", STORY);
    Hold spent = new Hold(2, 1, NOVEMBER);
    hold("tokens", Cost.ofTokens(2));

    Hold returned =
        rig.change(anna, change -> change.refund("admin:1", "job", spent, "audit of request r"));

    assertEquals(spent, returned);
    assertEquals(3, rig.account(anna).available());
    assertEquals(0, rig.account(anna).monthly().used());
    LedgerEntry entry =
        rig.ledger(anna).stream()
            .filter(each -> each.id().equals("admin:1"))
            .findFirst()
            .orElseThrow();
    assertEquals(LedgerEntry.Kind.GRANT, entry.kind());
    assertEquals(2, entry.tokens());
    assertEquals(0, entry.held());
    assertEquals(-1, entry.quota());
    assertEquals(NOVEMBER, entry.period());
    assertEquals("audit of request r", entry.source());
    assertEquals("job", entry.jobId());
    assertTrue(rig.check(anna).agrees());
  }

  @Test
  void staffDoNotGiveBackTheQuotaOfAPeriodThatIsOver() {
    Hold spent = hold("job", STORY).orElseThrow();
    rig.clock.add(Duration.ofDays(20));

    Hold returned = rig.change(anna, change -> change.refund("admin:1", "job", spent, "audit"));

    assertEquals(new Hold(0, 0, NOVEMBER), returned);
    assertTrue(rig.check(anna).agrees());
  }

  @Test
  void theUserIsToldOnceOfMostOfTheQuotaAndOnceOfAll() {
    useQuota(7);
    assertEquals(List.of(), rig.outbox(anna));
    hold("eighth", STORY);
    Map<String, Object> told = rig.outbox(anna).getFirst();
    assertEquals("quota", told.get("kind"));
    assertEquals("pending", told.get("state"));
    assertEquals(80L, told.get("percent"));
    assertEquals(8L, told.get("used"));
    assertEquals(10L, told.get("limit"));
    assertEquals(NOVEMBER, told.get("period"));
    on(
        rig.firestore
            .document("outbox/quota:" + anna + ":" + NOVEMBER + ":80")
            .update("state", "sent"));
    hold("ninth", STORY);
    assertEquals(
        List.of("sent"), rig.outbox(anna).stream().map(each -> each.get("state")).toList());

    hold("tenth", STORY);

    assertEquals(
        List.of(80L, 100L),
        rig.outbox(anna).stream().map(each -> each.get("percent")).sorted().toList());
    assertEquals(100, rig.account(anna).monthly().alerted());
  }

  @Test
  void nobodyIsToldTwiceAboutTheSameMonth() {
    useQuota(7);
    Hold eighth = hold("job7", STORY).orElseThrow();
    rig.change(anna, change -> change.release("job7", 1, eighth, "failed"));

    var again = new AccountChange(rig.account(anna), rig.clock.instant());
    again.hold("again", 1, STORY);

    assertEquals(8, again.monthly().used());
    assertTrue(rig.commit(anna, again));
    assertEquals(1, rig.outbox(anna).size());
  }

  @Test
  void ofTwoThresholdsAtOnceTheHigherIsTold() {
    hold("ten", new Cost(0, 10));

    assertEquals(
        List.of(100L), rig.outbox(anna).stream().map(each -> each.get("percent")).toList());
  }

  @Test
  void whoHasNoQuotaIsNotToldThatItIsUsedUp() {
    var none = new Accounts(rig.firestore, rig.clock, rig.ids, new AccountPolicy(3, 0));
    String ben = anna + "ben";
    none.provision(ben);

    assertEquals(
        Optional.of(new Hold(1, 0, null)),
        rig.change(ben, change -> change.hold("job", 1, new Cost(1, 1))));

    assertEquals(List.of(), rig.outbox(ben));
  }

  @Test
  void aSubscriptionRaisesTheQuotaAndItsEndTakesItAway() {
    Subscription paid = premium(50, null);
    rig.book(anna, change -> change.subscribe("chain1", paid));

    assertEquals(paid, rig.account(anna).subscription());
    assertEquals(Map.of("chain1", paid), rig.account(anna).subscriptions());
    assertEquals(50, rig.account(anna).monthly().limit());
    rig.book(anna, change -> change.subscribe("chain1", null));
    assertEquals(Subscription.FREE, rig.account(anna).subscription());
    assertEquals(Map.of(), rig.account(anna).subscriptions());
    assertEquals(10, rig.account(anna).monthly().limit());
  }

  @Test
  void ofTwoSubscriptionsTheBetterOneCounts() {
    rig.book(
        anna,
        change -> {
          change.subscribe("chain1", premium(50, null));
          change.subscribe("chain2", premium(90, "2027-01-01T00:00:00Z"));
        });

    assertEquals(90, rig.account(anna).subscription().monthlyStories());
    assertEquals(90L, rig.stored(anna).get("subscription.monthlyStories"));
    assertEquals(2, rig.account(anna).subscriptions().size());
  }

  @Test
  void aTransferIsCountedOnlyWhereOneWasSeen() {
    rig.book(anna, change -> {});
    assertNull(rig.stored(anna).get("transfersSeen"));

    for (int i = 0; i < 2; i++) {
      rig.book(anna, change -> change.sawTransfer());
    }

    assertEquals(2L, rig.stored(anna).get("transfersSeen"));
  }

  @Test
  void whoeverReadBeforeAnotherChangeIsRefusedWithAllOfIt() {
    var stale = new AccountChange(rig.account(anna), rig.clock.instant());
    stale.grant("late", 5, "purchase", null, "inbox");
    hold("job", Cost.ofTokens(1));

    assertFalse(rig.commit(anna, stale));

    assertEquals(2, rig.account(anna).available());
    assertTrue(rig.check(anna).agrees());
  }

  @Test
  void theSameEntryIsNotBookedTwice() {
    rig.book(anna, change -> change.grant("given", 5, "purchase", null, "inbox"));
    var again = new AccountChange(rig.account(anna), rig.clock.instant());
    again.grant("given", 5, "purchase", null, "inbox");

    assertFalse(rig.commit(anna, again));

    assertEquals(8, rig.account(anna).available());
  }

  @Test
  void requestsAreCountedAsLongAsTheirWindowLasts() {
    Duration minute = Duration.ofMinutes(1);
    count("audio", minute);
    long first = rig.clock.millis();
    rig.clock.add(Duration.ofSeconds(59));
    count("audio", minute);
    count("pictures", minute);
    assertEquals(List.of(first, first + 59_000), rig.account(anna).windows().get("audio"));

    rig.clock.add(Duration.ofSeconds(1));
    count("audio", minute);

    assertEquals(List.of(first + 59_000, first + 60_000), rig.account(anna).windows().get("audio"));
    assertEquals(List.of(first + 59_000), rig.account(anna).windows().get("pictures"));
  }

  @Test
  void thePlaceInALineIsKeptForEachPool() {
    rig.book(
        anna,
        change -> {
          change.line("films", change.line("films").entered(70).queuedUp());
          change.line("songs", change.line("songs").queuedUp());
          assertEquals(new Line(1, 1, 70), change.line("films"), "as it leaves it");
        });

    assertEquals(new Line(1, 1, 70), rig.account(anna).line("films"));
    assertEquals(new Line(0, 1, 0), rig.account(anna).line("songs"));
    assertEquals(Line.EMPTY, rig.account(anna).line("others"));
    rig.book(
        anna,
        change -> {
          assertEquals(new Line(1, 1, 70), change.line("films"), "as it was before");
          change.line("films", change.line("films").left());
        });
    assertEquals(new Line(0, 1, 70), rig.account(anna).line("films"));
    assertEquals(new Line(0, 1, 0), rig.account(anna).line("songs"));
  }

  @Test
  void aClosedAccountStaysClosed() {
    assertFalse(rig.account(anna).closing());
    rig.book(anna, change -> change.close());
    assertTrue(rig.account(anna).closing());

    rig.book(anna, change -> {});

    assertTrue(rig.account(anna).closing());
  }

  @Test
  void itTellsWhatIsLeftBeforeItIsCommitted() {
    var change = new AccountChange(rig.account(anna), rig.clock.instant());
    change.hold("tokens", 1, Cost.ofTokens(2));
    change.hold("story", 1, STORY);

    assertEquals(1, change.available());
    assertEquals(1, change.monthly().used());
  }

  private Optional<Hold> hold(String job, Cost cost) {
    rig.clock.add(Duration.ofMillis(1));
    return rig.change(anna, change -> change.hold(job, 1, cost));
  }

  private Hold release(String job, Hold hold) {
    rig.clock.add(Duration.ofMillis(1));
    return rig.change(anna, change -> change.release(job, 1, hold, "failed"));
  }

  private void useQuota(int stories) {
    rig.change(
        anna,
        change ->
            IntStream.range(0, stories).mapToObj(i -> change.hold("used" + i, 1, STORY)).toList());
  }

  private void count(String policy, Duration window) {
    rig.book(anna, change -> change.count(policy, window));
  }

  private static Subscription premium(long stories, @Nullable String until) {
    return new Subscription(
        "premium",
        "apple",
        "monthly",
        until == null ? null : Instant.parse(until),
        true,
        false,
        stories,
        1);
  }
}
