package app.infinitestories.generation;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.json.Json;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.platform.realtime.RealtimeNodes;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.privacy.ForgetPhotos;
import app.infinitestories.privacy.RemoveUnusedUploads;
import app.infinitestories.queue.assembly.QueueAssembly;
import app.infinitestories.queue.steps.CostReport;
import app.infinitestories.queue.sweeper.ProviderTasks;
import app.infinitestories.userstories.UserStories;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Keeps house every ten minutes: forgets photos in time, deletes uploads that nobody used, cancels
 * provider tasks without an owner, and removes jobs a day after they ended with their steps, their
 * scratch media and their node; a film's cost report moves to its story.
 */
public final class CleanUp {
  private static final EventLog LOG = EventLog.of(CleanUp.class);
  private static final Duration KEPT_AFTER_THE_END = Duration.ofHours(24);
  private static final int JOBS_AT_ONCE = 100;

  private final Firestore firestore;
  private final QueueAssembly queue;
  private final MediaStore media;
  private final RealtimeNodes nodes;
  private final ForgetPhotos forgetPhotos;
  private final RemoveUnusedUploads unusedUploads;
  private final ProviderTasks providers;
  private final Clock clock;

  public CleanUp(
      Firestore firestore,
      QueueAssembly queue,
      MediaStore media,
      RealtimeNodes nodes,
      ForgetPhotos forgetPhotos,
      RemoveUnusedUploads unusedUploads,
      ProviderTasks providers,
      Clock clock) {
    this.firestore = firestore;
    this.queue = queue;
    this.media = media;
    this.nodes = nodes;
    this.forgetPhotos = forgetPhotos;
    this.unusedUploads = unusedUploads;
    this.providers = providers;
    this.clock = clock;
  }

  /** All of it, once. */
  public void run() {
    LOG.info(
        "cleaned.up",
        "photos",
        forgetPhotos.run(),
        "uploads",
        unusedUploads.run(),
        "orphans",
        queue.reapOrphans(providers).run(),
        "jobs",
        removeFinishedJobs());
  }

  private int removeFinishedJobs() {
    List<? extends DocumentSnapshot> finished =
        on(firestore
                .collection("jobs")
                .whereLessThan("finishedAt", timestamp(clock.instant().minus(KEPT_AFTER_THE_END)))
                .orderBy("finishedAt")
                .limit(JOBS_AT_ONCE)
                .get())
            .getDocuments();
    finished.forEach(this::remove);
    return finished.size();
  }

  /** Safe to repeat: the job's document goes last. */
  private void remove(DocumentSnapshot job) {
    String uid = Objects.requireNonNull(job.getString("uid"));
    if ("succeeded".equals(job.getString("state")) && "video".equals(job.getString("kind"))) {
      keepCost(uid, job.getId());
    }
    media.deleteAll("jobs/" + job.getId() + "/");
    nodes.delete(List.of("queue/users/" + uid + "/jobs/" + job.getId()));
    on(firestore.recursiveDelete(job.getReference()));
  }

  private void keepCost(String uid, String jobId) {
    DocumentReference story =
        firestore.collection("users").document(uid).collection("stories").document(jobId);
    if (on(story.get()).exists()) {
      CostReport.Report report = queue.costReport().of(jobId);
      on(story.update(UserStories.KEPT_COST, Json.write(report)));
    }
  }
}
