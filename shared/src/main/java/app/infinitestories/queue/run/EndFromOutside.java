package app.infinitestories.queue.run;

import app.infinitestories.accounts.AccountChange;
import app.infinitestories.accounts.Hold;
import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.queue.JobError;
import app.infinitestories.queue.JobState;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.QueuedJob;
import app.infinitestories.queue.Slot;
import app.infinitestories.queue.WakeUps;
import app.infinitestories.queue.line.LeaveLine;
import app.infinitestories.queue.steps.Orphans;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.WriteBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends a job that somebody else than its worker ends: its owner, the sweeper, a deletion. Final at
 * once in state, money and place; a slot that a worker has is only revoked, so that the bound on
 * what is in production stays hard.
 */
public final class EndFromOutside {
  private final QueueStore store;
  private final LeaveLine leaveLine;
  private final Orphans orphans;
  private final WakeUps wakeUps;

  public EndFromOutside(QueueStore store, LeaveLine leaveLine, Orphans orphans, WakeUps wakeUps) {
    this.store = store;
    this.leaveLine = leaveLine;
    this.orphans = orphans;
    this.wakeUps = wakeUps;
  }

  /** A job together with its slot, as of one moment. */
  public record Held(QueuedJob job, @Nullable Slot slot) {}

  /** What the end gave back. */
  public record Ended(QueuedJob job, Optional<Hold> returned) {}

  /** The job, and the slot that it has, read at one moment. */
  public Optional<Held> read(String jobId) {
    Optional<QueuedJob> alone = store.findJob(jobId);
    if (alone.isEmpty() || alone.get().slot() == null) {
      return alone.map(job -> new Held(job, null));
    }
    List<DocumentSnapshot> both =
        store.all(store.job(jobId), store.slot(String.valueOf(alone.get().slot())));
    Optional<QueuedJob> job = QueuedJob.of(both.get(0));
    boolean held =
        job.isPresent() && both.get(1).exists() && both.get(1).getId().equals(job.get().slot());
    return job.map(j -> new Held(j, held ? Slot.of(both.get(1)) : null));
  }

  /** Ends it as it was read; empty when it has changed since: read again. */
  public Optional<Ended> end(Held held, JobState to, @Nullable JobError error) {
    return end(held, to, error, change -> {});
  }

  /** The same, with something more about the account in the same batch. */
  public Optional<Ended> end(
      Held held, JobState to, @Nullable JobError error, Consumer<AccountChange> more) {
    QueuedJob job = held.job();
    if (job.state().hasSlot() && held.slot() == null) {
      return Optional.empty();
    }
    String commitId = store.newId();
    LeaveLine.Departure departure = leaveLine.prepare(job, to, error, more);
    Slot slot = held.slot();
    WriteBatch batch = store.batch();
    Map<String, @Nullable Object> fields = new HashMap<>(departure.fields(commitId));
    if (slot == null) {
      batch.update(job.ref(), fields, Precondition.updatedAt(job.updateTime()));
    } else {
      fields.put("step", slot.step());
      fields.put("progress", (long) slot.progress());
      batch.update(job.ref(), fields);
      boolean atWork = job.state() == JobState.RUNNING && to == JobState.CANCELLED;
      Map<String, @Nullable Object> released =
          atWork ? revoked(commitId) : Slot.freed(slot.beat() + 1, commitId);
      batch.update(slot.ref(), released, Precondition.updatedAt(slot.updateTime()));
    }
    departure.addTo(batch, commitId);
    if (job.startedAt() != null) {
      orphans.addTo(batch, job.id(), orphans.submittedTasks(job.id()));
    }
    return switch (Commits.commit(batch, job.ref(), commitId)) {
      case Commits.Outcome.Applied applied -> {
        departure.announce(
            applied.at(),
            slot == null ? job.step() : slot.step(),
            slot == null ? job.progress() : slot.progress(),
            slot == null ? job.previews() : slot.previews());
        wakeUps.generate(job.pool());
        wakeUps.sync();
        yield Optional.of(new Ended(departure.job(), departure.returned()));
      }
      case Commits.Outcome.Refused refused -> Optional.empty();
    };
  }

  private static Map<String, @Nullable Object> revoked(String commitId) {
    var fields = new HashMap<String, @Nullable Object>();
    fields.put("revoked", true);
    fields.put("commitId", commitId);
    return fields;
  }
}
