package app.infinitestories.queue.admission;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.queue.AnnounceChanges;
import app.infinitestories.queue.JobState;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.QueuedJob;
import app.infinitestories.queue.Slot;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.WakeUps;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import com.google.cloud.firestore.WriteBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Gives free slots to the first jobs of the line, the first job to the first slot and so on.
 * Several dispatchers at once are safe: each pair is one batch, of which one wins.
 */
public final class AdmitJobs {
  private static final EventLog LOG = EventLog.of(AdmitJobs.class);
  private static final int AT_ONCE = 16;

  private final QueueStore store;
  private final SetUpSlots slots;
  private final Breakers breakers;
  private final WakeUps wakeUps;
  private final Timing timing;
  private final AnnounceChanges announce;

  public AdmitJobs(
      QueueStore store,
      SetUpSlots slots,
      Breakers breakers,
      WakeUps wakeUps,
      Timing timing,
      AnnounceChanges announce) {
    this.store = store;
    this.slots = slots;
    this.breakers = breakers;
    this.wakeUps = wakeUps;
    this.timing = timing;
    this.announce = announce;
  }

  /** A job that has just got that slot; its task carries the beat. */
  public record Admitted(String jobId, String slotId, long beat) {}

  /** Admits until there is no free slot or nobody in line; says how many jobs that were. */
  public int run(String pool) {
    slots.of(pool);
    int admitted = 0;
    while (true) {
      int limit = breakers.admissible(pool, AT_ONCE);
      if (limit == 0) {
        return admitted;
      }
      List<Slot> free = freeSlots(pool, limit);
      if (free.isEmpty()) {
        return admitted;
      }
      List<QueuedJob> line =
          on(store.readyJobs(pool).limit(free.size()).get()).getDocuments().stream()
              .map(QueuedJob::of)
              .flatMap(Optional::stream)
              .toList();
      if (line.isEmpty()) {
        return admitted;
      }
      int won = admitPairs(line, free);
      admitted += won;
      // A half-open breaker lets one job try; one that lost every race leaves the rest to others.
      if (won == 0 || limit < AT_ONCE) {
        return admitted;
      }
    }
  }

  /**
   * Admits this one job at once, past the line, for work that the caller does inside a request.
   * Empty when no slot is free, or the job is not ready.
   */
  public Optional<Admitted> admitNow(String jobId) {
    Optional<QueuedJob> job = store.findJob(jobId);
    if (job.isEmpty() || job.get().state() != JobState.READY) {
      return Optional.empty();
    }
    slots.of(job.get().pool());
    for (Slot slot : freeSlots(job.get().pool(), 3)) {
      Optional<Admitted> admitted = admit(job.get(), slot);
      if (admitted.isPresent()) {
        return admitted;
      }
    }
    return Optional.empty();
  }

  private List<Slot> freeSlots(String pool, int limit) {
    return on(
            store
                .slots()
                .whereEqualTo("pool", pool)
                .whereEqualTo("free", true)
                .whereEqualTo("drained", false)
                .limit(limit)
                .get())
        .getDocuments()
        .stream()
        .map((QueryDocumentSnapshot slot) -> Slot.of(slot))
        .toList();
  }

  private int admitPairs(List<QueuedJob> line, List<Slot> free) {
    var pairs = new ArrayList<Callable<Optional<Admitted>>>();
    for (int i = 0; i < line.size(); i++) {
      QueuedJob job = line.get(i);
      Slot slot = free.get(i);
      pairs.add(() -> admit(job, slot));
    }
    int won = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Optional<Admitted>> done : threads.invokeAll(pairs)) {
        Optional<Admitted> admitted = done.get();
        if (admitted.isPresent()) {
          Admitted a = admitted.get();
          wakeUps.work(a.jobId(), a.slotId(), a.beat(), timing.now());
          won++;
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("admission failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during admission", e);
    }
    return won;
  }

  private Optional<Admitted> admit(QueuedJob job, Slot slot) {
    String commitId = store.newId();
    long beat = slot.beat() + 1;
    Map<String, @Nullable Object> waiting = new HashMap<>();
    waiting.put("state", JobState.WAITING.word());
    waiting.put("slot", slot.id());
    waiting.put("commitId", commitId);
    WriteBatch batch = store.batch();
    batch.update(job.ref(), waiting, Precondition.updatedAt(job.updateTime()));
    batch.update(
        slot.ref(),
        Slot.taken(job, commitId, beat, commitId),
        Precondition.updatedAt(slot.updateTime()));
    return switch (Commits.commit(batch, slot.ref(), commitId)) {
      case Commits.Outcome.Applied applied -> {
        LOG.info("job.admitted", "job", job.id(), "slot", slot.id());
        announce.changed(
            job.moved(JobState.WAITING, job.error(), timing.now()), null, applied.at());
        yield Optional.of(new Admitted(job.id(), slot.id(), beat));
      }
      case Commits.Outcome.Refused refused -> Optional.empty();
    };
  }
}
