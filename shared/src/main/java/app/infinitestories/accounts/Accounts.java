package app.infinitestories.accounts;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.firestore.Commits;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.WriteBatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads accounts and opens them, with the starting grant exactly once. */
public final class Accounts {
  private static final String STARTING_GRANT = "grant:start";
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  private final Firestore firestore;
  private final Clock clock;
  private final IdSource ids;
  private final AccountPolicy policy;

  public Accounts(Firestore firestore, Clock clock, IdSource ids, AccountPolicy policy) {
    this.firestore = firestore;
    this.clock = clock;
    this.ids = ids;
    this.policy = policy;
  }

  /** The account's document. */
  public DocumentReference ref(String uid) {
    return firestore.collection("accounts").document(uid);
  }

  /** The account as it is now, if it has been opened. */
  public Optional<Account> read(String uid) {
    return parse(on(ref(uid).get()));
  }

  /** The account in a document that was read with others. */
  public Optional<Account> parse(DocumentSnapshot document) {
    return Account.of(document, Instant.now(clock));
  }

  /**
   * Opens the account of somebody who has no sign-in, such as an app before its first one: without
   * the starting grant.
   */
  public void openUnknown(String id) {
    Instant now = Instant.now(clock);
    String commitId = ids.next();
    WriteBatch batch = firestore.batch();
    batch.create(ref(id), opened(0, now, commitId));
    if (Commits.commit(batch, ref(id), commitId) instanceof Commits.Outcome.Refused
        && !on(ref(id).get()).exists()) {
      throw new Failure.Unavailable(TRY_AGAIN, null);
    }
  }

  /**
   * Opens the account unless it is open; safe to call at any time, from anywhere, at once.
   *
   * @return false when the account is being deleted, or has been: nothing is opened then
   */
  public boolean provision(String uid) {
    DocumentSnapshot account = on(ref(uid).get());
    if (account.exists()) {
      return !Boolean.TRUE.equals(account.getBoolean("closing"));
    }
    if (on(firestore.document(Tombstones.path(uid)).get()).exists()) {
      return false;
    }
    String commitId = ids.next();
    WriteBatch batch = firestore.batch();
    provisionIn(batch, uid, commitId);
    if (Commits.commit(batch, ref(uid), commitId) instanceof Commits.Outcome.Refused
        && !on(ref(uid).get()).exists()) {
      throw new Failure.Unavailable(TRY_AGAIN, null);
    }
    // Refused otherwise means that somebody else opened it: that is what we want.
    return true;
  }

  /**
   * Puts the opening of an account into another batch (two {@code create()}s: the whole batch is
   * refused when the account is open already).
   */
  public void provisionIn(WriteBatch batch, String uid, String commitId) {
    Instant now = Instant.now(clock);
    batch.create(ref(uid), opened(policy.startingTokens(), now, commitId));
    var grant =
        new LedgerEntry(
            STARTING_GRANT,
            LedgerEntry.Kind.GRANT,
            policy.startingTokens(),
            0,
            0,
            null,
            "start",
            null,
            null,
            null,
            policy.startingTokens(),
            now);
    batch.create(ref(uid).collection("ledger").document(grant.id()), grant.toMap(commitId));
  }

  private Map<String, @Nullable Object> opened(long tokens, Instant now, String commitId) {
    Map<String, @Nullable Object> account = new HashMap<>();
    account.put("available", tokens);
    account.put("held", 0L);
    account.put("monthly", Monthly.starting(now, policy.monthlyStories()).toMap());
    account.put("lines", Map.of());
    account.put("windows", Map.of());
    account.put("closing", false);
    account.put("createdAt", timestamp(now));
    account.put("commitId", commitId);
    return account;
  }
}
