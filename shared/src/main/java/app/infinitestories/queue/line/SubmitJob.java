package app.infinitestories.queue.line;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.accounts.Account;
import app.infinitestories.accounts.AccountChange;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.accounts.Hold;
import app.infinitestories.jobs.StepOutcome.NewDocument;
import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.queue.AnnounceChanges;
import app.infinitestories.queue.JobState;
import app.infinitestories.queue.KindSpec;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.QueuedJob;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.WakeUps;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.WriteBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Accepts a request for a job: reads key and account at one moment, decides, and writes job, hold,
 * limit and key in one batch. Whoever loses a race reads again, so one of 50 twins commits and the
 * others replay it.
 */
public final class SubmitJob {
  private static final EventLog LOG = EventLog.of(SubmitJob.class);

  private final QueueStore store;
  private final Accounts accounts;
  private final EnterLine line;
  private final KeepAnswer answers;
  private final QueueConfig config;
  private final Timing timing;
  private final AnnounceChanges announce;
  private final WakeUps wakeUps;
  private final Repeat repeat;

  public SubmitJob(
      QueueStore store,
      Accounts accounts,
      EnterLine line,
      KeepAnswer answers,
      QueueConfig config,
      Timing timing,
      AnnounceChanges announce,
      WakeUps wakeUps) {
    this.store = store;
    this.accounts = accounts;
    this.line = line;
    this.answers = answers;
    this.config = config;
    this.timing = timing;
    this.announce = announce;
    this.wakeUps = wakeUps;
    this.repeat = new Repeat(timing);
  }

  /** Accepts or says why not; at most about 10 seconds. */
  public SubmitResult submit(Submission request) {
    return repeat
        .untilDone(() -> attempt(request))
        .orElseGet(() -> new SubmitResult.TryLater(Duration.ofSeconds(2)));
  }

  /** One read and one batch; empty when the race was lost. */
  private Optional<SubmitResult> attempt(Submission request) {
    DocumentSnapshot account;
    @Nullable DocumentSnapshot record = null;
    if (request.idempotency().isPresent()) {
      Idempotency key = request.idempotency().get();
      List<DocumentSnapshot> read = store.all(answers.ref(key), accounts.ref(request.uid()));
      record = read.get(0);
      account = read.get(1);
      Optional<SubmitResult> replay = answers.replay(record, key);
      if (replay.isPresent()) {
        return replay;
      }
    } else {
      account = on(accounts.ref(request.uid()).get());
    }
    Optional<Account> open = accounts.parse(account);
    if (open.isEmpty()) {
      return accounts.provision(request.uid())
          ? Optional.empty()
          : Optional.of(new SubmitResult.AccountClosing());
    }
    return decide(request, open.get(), record);
  }

  private Optional<SubmitResult> decide(
      Submission request, Account account, @Nullable DocumentSnapshot record) {
    Instant now = timing.now();
    if (account.closing()) {
      return Optional.of(new SubmitResult.AccountClosing());
    }
    Optional<RateLeft> rate = request.rate().map(policy -> RateLeft.of(policy, account, now));
    if (rate.isPresent() && rate.get().remaining() == 0) {
      return Optional.of(new SubmitResult.RateLimited(rate.get()));
    }
    KindSpec kind = config.kind(request.kind());
    if (!line.hasRoom(account, kind.pool())) {
      return Optional.of(new SubmitResult.QueueFull(kind.estimate(request.length()).median()));
    }
    var change = new AccountChange(account, now);
    // Whoever leaves is held up by nothing, not even by debts.
    Optional<Hold> hold =
        request.closesAccount()
            ? Optional.of(new Hold(0, 0, null))
            : change.hold(request.jobId(), 1, request.cost());
    if (hold.isEmpty()) {
      return Optional.of(
          new SubmitResult.InsufficientTokens(
              request.cost().tokens(), Math.max(0, account.available())));
    }
    OptionalLong turn = line.place(change, account, kind, request.length());
    request.rate().ifPresent(policy -> change.count(policy.name(), policy.window()));
    if (request.closesAccount()) {
      change.close();
    }
    return commit(request, kind, change, hold.get(), turn, record, now)
        .map(result ->
            result instanceof SubmitResult.Accepted accepted
                ? new SubmitResult.Accepted(
                    accepted.job(), rate.map(left -> left.minusOne(request.rate().orElseThrow())))
                : result);
  }

