package app.infinitestories.accounts;

import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.platform.RandomIds;
import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.testkit.SetClock;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.WriteBatch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** Accounts over a real Firestore: each starts with 3 tokens and 10 stories a month. */
final class AccountsRig {
  static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final AtomicInteger USERS = new AtomicInteger();

  final SetClock clock = new SetClock(NOW);
  final RandomIds ids = new RandomIds();
  final Firestore firestore;
  final Accounts accounts;

  AccountsRig(Firestore firestore) {
    this.firestore = firestore;
    this.accounts = new Accounts(firestore, clock, ids, new AccountPolicy(3, 10));
  }

  /** Somebody with an account of their own. */
  String someone() {
    String uid = "user" + USERS.incrementAndGet();
    accounts.provision(uid);
    return uid;
  }

  Account account(String uid) {
    return accounts.read(uid).orElseThrow();
  }

  DocumentSnapshot stored(String uid) {
    return on(accounts.ref(uid).get());
  }

  /** Changes an account as it is now. */
  <T> T change(String uid, Function<AccountChange, T> what) {
    var change = new AccountChange(account(uid), clock.instant());
    T result = what.apply(change);
    assertTrue(commit(uid, change));
    return result;
  }

  /** The same where nothing is answered. */
  void book(String uid, Consumer<AccountChange> what) {
    change(
        uid,
        change -> {
          what.accept(change);
          return true;
        });
  }

  /** Whether the change got in. */
  boolean commit(String uid, AccountChange change) {
    WriteBatch batch = firestore.batch();
    String commitId = ids.next();
    change.addTo(batch, accounts.ref(uid), commitId);
    return Commits.commit(batch, accounts.ref(uid), commitId) instanceof Commits.Outcome.Applied;
  }

  /** The newest entry of the ledger. */
  LedgerEntry lastEntry(String uid) {
    return ledger(uid).getFirst();
  }

  List<LedgerEntry> ledger(String uid) {
    return new ReadLedger(accounts).page(uid, 100, Optional.empty());
  }

  /** What waits to be told to a user. */
  List<Map<String, Object>> outbox(String uid) {
    return on(firestore.collection("outbox").whereEqualTo("uid", uid).get()).getDocuments().stream()
        .map(DocumentSnapshot::getData)
        .toList();
  }

  CheckLedger.Finding check(String uid) {
    return new CheckLedger(accounts).of(uid).orElseThrow();
  }
}
