package app.infinitestories.queue.line;

import static app.infinitestories.platform.firestore.Times.timestamp;

import app.infinitestories.accounts.Account;
import app.infinitestories.accounts.AccountChange;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.accounts.Hold;
import app.infinitestories.accounts.LedgerEntry;
import app.infinitestories.jobs.StepOutcome.NewDocument;
import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.queue.AnnounceChanges;
import app.infinitestories.queue.JobState;
import app.infinitestories.queue.KindSpec;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.QueuedJob;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.WakeUps;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.WriteBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Another round of a failed job: a new hold, the same job, its finished steps kept. */
public final class RetryJob {
  private final QueueStore store;
  private final Accounts accounts;
  private final EnterLine line;
  private final KeepAnswer answers;
  private final QueueConfig config;
  private final Timing timing;
  private final AnnounceChanges announce;
  private final WakeUps wakeUps;
  private final RetryGuard guard;
  private final Repeat repeat;

  public RetryJob(
      QueueStore store,
      Accounts accounts,
      EnterLine line,
      KeepAnswer answers,
      QueueConfig config,
      Timing timing,
      AnnounceChanges announce,
      WakeUps wakeUps,
      RetryGuard guard) {
    this.store = store;
    this.accounts = accounts;
    this.line = line;
    this.answers = answers;
    this.config = config;
    this.timing = timing;
    this.announce = announce;
    this.wakeUps = wakeUps;
    this.guard = guard;
    this.repeat = new Repeat(timing);
  }

  /** Accepts another round or says why not; at most about 10 seconds. */
  public SubmitResult retry(
      String uid, String jobId, Optional<Idempotency> key, Optional<RatePolicy> rate) {
    return repeat
        .untilDone(() -> attempt(uid, jobId, key, rate))
        .orElseGet(() -> new SubmitResult.TryLater(Duration.ofSeconds(2)));
  }

  private Optional<SubmitResult> attempt(
      String uid, String jobId, Optional<Idempotency> key, Optional<RatePolicy> rate) {
    var refs = new ArrayList<>(List.of(store.job(jobId), accounts.ref(uid)));
    key.ifPresent(k -> refs.add(answers.ref(k)));
    List<DocumentSnapshot> read = store.all(refs.toArray(new DocumentReference[0]));
    @Nullable DocumentSnapshot record = key.isPresent() ? read.get(2) : null;
    if (record != null) {
      Optional<SubmitResult> replay = answers.replay(record, key.orElseThrow());
      if (replay.isPresent()) {
        return replay;
      }
    }
    Optional<QueuedJob> job = QueuedJob.of(read.get(0));
    Optional<Account> account = accounts.parse(read.get(1));
    if (job.isEmpty() || !job.get().uid().equals(uid) || account.isEmpty()) {
      return Optional.of(new SubmitResult.NotFound());
    }
    return decide(job.get(), account.get(), key, record, rate);
  }

  private Optional<SubmitResult> decide(
      QueuedJob job,
      Account account,
      Optional<Idempotency> key,
      @Nullable DocumentSnapshot record,
      Optional<RatePolicy> rate) {
    Instant now = timing.now();
    if (account.closing()) {
      return Optional.of(new SubmitResult.AccountClosing());
    }
    Optional<RateLeft> left = rate.map(policy -> RateLeft.of(policy, account, now));
    if (left.isPresent() && left.get().remaining() == 0) {
      return Optional.of(new SubmitResult.RateLimited(left.get()));
    }
    if (job.state() != JobState.FAILED) {
      return Optional.of(new SubmitResult.NotNow(job.state()));
    }
    Optional<List<NewDocument>> rest =
        job.retryUntil() == null || now.isAfter(job.retryUntil())
            ? Optional.empty()
            : guard.restsOn(job);
    if (rest.isEmpty()) {
      return Optional.of(new SubmitResult.InputForgotten());
    }
    KindSpec kind = config.kind(job.kind());
    if (!line.hasRoom(account, kind.pool())) {
      return Optional.of(new SubmitResult.QueueFull(kind.estimate(job.length()).median()));
    }
    var change = new AccountChange(account, now);
    Optional<Hold> hold = change.hold(job.id(), job.round() + 1, job.cost());
    if (hold.isEmpty()) {
      return Optional.of(
          new SubmitResult.InsufficientTokens(
              job.cost().tokens(), Math.max(0, account.available())));
    }
    OptionalLong turn = line.place(change, account, kind, job.length());
    rate.ifPresent(policy -> change.count(policy.name(), policy.window()));
    return commit(job, change, hold.get(), turn, key, record, rest.get())
        .map(after ->
            new SubmitResult.Accepted(
                after.view(kind, null), left.map(l -> l.minusOne(rate.orElseThrow()))));
  }

  private Optional<QueuedJob> commit(
      QueuedJob job,
      AccountChange change,
      Hold hold,
      OptionalLong turn,
      Optional<Idempotency> key,
      @Nullable DocumentSnapshot record,
      List<NewDocument> rest) {
    JobState to = turn.isPresent() ? JobState.READY : JobState.BACKLOG;
    String commitId = store.newId();
    WriteBatch batch = store.batch();
    batch.update(
        job.ref(),
        nextRound(job, hold, turn, to, commitId),
        Precondition.updatedAt(job.updateTime()));
    change.addTo(batch, accounts.ref(job.uid()), commitId);
    rest.forEach(d -> batch.update(store.document(d.path()), d.fields()));
    QueuedJob after = job.moved(to, null, timing.now());
    if (key.isPresent() && record != null) {
      StoredAnswer answer = key.get().answer().apply(after.view(config.kind(job.kind()), null));
      answers.put(batch, record, key.get(), answer, job.id(), commitId);
    }
    // The hold's entry is written once and never changed: the proof that nobody overwrites.
    DocumentReference proof =
        accounts
            .ref(job.uid())
            .collection("ledger")
            .document(LedgerEntry.holdId(job.id(), job.round() + 1));
    return switch (Commits.commit(batch, proof, commitId)) {
      case Commits.Outcome.Applied applied -> {
        announce.changed(after, null, applied.at());
        wakeUps.generate(job.pool());
        wakeUps.sync();
        yield Optional.of(after);
      }
      case Commits.Outcome.Refused refused -> Optional.empty();
    };
  }

  private Map<String, @Nullable Object> nextRound(
      QueuedJob job, Hold hold, OptionalLong turn, JobState to, String commitId) {
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put("state", to.word());
    fields.put("round", job.round() + 1L);
    fields.put("hold", hold.toMap());
    fields.put("turn", turn.orElse(0));
    fields.put("readyAt", turn.isPresent() ? timestamp(timing.now()) : null);
    fields.put("attempts", 0L);
    fields.put("parks", 0L);
    fields.put("parkedSince", null);
    fields.put("dueAt", null);
    fields.put("error", null);
    fields.put("finishedAt", null);
    fields.put("retryUntil", null);
    fields.put("expireAt", null);
    fields.put("commitId", commitId);
    return fields;
  }
}
