package app.infinitestories.queue.line;

import static app.infinitestories.platform.firestore.Times.timestamp;

import app.infinitestories.accounts.Account;
import app.infinitestories.accounts.AccountChange;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.accounts.Hold;
import app.infinitestories.accounts.Line;
import app.infinitestories.queue.AnnounceChanges;
import app.infinitestories.queue.JobError;
import app.infinitestories.queue.JobState;
import app.infinitestories.queue.KindSpec;
import app.infinitestories.queue.Preview;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.QueuedJob;
import app.infinitestories.queue.Timing;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.WriteBatch;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes a job out of the line, for good or to ask the parent: settles its hold, gives its place to
 * the next of its owner's backlog, and leaves word in the outbox, all for one batch.
 */
public final class LeaveLine {
  private static final java.time.Duration KEPT = java.time.Duration.ofHours(24);

  private final QueueStore store;
  private final Accounts accounts;
  private final EnterLine line;
  private final QueueConfig config;
  private final Timing timing;
  private final AnnounceChanges announce;

  public LeaveLine(
      QueueStore store,
      Accounts accounts,
      EnterLine line,
      QueueConfig config,
      Timing timing,
      AnnounceChanges announce) {
    this.store = store;
    this.accounts = accounts;
    this.line = line;
    this.config = config;
    this.timing = timing;
    this.announce = announce;
  }

  /** Reads what the departure needs now: the account, and whoever takes the place. */
  public Departure prepare(QueuedJob job, JobState to, @Nullable JobError error) {
    return prepare(job, to, error, change -> {});
  }

  /** The same, with something more about the account in the same batch. */
  public Departure prepare(
      QueuedJob job, JobState to, @Nullable JobError error, Consumer<AccountChange> more) {
    Instant now = timing.now();
    Optional<Account> account = accounts.read(job.uid());
    if (account.isEmpty()) {
      // The user was deleted: there is neither money nor line any more.
      return new Departure(job, to, error, now, null, null, null, 0);
    }
    var change = new AccountChange(account.get(), now);
    @Nullable Hold returned = settle(job, to, change);
    more.accept(change);
    @Nullable QueuedJob next = null;
    long turn = 0;
    Line place = change.line(job.pool());
    if (job.state() == JobState.BACKLOG) {
      change.line(job.pool(), place.gaveUp());
    } else if (job.state().isActive()) {
      if (place.backlog() > 0 && place.active() <= line.window(account.get())) {
        next = store.nextOfBacklog(job.uid(), job.pool()).orElse(null);
      }
      if (next == null) {
        change.line(job.pool(), place.left());
      } else {
        turn = line.promote(change, account.get(), config.kind(next.kind()), next.length());
      }
    }
    return new Departure(job, to, error, now, change, returned, next, turn);
  }

  private static @Nullable Hold settle(QueuedJob job, JobState to, AccountChange change) {
    return switch (to) {
      case SUCCEEDED -> {
        change.capture(job.id(), job.round(), job.hold());
        yield null;
      }
      case FAILED, CANCELLED -> change.release(job.id(), job.round(), job.hold(), to.word());
      default -> null;
    };
  }

  /** One job's departure, ready for one batch. Prepare anew when the batch was refused. */
  public final class Departure {
    private final QueuedJob job;
    private final JobState to;
    private final @Nullable JobError error;
    private final Instant now;
    private final @Nullable AccountChange change;
    private final @Nullable Hold returned;
    private final @Nullable QueuedJob next;
    private final long turn;

    private Departure(
        QueuedJob job,
        JobState to,
        @Nullable JobError error,
        Instant now,
        @Nullable AccountChange change,
        @Nullable Hold returned,
        @Nullable QueuedJob next,
        long turn) {
      this.job = job;
      this.to = to;
      this.error = error;
      this.now = now;
      this.change = change;
      this.returned = returned;
      this.next = next;
      this.turn = turn;
    }

    /** The job as it is once the batch is accepted. */
    public QueuedJob job() {
      return job.moved(to, error, now);
    }

    /** What the account got back, if anything. */
    public Optional<Hold> returned() {
      return Optional.ofNullable(returned);
    }

    /** Money, place, promoted job and outbox; the job itself is the caller's, with its guard. */
    public void addTo(WriteBatch batch, String commitId) {
      if (change != null) {
        change.addTo(batch, accounts.ref(job.uid()), commitId);
      }
      if (next != null) {
        Map<String, @Nullable Object> promoted = new HashMap<>();
        promoted.put("state", JobState.READY.word());
        promoted.put("turn", turn);
        promoted.put("readyAt", timestamp(now));
        promoted.put("commitId", commitId);
        batch.update(next.ref(), promoted, Precondition.updatedAt(next.updateTime()));
      }
      if (change != null && (to == JobState.SUCCEEDED || to == JobState.FAILED)) {
        tell(batch, commitId);
      }
    }

    /** The fields of the job that say that it left. */
    public Map<String, @Nullable Object> fields(String commitId) {
      var fields = new HashMap<String, @Nullable Object>();
      fields.put("state", to.word());
      fields.put("slot", null);
      fields.put("commitId", commitId);
      fields.put("error", error == null ? null : error.toMap());
      if (to.isFinished()) {
        Instant retryUntil = now.plus(config.retryWindow());
        fields.put("finishedAt", timestamp(now));
        fields.put("dueAt", null);
        fields.put("retryUntil", to == JobState.FAILED ? timestamp(retryUntil) : null);
        fields.put("expireAt", timestamp(to == JobState.FAILED ? retryUntil : now.plus(KEPT)));
      } else {
        fields.put("dueAt", timestamp(now.plus(config.approval())));
      }
      return fields;
    }

    /** Tells whoever listens, after the batch was accepted. */
    public void announce(
        Timestamp at, @Nullable String step, int progress, List<Preview> previews) {
      announce.changed(job.moved(to, error, now).seen(step, progress, previews), null, at);
      if (next != null) {
        announce.changed(next.moved(JobState.READY, null, now), null, at);
      }
    }

    /** Whether somebody took the place: then a slot may be worth looking for. */
    public boolean promoted() {
      return next != null;
    }

    private void tell(WriteBatch batch, String commitId) {
      KindSpec kind = config.kind(job.kind());
      if (!kind.visible()) {
        return;
      }
      String word = to == JobState.SUCCEEDED ? "ready" : "failed";
      Map<String, @Nullable Object> entry = new HashMap<>();
      entry.put("uid", job.uid());
      entry.put("state", "pending");
      entry.put("kind", word);
      entry.put("jobId", job.id());
      entry.put("round", (long) job.round());
      entry.put("storyId", kind.storyId(job.id(), job.input()));
      entry.put("code", error == null ? null : error.code());
      entry.put("message", error == null ? null : error.message());
      entry.put("createdAt", timestamp(now));
      entry.put("commitId", commitId);
      batch.create(store.document("outbox/" + job.id() + ":" + job.round() + ":" + word), entry);
    }
  }
}
