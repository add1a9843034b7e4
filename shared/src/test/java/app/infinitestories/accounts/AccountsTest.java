package app.infinitestories.accounts;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.firestore.FirestoreEmulator;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.testkit.EmulatorClient;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.TestProject;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.WriteBatch;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How accounts are opened, read and proven, over the real Firestore. */
@FirestoreTest
class AccountsTest {
  private final AccountsRig rig;
  private final Accounts accounts;

  AccountsTest(Firestore firestore) {
    rig = new AccountsRig(firestore);
    accounts = rig.accounts;
  }

  @Test
  void aNewAccountHasItsTokensItsQuotaAndNothingElse() {
    assertTrue(accounts.provision("new"));

    Account account = rig.account("new");
    assertEquals("new", account.uid());
    assertEquals(3, account.available());
    assertEquals(0, account.held());
    assertEquals(Monthly.starting(AccountsRig.NOW, 10), account.monthly());
    assertEquals(Subscription.FREE, account.subscription());
    assertEquals(Map.of(), account.lines());
    assertEquals(Map.of(), account.windows());
    assertFalse(account.closing());
    assertEquals(OptionalInt.empty(), account.window());
    assertEquals(1, account.weight());
    assertEquals(timestamp(AccountsRig.NOW), rig.stored("new").get("createdAt"));
    assertEquals(
        List.of(
            new LedgerEntry(
                "grant:start",
                LedgerEntry.Kind.GRANT,
                3,
                0,
                0,
                null,
                "start",
                null,
                null,
                null,
                3,
                AccountsRig.NOW)),
        rig.ledger("new"));
    assertTrue(rig.check("new").agrees());
  }

  @Test
  void openingTwiceGrantsOnceAlsoAtTheSameTime() throws Exception {
    var calls = new ArrayList<Callable<Boolean>>();
    for (int i = 0; i < 8; i++) {
      calls.add(() -> accounts.provision("often"));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(calls)) {
        assertTrue(done.get());
      }
    }
    assertTrue(accounts.provision("often"));

