package app.infinitestories.purchases;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.accounts.Account;
import app.infinitestories.accounts.AccountChange;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.accounts.Hold;
import app.infinitestories.accounts.LedgerEntry;
import app.infinitestories.audit.AuditLog;
import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.line.Repeat;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.WriteBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Gives back what a job has spent, because staff say so; once. It goes by the ledger alone, since a
 * job's document is gone a day after its end.
 */
public final class RefundJob {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

  private final Firestore firestore;
  private final Accounts accounts;
  private final AuditLog audit;
  private final Timing timing;
  private final IdSource ids;

  public RefundJob(
      Firestore firestore, Accounts accounts, AuditLog audit, Timing timing, IdSource ids) {
    this.firestore = firestore;
    this.accounts = accounts;
    this.audit = audit;
    this.timing = timing;
    this.ids = ids;
  }

  /** What was given back, and to whom. */
  public record Refunded(String uid, Hold returned) {}

  /**
   * Refunds.
   *
   * @param by who decided it
   * @throws Failure.NotFound when nothing was ever taken for such a job
   * @throws Failure.Conflict when it has spent nothing, or was refunded before
   */
  public Refunded refund(String jobId, String by, String requestId) {
    return new Repeat(timing)
        .untilDone(() -> attempt(jobId, by, requestId))
        .orElseThrow(() -> new Failure.Unavailable(TRY_AGAIN, null));
  }

  private Optional<Refunded> attempt(String jobId, String by, String requestId) {
    List<? extends DocumentSnapshot> documents =
        on(firestore.collectionGroup("ledger").whereEqualTo("jobId", jobId).get()).getDocuments();
    if (documents.isEmpty()) {
      throw new Failure.NotFound();
    }
    DocumentReference owner =
        Objects.requireNonNull(documents.getFirst().getReference().getParent().getParent());
    // Before the account, the ledger may have grown since it was asked for: the entry's id decides.
    Account account = accounts.read(owner.getId()).orElseThrow(Failure.NotFound::new);
    List<LedgerEntry> entries = documents.stream().map(LedgerEntry::of).toList();
    LedgerEntry spent = spent(entries);
    int round = round(spent);
    LedgerEntry hold =
        entries.stream()
            .filter(entry -> entry.id().equals(LedgerEntry.holdId(jobId, round)))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("spent without a hold: " + jobId));
    String entryId = "admin:refund:" + jobId + ":" + round;
    if (entries.stream().anyMatch(entry -> entry.id().equals(entryId))) {
      throw new Failure.Conflict("This job was refunded before.", "refunded");
    }
    WriteBatch batch = firestore.batch();
    String commitId = ids.next();
    var change = new AccountChange(account, Instant.now(timing.clock()));
    Hold returned =
        change.refund(
            entryId,
            jobId,
            new Hold(hold.held(), hold.quota(), hold.period()),
            "audit of request " + requestId);
    change.addTo(batch, owner, commitId);
    audit.add(
        batch,
        new AuditLog.Entry(
            "job.refund",
            by,
            Map.of(
                "users",
                List.of(owner.getId()),
                "jobId",
                jobId,
                "tokens",
                returned.tokens(),
                "quota",
                returned.quota(),
                "requestId",
                requestId)));
    return Commits.commit(batch, owner, commitId) instanceof Commits.Outcome.Applied
        ? Optional.of(new Refunded(owner.getId(), returned))
        : Optional.empty();
  }

  /** The last round's end, which has to be a capture. */
  private static LedgerEntry spent(List<LedgerEntry> entries) {
    return entries.stream()
        .filter(entry -> entry.id().startsWith("settle:"))
        .max(Comparator.comparingInt(RefundJob::round))
        .filter(entry -> entry.kind() == LedgerEntry.Kind.CAPTURE)
        .orElseThrow(() -> new Failure.Conflict("This job has spent nothing.", "not_spent"));
  }

  private static int round(LedgerEntry entry) {
    return Integer.parseInt(entry.id().substring(entry.id().lastIndexOf(':') + 1));
  }
}
