package app.infinitestories.queue;

import static app.infinitestories.platform.firestore.Waiting.on;

import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import java.util.List;
import java.util.Optional;

/** Jobs as their owner sees them, with what their worker has noted so far. */
public final class ReadJobs {
  private final QueueStore store;
  private final QueueConfig config;

  public ReadJobs(QueueStore store, QueueConfig config) {
    this.store = store;
    this.config = config;
  }

  /** The user's job; empty for somebody else's as for an unknown one. */
  public Optional<JobView> find(String uid, String jobId) {
    return store
        .findJob(jobId)
        .filter(job -> job.uid().equals(uid))
        .map(job -> job.view(config.kind(job.kind()), slotOf(job)));
  }

  /** The user's jobs of a kind that are not finished. */
  public List<JobView> unfinished(String uid, String kind) {
    Query query =
        store
            .jobs()
            .whereEqualTo("uid", uid)
            .whereEqualTo("kind", kind)
            .whereEqualTo("finishedAt", null)
            .limit(100);
    return on(query.get()).getDocuments().stream()
        .map((QueryDocumentSnapshot document) -> QueuedJob.of(document))
        .flatMap(Optional::stream)
        .map(job -> job.view(config.kind(job.kind()), slotOf(job)))
        .toList();
  }

  private @org.jspecify.annotations.Nullable Slot slotOf(QueuedJob job) {
    return job.slot() == null ? null : Slot.of(on(store.slot(job.slot()).get()));
  }
}
