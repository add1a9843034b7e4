package app.infinitestories.purchases.magictoken;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.accounts.AccountPolicy;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.accounts.CheckLedger;
import app.infinitestories.accounts.LedgerEntry;
import app.infinitestories.accounts.ReadLedger;
import app.infinitestories.audit.AuditLog;
import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.RandomIds;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.purchases.Delivery;
import app.infinitestories.purchases.Products;
import app.infinitestories.purchases.Purchase;
import app.infinitestories.purchases.ReadPurchases;
import app.infinitestories.purchases.SettleDeliveries;
import app.infinitestories.purchases.Store;
import app.infinitestories.purchases.StoreEvent;
import app.infinitestories.queue.Timing;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.SetClock;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.common.base.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Codes that are worth tokens, over the real Firestore. */
@FirestoreTest
class MagicTokensTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant EXPIRES = NOW.plus(Duration.ofDays(30));
  private static final Products PRODUCTS = Products.of("{\"gift\":{\"giftTokens\":4}}");
  private static final AtomicInteger RUNS = new AtomicInteger();

  private final Firestore firestore;
  private final SetClock clock = new SetClock(NOW);
  private final RandomIds ids = new RandomIds();
  private final Accounts accounts;
  private final ReadPurchases purchases;
  private final MagicTokens tokens;
  private final String run = "g" + RUNS.incrementAndGet();
  private final String anna = run + "anna";
  private final String ben = run + "ben";

  MagicTokensTest(Firestore firestore) {
    this.firestore = firestore;
    accounts = new Accounts(firestore, clock, ids, new AccountPolicy(3, 10));
    purchases = new ReadPurchases(firestore, PRODUCTS, clock);
    tokens = tokens(Timing.system().ticker(), ids);
    accounts.provision(anna);
    accounts.provision(ben);
  }

  @Test
  void codesAreKnownByTheirHashesAndWhoMadeThemIsWrittenDown() {
    List<MagicCode> codes =
        tokens.issue(new MagicTokens.Issue(2, 7, EXPIRES, run), "staff", "request-1");

    assertEquals(2, Set.copyOf(codes).size());
    DocumentSnapshot kept = stored(codes.getFirst());
    assertEquals(7L, kept.get("tokens"));
    assertEquals(timestamp(EXPIRES), kept.get("expiresAt"));
    assertEquals(timestamp(NOW), kept.get("createdAt"));
    assertEquals(run, kept.get("campaign"));
    assertNull(kept.get("redeemedBy"));
    assertFalse(String.valueOf(kept.getData()).contains(codes.getFirst().text()));
    assertTrue(stored(codes.getLast()).exists());
    DocumentSnapshot row = audit("campaign", run).getFirst();
    assertEquals("magic-token.issue", row.get("action"));
    assertEquals("staff", row.get("uid"));
    assertEquals(2L, row.get("count"));
    assertEquals(7L, row.get("tokens"));
    assertEquals("request-1", row.get("requestId"));
  }

  @Test
  void manyCodesAreMadeInSeveralBatchesAndNoneIsMissing() {
    List<MagicCode> codes =
        tokens.issue(new MagicTokens.Issue(401, 1, EXPIRES, run), "staff", "request-1");

    assertEquals(401, codes.size());
    Set<String> kept =
        on(firestore.collection("magicTokens").whereEqualTo("campaign", run).get())
            .getDocuments()
            .stream()
            .map(DocumentSnapshot::getId)
            .collect(Collectors.toSet());
    assertEquals(codes.stream().map(MagicCode::hash).collect(Collectors.toSet()), kept);
    assertEquals(
        List.of(1L, 400L),
        audit("campaign", run).stream().map(row -> row.getLong("count")).sorted().toList());
  }

  @Test
  void whatCannotBeMadeIsNotHandedOut() {
    var same = new Random(5);
    MagicCode there = MagicCode.random(new Random(5));
    on(firestore.document("magicTokens/" + there.hash()).set(Map.of("tokens", 1L)));
    var repeating = tokens(Timing.system().ticker(), ids, same);

    assertThrows(
        Failure.Unavailable.class,
        () -> repeating.issue(new MagicTokens.Issue(1, 9, EXPIRES, run), "staff", "request-1"));

    assertEquals(1L, stored(there).get("tokens"));
    assertEquals(List.of(), audit("campaign", run));
  }

  @Test
  void whoeverIsFirstGetsTheTokensAndTheSameAnswerAgain() {
    MagicCode code = code(7);

    assertEquals(7, tokens.redeem(anna, code));
    assertEquals(7, tokens.redeem(anna, code));

    assertEquals(10, available(anna));
    DocumentSnapshot kept = stored(code);
    assertEquals(anna, kept.get("redeemedBy"));
    assertEquals(timestamp(NOW), kept.get("redeemedAt"));
    LedgerEntry entry =
        LedgerEntry.of(
            on(accounts.ref(anna).collection("ledger").document("magic:" + code.hash()).get()));
    assertEquals("magic-token", entry.reason());
    assertEquals(code.hash(), entry.source());
    assertEquals(7, entry.tokens());
    DocumentSnapshot row = audit("token", code.hash()).getFirst();
    assertEquals("magic-token.redeem", row.get("action"));
    assertEquals(anna, row.get("uid"));
    assertEquals(List.of(anna), row.get("users"));
    assertTrue(new CheckLedger(accounts).of(anna).orElseThrow().agrees());
  }

  @Test
  void whoComesSecondGetsNothing() {
    MagicCode code = code(7);
    tokens.redeem(anna, code);

    var refused = assertThrows(Failure.Conflict.class, () -> tokens.redeem(ben, code));

    assertEquals(FailureCode.ALREADY_REDEEMED, refused.code());
    assertEquals(3, available(ben));
  }

  @Test
  void ofManyAtOnceOneGetsTheTokens() throws Exception {
    MagicCode code = code(5);
    var calls = new ArrayList<Callable<Long>>();
    for (int i = 0; i < 6; i++) {
      String user = i % 2 == 0 ? anna : ben;
      calls.add(() -> redeemed(user, code));
    }
    long answers = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(calls)) {
        answers += done.get();
      }
    }

    assertEquals(3 * 5, answers, "one of the two, each time they asked");
    assertEquals(3 + 3 + 5, available(anna) + available(ben));
  }

  @Test
  void aCodeIsWorthNothingFromItsEndOn() {
    MagicCode early = code(2);
    MagicCode late = code(2);
    clock.add(Duration.ofDays(30).minusMillis(1));
    assertEquals(2, tokens.redeem(anna, early));

    clock.add(Duration.ofMillis(1));

    assertThrows(Failure.NotFound.class, () -> tokens.redeem(anna, late));
    assertThrows(Failure.NotFound.class, () -> tokens.redeem(anna, MagicCode.typed("0000-0000")));
    assertEquals(5, available(anna));
  }

  @Test
  void withoutAnAccountItHasToBeTakenInAgain() {
    MagicCode code = code(2);
    var hurried = tokens(hurried(), ids);

    var refused =
        assertThrows(Failure.Unavailable.class, () -> hurried.redeem(run + "nobody", code));

    assertEquals(Optional.of(Duration.ofSeconds(2)), refused.retryAfter());
    assertNull(stored(code).get("redeemedBy"));
  }

  @Test
  void whereTheAccountAlwaysChangesMeanwhileNothingIsTakenIn() {
    MagicCode code = code(2);
    var touched = new AtomicInteger();
    IdSource overtaken =
        () -> {
          on(accounts.ref(anna).update("touched", touched.incrementAndGet()));
          return ids.next();
        };

    assertThrows(Failure.Unavailable.class, () -> tokens(hurried(), overtaken).redeem(anna, code));

    assertNull(stored(code).get("redeemedBy"));
    assertEquals(3, available(anna));
    assertEquals(2, tokens.redeem(anna, code));
  }

  @Test
  void aBoughtGiftBecomesOneCodeAtATime() {
    MagicTokens.Gift gift = bought("one");

    MagicCode lost = tokens.give(anna, gift);
    MagicCode shown = tokens.give(anna, gift);

    assertNotEquals(lost, shown);
    assertFalse(stored(lost).exists());
    assertThrows(Failure.NotFound.class, () -> tokens.redeem(ben, lost));
    assertEquals(4, tokens.redeem(ben, shown));
    assertEquals(7, available(ben));
    assertEquals(gift.purchaseId(), stored(shown).get("purchaseId"));
    assertEquals(gift.tx(), stored(shown).get("tx"));
    assertEquals("gift", stored(shown).get("campaign"));
    DocumentSnapshot row =
        audit("token", shown.hash()).stream()
            .filter(each -> "magic-token.gift".equals(each.get("action")))
            .findFirst()
            .orElseThrow();
    assertEquals(anna, row.get("uid"));
    assertEquals(List.of(anna), row.get("users"));
    assertEquals(4L, row.get("tokens"));
    assertEquals(gift.purchaseId(), row.get("purchaseId"));
    var used = assertThrows(Failure.Conflict.class, () -> tokens.give(anna, gift));
    assertEquals(FailureCode.ALREADY_REDEEMED, used.code());
  }

  @Test
  void aGiftWhoseCodeIsGoneBecomesNoOther() {
    MagicTokens.Gift gift = bought("gone");
    MagicCode code = tokens.give(anna, gift);
    // As expired codes are cleaned up.
    on(firestore.document("magicTokens/" + code.hash()).delete());

    assertThrows(Failure.Conflict.class, () -> tokens.give(anna, gift));
  }

  @Test
  void whatWasRefundedIsWorthNothing() {
    MagicTokens.Gift gift = bought("back");
    MagicCode code = tokens.give(anna, gift);

    tell(StoreEvent.Kind.REFUND, "back", null);

    assertThrows(Failure.NotFound.class, () -> tokens.redeem(ben, code));
    var refused = assertThrows(Failure.Conflict.class, () -> tokens.give(anna, gift));
    assertEquals(Map.of("state", "refunded"), refused.details());
    var unknown = new MagicTokens.Gift("nothing", "apple:nothing", 4, EXPIRES);
    assertThrows(Failure.Conflict.class, () -> tokens.give(anna, unknown));
  }

  @Test
  void whoTookAGiftInGivesItBackWithTheMoneyAndGetsItAgain() {
    MagicTokens.Gift gift = bought("used");
    MagicCode code = tokens.give(anna, gift);
    tokens.redeem(ben, code);

    tell(StoreEvent.Kind.REFUND, "used", null);

    assertEquals(3, available(ben));
    assertEquals(3, available(anna), "she paid, he got the tokens");
    assertEquals(true, stored(code).get("refunded"));
    LedgerEntry taken = new ReadLedger(accounts).page(ben, 1, Optional.empty()).getFirst();
    assertEquals("gift:" + code.hash() + ":2", taken.id());
    assertEquals(LedgerEntry.Kind.REVOKE, taken.kind());
    assertEquals(-4, taken.tokens());
    assertEquals("refund", taken.reason());
    assertEquals(gift.purchaseId(), taken.purchaseId());
    DocumentSnapshot row =
        audit("purchaseId", gift.purchaseId()).stream()
            .filter(each -> "refund".equals(each.get("kind")))
            .findFirst()
            .orElseThrow();
    assertEquals(List.of(Map.of("user", ben, "tx", gift.tx(), "tokens", -4L)), row.get("changes"));
    assertEquals(List.of(anna, ben), row.get("users"));
    tell(StoreEvent.Kind.REFUND_REVERSED, "used", null);
    assertEquals(7, available(ben));
    assertEquals(false, stored(code).get("refunded"));
  }

  @Test
  void aCodeThatNobodyUsedIsWorthSomethingAgainWithItsPurchase() {
    MagicTokens.Gift gift = bought("unused");
    MagicCode code = tokens.give(anna, gift);
    tell(StoreEvent.Kind.REFUND, "unused", null);
    assertThrows(Failure.NotFound.class, () -> tokens.redeem(ben, code));

    tell(StoreEvent.Kind.REFUND_REVERSED, "unused", null);

    assertEquals(4, tokens.redeem(ben, code));
    assertEquals(7, available(ben));
  }

  @Test
  void aCodeThatIsMadeAndUsedInTheMidstOfARefundBringsNothing() {
    MagicTokens.Gift gift = bought("midst");
    var asked = new AtomicInteger();
    IdSource midst =
        () -> {
          // For the folding, which has read all by then; the first is for what is kept.
          if (asked.incrementAndGet() == 2) {
            tokens.redeem(ben, tokens.give(anna, gift));
          }
          return ids.next();
        };

    tell(StoreEvent.Kind.REFUND, "midst", null, midst);

    assertTrue(asked.get() > 2, "it was folded again");
    assertEquals(3, available(ben));
  }

  @Test
  void aGiftThatWasRefundedForAWhileBecomesACodeLikeAnyOther() {
    MagicTokens.Gift gift = bought("while");
    tell(StoreEvent.Kind.REFUND, "while", null);
    tell(StoreEvent.Kind.REFUND_REVERSED, "while", null);

    assertEquals(4, tokens.redeem(ben, tokens.give(anna, gift)));
  }

  @Test
  void ofTwoWhoAskAtOnceForACodeOneIsLeft() {
    MagicTokens.Gift first = bought("race");
    MagicCode code = overtakenOnce(first).give(anna, first);
    assertEquals(4, tokens.redeem(ben, code));

    MagicTokens.Gift again = bought("again");
    tokens.give(anna, again);
    MagicCode another = overtakenOnce(again).give(anna, again);

    assertEquals(4, tokens.redeem(ben, another), "it was not used, it only gave way twice");
  }

  /** Somebody else asks for a code of the same gift in the midst of the first try. */
  private MagicTokens overtakenOnce(MagicTokens.Gift gift) {
    var asked = new AtomicInteger();
    return tokens(
        Timing.system().ticker(),
        () -> {
          if (asked.getAndIncrement() == 0) {
            tokens.give(anna, gift);
          }
          return ids.next();
        });
  }

  @Test
  void whereOthersAreAlwaysFasterItHasToBeAskedForAgain() {
    MagicTokens.Gift gift = bought("slow");
    IdSource overtaken =
        () -> {
          tokens.give(anna, gift);
          return ids.next();
        };

    assertThrows(Failure.Unavailable.class, () -> tokens(hurried(), overtaken).give(anna, gift));
  }

  private long redeemed(String user, MagicCode code) {
    try {
      return tokens.redeem(user, code);
    } catch (Failure.Conflict second) {
      return 0;
    }
  }

  private MagicCode code(long worth) {
    return tokens
        .issue(new MagicTokens.Issue(1, worth, EXPIRES, run), "staff", "request")
        .getFirst();
  }

  private MagicTokens.Gift bought(String name) {
    tell(StoreEvent.Kind.PURCHASE, name, "gift");
    Purchase purchase = purchases.find(chain(name)).orElseThrow();
    return new MagicTokens.Gift(purchase.id(), chain(name), 4, EXPIRES);
  }

  private String chain(String name) {
    return "apple:" + run + name;
  }

  private void tell(StoreEvent.Kind kind, String name, @Nullable String product) {
    tell(kind, name, product, ids);
  }

  private void tell(StoreEvent.Kind kind, String name, @Nullable String product, IdSource source) {
    clock.add(Duration.ofSeconds(1));
    StoreEvent event =
        new StoreEvent(
            "apple:" + kind + run + name,
            clock.instant(),
            kind,
            Store.APPLE,
            chain(name),
            chain(name),
            product,
            product == null ? null : anna,
            null,
            null,
            null,
            List.of(),
            List.of());
    new SettleDeliveries(firestore, accounts, PRODUCTS, timing(Timing.system().ticker()), source)
        .receive(Delivery.of("apple", event.id(), "{}", event));
  }

  private MagicTokens tokens(Ticker ticker, IdSource source) {
    return tokens(ticker, source, new Random());
  }

  private MagicTokens tokens(Ticker ticker, IdSource source, Random random) {
    return new MagicTokens(
        firestore,
        accounts,
        purchases,
        new AuditLog(firestore, clock, ids),
        timing(ticker),
        source,
        random);
  }

  private Timing timing(Ticker ticker) {
    return new Timing(clock, ticker, new Random(1), duration -> {});
  }

  /** Six seconds pass between two looks at it. */
  private static Ticker hurried() {
    var time = new AtomicLong();
    return new Ticker() {
      @Override
      public long read() {
        return time.addAndGet(Duration.ofSeconds(6).toNanos());
      }
    };
  }

  private long available(String uid) {
    return accounts.read(uid).orElseThrow().available();
  }

  private DocumentSnapshot stored(MagicCode code) {
    return on(firestore.document("magicTokens/" + code.hash()).get());
  }

  private List<? extends DocumentSnapshot> audit(String field, String value) {
    return on(firestore.collection("audit").whereEqualTo(field, value).get()).getDocuments();
  }
}