    assertEquals(3, rig.account("often").available());
    assertEquals(1, rig.ledger("often").size());
  }

  @Test
  void whoIsLeavingOrLeftGetsNoAccount() {
    String leaving = rig.someone();
    rig.book(leaving, AccountChange::close);
    on(rig.firestore.document(Tombstones.path("left")).set(Map.of("salt", "s")));

    assertFalse(accounts.provision(leaving));
    assertFalse(accounts.provision("left"));

    assertEquals(Optional.empty(), accounts.read("left"));
  }

  @Test
  void whatCannotBeOpenedHasToBeAskedForAgain() {
    // A grant without its account, which only a fault could leave.
    on(accounts.ref("odd").collection("ledger").document("grant:start").set(Map.of("tokens", 3)));

    assertThrows(Failure.Unavailable.class, () -> accounts.provision("odd"));

    assertEquals(Optional.empty(), accounts.read("odd"));
  }

  @Test
  void anAppBeforeItsFirstSignInStartsWithNothing() {
    accounts.openUnknown("app");
    accounts.openUnknown("app");

    assertEquals(0, rig.account("app").available());
    assertEquals(10, rig.account("app").monthly().limit());
    assertEquals(List.of(), rig.ledger("app"));
  }

  @Test
  void anotherBatchOpensTheAccountOrNothing() {
    WriteBatch first = rig.firestore.batch();
    accounts.provisionIn(first, "joint", "commit1");
    on(first.commit());
    WriteBatch second = rig.firestore.batch();
    accounts.provisionIn(second, "joint", "commit2");
    second.set(rig.firestore.document("notes/joint"), Map.of("there", true));

    assertThrows(RuntimeException.class, () -> on(second.commit()));

    assertEquals("commit1", rig.stored("joint").get("commitId"));
    assertFalse(on(rig.firestore.document("notes/joint").get()).exists());
  }

  @Test
  void staffMayGiveAnAccountAnotherWindowAndWeight() {
    String anna = rig.someone();
    on(accounts.ref(anna).update("window", 5, "weight", 4));
    assertEquals(OptionalInt.of(5), rig.account(anna).window());
    assertEquals(4, rig.account(anna).weight());

    on(accounts.ref(anna).update("weight", 0));

    assertEquals(1, rig.account(anna).weight(), "no share at all would be for ever");
  }

  @Test
  void whatIsMissingInAnOldAccountCountsAsNothing() {
    on(
        accounts
            .ref("old")
            .set(Map.of("windows", Map.of("audio", "none", "songs", List.of(1L, "x")))));

    Account account = rig.account("old");

    assertEquals(0, account.available());
    assertEquals(0, account.monthly().limit());
    assertEquals(Map.of("songs", List.of(1L)), account.windows());
    assertEquals(Map.of(), account.lines());
  }

  @Test
  void theQuotaThatIsReadIsThatOfTheMonthThatRuns() {
    String anna = rig.someone();
    rig.change(anna, change -> change.hold("job", 1, new Cost(0, 4)));
    assertEquals(6, rig.account(anna).monthly().left());

    rig.clock.add(Duration.ofDays(11));

    assertEquals("2026-12-01", rig.account(anna).monthly().period());
    assertEquals(10, rig.account(anna).monthly().left());
    assertTrue(rig.check(anna).agrees(), "what was used in November is no use of December");
  }

  @Test
  void aNumberThatNobodyBookedIsFound() {
    String anna = rig.someone();
    rig.change(anna, change -> change.hold("tokens", 1, Cost.ofTokens(2)));
    rig.change(anna, change -> change.hold("story", 1, new Cost(1, 1)));
    assertEquals(new CheckLedger.Finding(1, 1, 2, 2, 1, 1), rig.check(anna));

    on(accounts.ref(anna).update("available", 9, "held", 8, "monthly.used", 7));
    assertEquals(new CheckLedger.Finding(9, 1, 8, 2, 7, 1), rig.check(anna));
    assertFalse(rig.check(anna).agrees());
    on(accounts.ref(anna).update("available", 1, "held", 2, "monthly.used", 1));

    assertFalse(new CheckLedger.Finding(1, 2, 0, 0, 0, 0).agrees());
    assertFalse(new CheckLedger.Finding(0, 0, 1, 2, 0, 0).agrees());
    assertFalse(new CheckLedger.Finding(0, 0, 0, 0, 1, 2).agrees());
    assertEquals(Optional.empty(), new CheckLedger(accounts).of("nobody"));
  }

  @Test
  void whatIsBookedWhileTheLedgerIsReadIsNoFault(FirestoreEmulator emulator, TestProject project) {
    String anna = rig.someone();
    var queries = new AtomicInteger();
    ClientInterceptor meanwhile =
        new ClientInterceptor() {
          @Override
          public <Q, A> ClientCall<Q, A> interceptCall(
              MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            if (method.getFullMethodName().endsWith("/RunQuery")
                && queries.incrementAndGet() == 1) {
              rig.book(anna, change -> change.grant("meanwhile", 5, "purchase", null, "s"));
            }
            return next.newCall(method, options);
          }
        };
    Firestore spied = EmulatorClient.open(emulator.host(), project.id(), meanwhile);
    try {
      var checked = new CheckLedger(new AccountsRig(spied).accounts).of(anna).orElseThrow();

      assertEquals(new CheckLedger.Finding(8, 8, 0, 0, 0, 0), checked);
      assertEquals(2, queries.get());
    } finally {
      spied.shutdownNow();
    }
  }

  @Test
  void theLedgerIsReadPageByPageTheNewestFirst() {
    String anna = rig.someone();
    rig.clock.add(Duration.ofMinutes(1));
    rig.book(
        anna,
        change -> {
          // Both of the same moment: the id puts them in order.
          change.grant("a", 1, "purchase", null, "s");
          change.grant("b", 1, "purchase", null, "s");
        });
    rig.clock.add(Duration.ofMinutes(1));
    rig.book(anna, change -> change.grant("0", 1, "purchase", null, "s"));
    var ledger = new ReadLedger(accounts);

    List<LedgerEntry> first = ledger.page(anna, 2, Optional.empty());
    LedgerEntry last = first.getLast();
    List<LedgerEntry> second =
        ledger.page(anna, 9, Optional.of(new ReadLedger.Place(last.at(), last.id())));

    assertEquals(List.of("0", "b"), first.stream().map(LedgerEntry::id).toList());
    assertEquals(List.of("a", "grant:start"), second.stream().map(LedgerEntry::id).toList());
  }

  @Test
  void aLedgerEntryIsReadAsItWasBooked() {
    String anna = rig.someone();
    var change = new AccountChange(rig.account(anna), rig.clock.instant());
    rig.clock.add(Duration.ofSeconds(1));
    change.grant("given", 5, "purchase", "purchase1", "inbox1");
    assertTrue(rig.commit(anna, change));

    LedgerEntry read =
        LedgerEntry.of(on(accounts.ref(anna).collection("ledger").document("given").get()));

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
            AccountsRig.NOW),
        read);
    assertEquals("grant", read.kind().word());
  }
}