  private Optional<SubmitResult> commit(
      Submission request,
      KindSpec kind,
      AccountChange change,
      Hold hold,
      OptionalLong turn,
      @Nullable DocumentSnapshot record,
      Instant now) {
    String commitId = store.newId();
    Map<String, @Nullable Object> fields = job(request, kind, hold, turn, commitId, now);
    QueuedJob job = unsaved(request, kind, turn, commitId, now);
    WriteBatch batch = store.batch();
    batch.create(store.job(request.jobId()), fields);
    change.addTo(batch, accounts.ref(request.uid()), commitId);
    if (request.idempotency().isPresent() && record != null) {
      Idempotency key = request.idempotency().get();
      StoredAnswer answer = key.answer().apply(job.view(kind, null));
      answers.put(batch, record, key, answer, request.jobId(), commitId);
    }
    request.creates().forEach(d -> batch.create(store.document(d.path()), d.fields()));
    request.updates().forEach(d -> batch.update(store.document(d.path()), d.fields()));
    return switch (Commits.commit(batch, store.job(request.jobId()), commitId)) {
      case Commits.Outcome.Applied applied -> Optional.of(accepted(job, applied.at()));
      case Commits.Outcome.Refused refused -> afterRefusal(request);
    };
  }

  private SubmitResult accepted(QueuedJob job, Timestamp at) {
    LOG.info("job.accepted", "job", job.id(), "kind", job.kind(), "state", job.state().word());
    announce.changed(job, null, at);
    wakeUps.generate(job.pool());
    wakeUps.sync();
    return new SubmitResult.Accepted(job.view(config.kind(job.kind()), null), Optional.empty());
  }

  /**
   * The job may be there all the same (an earlier copy of the commit worked and a worker has even
   * taken it since), or a document beside it stands in the way; otherwise try anew.
   */
  private Optional<SubmitResult> afterRefusal(Submission request) {
    Optional<QueuedJob> mine = store.findJob(request.jobId());
    if (mine.isPresent()) {
      return Optional.of(accepted(mine.get(), mine.get().updateTime()));
    }
    for (NewDocument create : request.creates()) {
      if (on(store.document(create.path()).get()).exists()) {
        return Optional.of(new SubmitResult.Conflict(create.path()));
      }
    }
    for (NewDocument update : request.updates()) {
      if (!on(store.document(update.path()).get()).exists()) {
        return Optional.of(new SubmitResult.Conflict(update.path()));
      }
    }
    return Optional.empty();
  }

  private static Map<String, @Nullable Object> job(
      Submission request,
      KindSpec kind,
      Hold hold,
      OptionalLong turn,
      String commitId,
      Instant now) {
    var job = new HashMap<String, @Nullable Object>();
    job.put("uid", request.uid());
    job.put("kind", request.kind());
    job.put("length", request.length());
    job.put("pool", kind.pool());
    job.put("priority", (long) request.priority().number());
    job.put("state", (turn.isPresent() ? JobState.READY : JobState.BACKLOG).word());
    job.put("slot", null);
    job.put("fence", 0L);
    job.put("attempts", 0L);
    job.put("parks", 0L);
    job.put("round", 1L);
    job.put("revision", 1L);
    job.put("turn", turn.orElse(0));
    job.put("dueAt", null);
    job.put("parkedSince", null);
    job.put("cost", Map.of("tokens", request.cost().tokens(), "quota", request.cost().quota()));
    job.put("hold", hold.toMap());
    job.put("input", request.input());
    job.put("error", null);
    job.put("step", null);
    job.put("progress", 0L);
    job.put("previews", List.of());
    job.put("createdAt", timestamp(now));
    job.put("readyAt", turn.isPresent() ? timestamp(now) : null);
    job.put("startedAt", null);
    job.put("finishedAt", null);
    job.put("retryUntil", null);
    job.put("expireAt", null);
    job.put("commitId", commitId);
    return job;
  }

  /** The job as the batch will make it, for the answer that is kept in the same batch. */
  private QueuedJob unsaved(
      Submission request, KindSpec kind, OptionalLong turn, String commitId, Instant now) {
    return new QueuedJob(
        store.job(request.jobId()),
        request.uid(),
        request.kind(),
        request.length(),
        kind.pool(),
        request.priority().number(),
        turn.isPresent() ? JobState.READY : JobState.BACKLOG,
        null,
        0,
        0,
        0,
        1,
        1,
        turn.orElse(0),
        null,
        null,
        request.cost(),
        new Hold(0, 0, null),
        request.input(),
        null,
        null,
        0,
        List.of(),
        now,
        null,
        null,
        null,
        commitId,
        Timestamp.MIN_VALUE);
  }
}
