package app.infinitestories.queue.run;

import static app.infinitestories.platform.firestore.Times.timestamp;

import app.infinitestories.accounts.Account;
import app.infinitestories.accounts.AccountChange;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.accounts.Hold;
import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.queue.AnnounceChanges;
import app.infinitestories.queue.JobState;
import app.infinitestories.queue.KindSpec;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.QueuedJob;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.WakeUps;
import app.infinitestories.queue.line.EnterLine;
import app.infinitestories.queue.line.Priority;
import app.infinitestories.queue.line.RateLeft;
import app.infinitestories.queue.line.RatePolicy;
import app.infinitestories.queue.line.Repeat;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.WriteBatch;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The parent's answer: yes, yes with changes (one revision more), or no (cancelled and given back,
 * three times a month). The pipeline finds it in the job's input under {@code approval}.
 */
public final class ApproveJob {
  private static final Hold NOTHING = new Hold(0, 0, null);
  private static final RatePolicy REJECTIONS = new RatePolicy("rejections", 3, Duration.ofDays(30));

  private final QueueStore store;
  private final Accounts accounts;
  private final EnterLine line;
  private final EndFromOutside end;
  private final QueueConfig config;
  private final Timing timing;
  private final AnnounceChanges announce;
  private final WakeUps wakeUps;
  private final Repeat repeat;

  public ApproveJob(
      QueueStore store,
      Accounts accounts,
      EnterLine line,
      EndFromOutside end,
      QueueConfig config,
      Timing timing,
      AnnounceChanges announce,
      WakeUps wakeUps) {
    this.store = store;
    this.accounts = accounts;
    this.line = line;
    this.end = end;
    this.config = config;
    this.timing = timing;
    this.announce = announce;
    this.wakeUps = wakeUps;
    this.repeat = new Repeat(timing);
  }

  /**
   * Answers.
   *
   * @param changes what to change first, if anything; without it a no is final
   */
  public ChangeResult answer(String uid, String jobId, boolean approved, Optional<String> changes) {
    return repeat
        .untilDone(() -> attempt(uid, jobId, approved, changes))
        .orElseGet(() -> new ChangeResult.TryLater(Duration.ofSeconds(2)));
  }

  private Optional<ChangeResult> attempt(
      String uid, String jobId, boolean approved, Optional<String> changes) {
    Optional<QueuedJob> found = store.findJob(jobId);
    if (found.isEmpty() || !found.get().uid().equals(uid)) {
      return Optional.of(new ChangeResult.NotFound());
    }
    QueuedJob job = found.get();
    if (job.state() != JobState.AWAITING_APPROVAL) {
      return Optional.of(new ChangeResult.NotNow(job.state()));
    }
    Optional<Account> account = accounts.read(uid);
    if (account.isEmpty() || account.get().closing()) {
      return Optional.of(new ChangeResult.AccountClosing());
    }
    if (changes.isPresent() && job.revision() > 1) {
      return Optional.of(new ChangeResult.ChangedBefore());
    }
    return approved || changes.isPresent()
        ? goOn(job, account.get(), approved, changes)
        : reject(job, account.get());
  }

  private Optional<ChangeResult> reject(QueuedJob job, Account account) {
    RateLeft left = RateLeft.of(REJECTIONS, account, timing.now());
    if (left.remaining() == 0) {
      return Optional.of(new ChangeResult.TooOften(left.reset()));
    }
    return end.end(
            new EndFromOutside.Held(job, null),
            JobState.CANCELLED,
            null,
            change -> change.count(REJECTIONS.name(), REJECTIONS.window()))
        .map(ended -> changed(ended.job(), ended.returned().orElse(NOTHING)));
  }

  private Optional<ChangeResult> goOn(
      QueuedJob job, Account account, boolean approved, Optional<String> changes) {
    KindSpec kind = config.kind(job.kind());
    var change = new AccountChange(account, timing.now());
    OptionalLong turn = line.place(change, account, kind, job.length());
    JobState to = turn.isPresent() ? JobState.READY : JobState.BACKLOG;
    String commitId = store.newId();
    Map<String, @Nullable Object> answer = new HashMap<>();
    answer.put("approved", approved);
    // A wish stays beside a later yes: a replay of its revision may need it.
    answer.put("changes", changes.isPresent() ? changes.get() : earlierChanges(job));
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put("state", to.word());
    fields.put("turn", turn.orElse(0));
    fields.put("priority", (long) Priority.APPROVED.number());
    fields.put("readyAt", turn.isPresent() ? timestamp(timing.now()) : null);
    fields.put("dueAt", null);
    fields.put("revision", job.revision() + (changes.isPresent() ? 1L : 0L));
    fields.put("input.approval", answer);
    fields.put("attempts", 0L);
    fields.put("parks", 0L);
    fields.put("parkedSince", null);
    fields.put("commitId", commitId);
    WriteBatch batch = store.batch();
    batch.update(job.ref(), fields, Precondition.updatedAt(job.updateTime()));
    change.addTo(batch, accounts.ref(job.uid()), commitId);
    return switch (Commits.commit(batch, job.ref(), commitId)) {
      case Commits.Outcome.Applied applied -> {
        QueuedJob after = job.moved(to, null, timing.now());
        announce.changed(after, null, applied.at());
        wakeUps.generate(job.pool());
        yield Optional.of(changed(after, NOTHING));
      }
      case Commits.Outcome.Refused refused -> Optional.empty();
    };
  }

  private static @Nullable Object earlierChanges(QueuedJob job) {
    return job.input().get("approval") instanceof Map<?, ?> earlier ? earlier.get("changes") : null;
  }

  private ChangeResult changed(QueuedJob job, Hold returned) {
    return new ChangeResult.Changed(job.view(config.kind(job.kind()), null), returned);
  }
}
