package app.infinitestories.generation;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.platform.firestore.FirestoreTimeout;
import app.infinitestories.platform.firestore.Pages;
import app.infinitestories.platform.json.Json;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.platform.realtime.RealtimeException;
import app.infinitestories.platform.realtime.RealtimeNodes;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.privacy.ForgetPhotos;
import app.infinitestories.privacy.RemoveUnusedUploads;
import app.infinitestories.privacy.SweepDepartures;
import app.infinitestories.privacy.WithdrawConsent;
import app.infinitestories.queue.assembly.QueueAssembly;
import app.infinitestories.queue.sweeper.ProviderTasks;
import app.infinitestories.userstories.UserStories;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps house every ten minutes: forgets photos in time and what a withdrawn consent covered,
 * deletes uploads that nobody used, looks again at users who left, cancels provider tasks without
 * an owner, and removes jobs a day after they ended with their steps, their scratch media and their
 * node; a film's cost report moves to its story.
 */
public final class CleanUp {
  private static final EventLog LOG = EventLog.of(CleanUp.class);
  private static final Duration KEPT_AFTER_THE_END = Duration.ofHours(24);
  private static final int JOBS_AT_ONCE = 100;
  private static final int PAGES_AT_ONCE = 50;

  private final Firestore firestore;
  private final QueueAssembly queue;
  private final MediaStore media;
  private final RealtimeNodes nodes;
  private final ForgetPhotos forgetPhotos;
  private final RemoveUnusedUploads unusedUploads;
  private final WithdrawConsent withdrawals;
  private final SweepDepartures departures;
  private final ProviderTasks providers;
  private final Clock clock;

  public CleanUp(
      Firestore firestore,
      QueueAssembly queue,
      MediaStore media,
      RealtimeNodes nodes,
      ForgetPhotos forgetPhotos,
      RemoveUnusedUploads unusedUploads,
      WithdrawConsent withdrawals,
      SweepDepartures departures,
      ProviderTasks providers,
      Clock clock) {
    this.firestore = firestore;
    this.queue = queue;
    this.media = media;
    this.nodes = nodes;
    this.forgetPhotos = forgetPhotos;
    this.unusedUploads = unusedUploads;
    this.withdrawals = withdrawals;
    this.departures = departures;
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
        "withdrawals",
        withdrawals.run(),
        "departures",
        departures.run(),
        "orphans",
        queue.reapOrphans(providers).run(),
        "jobs",
        removeFinishedJobs());
  }

  private int removeFinishedJobs() {
    var removed = new AtomicInteger();
    Pages.each(
        firestore
            .collection("jobs")
            .whereLessThan("finishedAt", timestamp(clock.instant().minus(KEPT_AFTER_THE_END)))
            .orderBy("finishedAt"),
        JOBS_AT_ONCE,
        PAGES_AT_ONCE,
        page -> page.forEach(job -> removed.addAndGet(attempt(job) ? 1 : 0)));
    return removed.get();
  }

  /** One job that cannot be removed now must not keep the others. */
  private boolean attempt(DocumentSnapshot job) {
    try {
      remove(job);
      return true;
    } catch (FirestoreException | FirestoreTimeout | StorageException | RealtimeException e) {
      LOG.error("job.not_removed", e, "job", job.getId());
      return false;
    }
  }

  /** Safe to repeat. */
  private void remove(DocumentSnapshot job) {
    String uid = Objects.requireNonNull(job.getString("uid"));
    if ("succeeded".equals(job.getString("state")) && "video".equals(job.getString("kind"))) {
      keepCost(uid, job.getId());
    }
    media.deleteAll("jobs/" + job.getId() + "/");
    nodes.delete(List.of("queue/users/" + uid + "/jobs/" + job.getId()));
    for (DocumentSnapshot told :
        on(firestore.collection("outbox").whereEqualTo("jobId", job.getId()).get())
            .getDocuments()) {
      on(told.getReference().delete());
    }
    on(firestore.recursiveDelete(job.getReference()));
  }

  private void keepCost(String uid, String jobId) {
    DocumentSnapshot story =
        on(firestore.collection("users").document(uid).collection("stories").document(jobId).get());
    // A removal that stopped half-way has deleted some of the steps: what it kept is the whole.
    if (!story.exists() || story.contains(UserStories.KEPT_COST)) {
      return;
    }
    String report = Json.write(queue.costReport().of(jobId));
    try {
      on(story.getReference().update(UserStories.KEPT_COST, report));
    } catch (FirestoreException e) {
      if (!Commits.isDoubtful(e) || on(story.getReference().get()).exists()) {
        throw e;
      }
      // The parent deleted the story meanwhile.
    }
  }
}
