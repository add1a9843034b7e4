package app.infinitestories.queue.sweeper;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.queue.AnnounceChanges;
import app.infinitestories.queue.JobError;
import app.infinitestories.queue.JobState;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.QueuedJob;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.WakeUps;
import app.infinitestories.queue.run.EndFromOutside;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.WriteBatch;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends waiting that is over: parked jobs go back into the line with their old turn, or fail when
 * they have only waited for hours; approvals that nobody gave cancel their job.
 */
public final class EndWaiting {
  private static final EventLog LOG = EventLog.of(EndWaiting.class);
  private static final int AT_ONCE = 200;

  private final QueueStore store;
  private final QueueConfig config;
  private final Timing timing;
  private final EndFromOutside end;
  private final WakeUps wakeUps;
  private final AnnounceChanges announce;

  public EndWaiting(
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

  /** Says how many jobs moved on. */
  public int run() {
    long moved = due(JobState.PARKED).stream().filter(this::unpark).count();
    moved += due(JobState.AWAITING_APPROVAL).stream().filter(this::giveUpAsking).count();
    return (int) moved;
  }

  private List<QueuedJob> due(JobState state) {
    return on(
            store
                .jobs()
                .whereEqualTo("state", state.word())
                .whereLessThanOrEqualTo("dueAt", timestamp(timing.now()))
                .limit(AT_ONCE)
                .get())
        .getDocuments()
        .stream()
        .map(QueuedJob::of)
        .flatMap(Optional::stream)
        .toList();
  }

  private boolean unpark(QueuedJob job) {
    Instant since = job.parkedSince() == null ? timing.now() : job.parkedSince();
    if (!timing.now().isBefore(since.plus(config.parked()))) {
      LOG.warn("job.parked-too-long", "job", job.id());
      var error =
          new JobError(
              JobError.PROVIDER_UNAVAILABLE,
              "Our story makers are not available. Please try again later.");
      return end.end(new EndFromOutside.Held(job, null), JobState.FAILED, error).isPresent();
    }
    String commitId = store.newId();
    Map<String, @Nullable Object> ready = new HashMap<>();
    ready.put("state", JobState.READY.word());
    ready.put("dueAt", null);
    ready.put("readyAt", timestamp(timing.now()));
    ready.put("commitId", commitId);
    WriteBatch batch = store.batch();
    batch.update(job.ref(), ready, Precondition.updatedAt(job.updateTime()));
    return switch (Commits.commit(batch, job.ref(), commitId)) {
      case Commits.Outcome.Applied applied -> {
        announce.changed(job.moved(JobState.READY, null, timing.now()), null, applied.at());
        wakeUps.generate(job.pool());
        yield true;
      }
      case Commits.Outcome.Refused refused -> false;
    };
  }

  private boolean giveUpAsking(QueuedJob job) {
    LOG.info("job.not-approved", "job", job.id());
    return end.end(new EndFromOutside.Held(job, null), JobState.CANCELLED, null).isPresent();
  }
}
