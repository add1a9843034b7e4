package app.infinitestories.queue.sweeper;

import static app.infinitestories.platform.firestore.Times.instant;
import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.queue.AnnounceChanges;
import app.infinitestories.queue.JobError;
import app.infinitestories.queue.JobState;
import app.infinitestories.queue.Preview;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.QueuedJob;
import app.infinitestories.queue.Slot;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.WakeUps;
import app.infinitestories.queue.run.EndFromOutside;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.QuerySnapshot;
import com.google.cloud.firestore.WriteBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every busy slot that nobody has written to for longer than the lease, by Firestore's own
 * time on both sides: sends a waiting job's task again, takes a running job from its silent worker,
 * and frees what belongs to nobody. So no slot leaks.
 */
public final class ReturnExpiredLeases {
  private static final EventLog LOG = EventLog.of(ReturnExpiredLeases.class);
  private static final Duration TASK_MAY_BE_LATE = Duration.ofSeconds(60);

  private final QueueStore store;
  private final QueueConfig config;
  private final Timing timing;
  private final EndFromOutside end;
  private final WakeUps wakeUps;
  private final AnnounceChanges announce;

  public ReturnExpiredLeases(
      QueueStore store,
      QueueConfig config,
      Timing timing,
      EndFromOutside end,
      WakeUps wakeUps,
      AnnounceChanges announce) {
    this.store = store;
    this.config = config;
    this.timing = timing;
    this.end = end;
    this.wakeUps = wakeUps;
    this.announce = announce;
  }

  /** Says how many slots it did something about. */
  public int run() {
    QuerySnapshot busy = on(store.slots().whereEqualTo("free", false).get());
    Instant readAt = instant(busy.getReadTime());
    return (int)
        busy.getDocuments().stream()
            .map(Slot::of)
            .filter(slot -> isSilent(slot, readAt))
            .filter(slot -> look(slot, readAt))
            .count();
  }

  private boolean isSilent(Slot slot, Instant readAt) {
    Duration silence = Duration.between(instant(slot.updateTime()), readAt);
    return silence.compareTo(config.lease()) > 0;
  }

  private boolean look(Slot slot, Instant readAt) {
    Optional<QueuedJob> job = store.findJob(String.valueOf(slot.jobId()));
    if (job.isEmpty() || !slot.id().equals(job.get().slot())) {
      LOG.warn("slot.freed", "slot", slot.id(), "job", slot.jobId());
      return free(slot);
    }
    return switch (job.get().state()) {
      case WAITING -> isOverdue(slot, readAt) && sendAgain(job.get(), slot);
      case RUNNING -> takeAway(job.get(), slot);
      default -> false;
    };
  }

  private static boolean isOverdue(Slot slot, Instant readAt) {
    Instant due = slot.pollAt();
    return due == null || readAt.isAfter(due.plus(TASK_MAY_BE_LATE));
  }

  private boolean free(Slot slot) {
    String commitId = store.newId();
    WriteBatch batch = store.batch();
    batch.update(
        slot.ref(),
        Slot.freed(slot.beat() + 1, commitId),
        Precondition.updatedAt(slot.updateTime()));
    boolean freed = Commits.commit(batch, slot.ref(), commitId) instanceof Commits.Outcome.Applied;
    if (freed) {
      wakeUps.generate(slot.pool());
    }
    return freed;
  }

  private boolean sendAgain(QueuedJob job, Slot slot) {
    String commitId = store.newId();
    long beat = slot.beat() + 1;
    Map<String, @Nullable Object> beaten = new HashMap<>();
    beaten.put("beat", beat);
    beaten.put("commitId", commitId);
    WriteBatch batch = store.batch();
    batch.update(slot.ref(), beaten, Precondition.updatedAt(slot.updateTime()));
    if (Commits.commit(batch, slot.ref(), commitId) instanceof Commits.Outcome.Applied) {
      LOG.warn("task.sent-again", "job", job.id(), "slot", slot.id());
      wakeUps.work(job.id(), slot.id(), beat, timing.now());
      return true;
    }
    return false;
  }

  private boolean takeAway(QueuedJob job, Slot slot) {
    int attempts = (slot.doneSteps() > 0 ? 0 : job.attempts()) + 1;
    LOG.warn("lease.expired", "job", job.id(), "slot", slot.id(), "attempts", attempts);
    if (attempts >= config.attempts()) {
      var error =
          new JobError(
              JobError.TOO_MANY_ATTEMPTS, "We tried several times, and it did not work out.");
      return end.end(new EndFromOutside.Held(job, slot), JobState.FAILED, error).isPresent();
    }
    String commitId = store.newId();
    Map<String, @Nullable Object> ready = new HashMap<>();
    ready.put("state", JobState.READY.word());
    ready.put("slot", null);
    ready.put("attempts", (long) attempts);
    ready.put("readyAt", timestamp(timing.now()));
    ready.put("step", slot.step());
    ready.put("progress", (long) slot.progress());
    ready.put("previews", Preview.toMaps(slot.previews()));
    ready.put("commitId", commitId);
    WriteBatch batch = store.batch();
    batch.update(job.ref(), ready);
    batch.update(
        slot.ref(),
        Slot.freed(slot.beat() + 1, commitId),
        Precondition.updatedAt(slot.updateTime()));
    return switch (Commits.commit(batch, job.ref(), commitId)) {
      case Commits.Outcome.Applied applied -> {
        announce.changed(
            job.moved(JobState.READY, null, timing.now())
                .seen(slot.step(), slot.progress(), slot.previews()),
            null,
            applied.at());
        wakeUps.generate(job.pool());
        yield true;
      }
      case Commits.Outcome.Refused refused -> false;
    };
  }
}
