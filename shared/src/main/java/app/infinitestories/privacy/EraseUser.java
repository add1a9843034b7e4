package app.infinitestories.privacy;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.firebase.SignIns;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.platform.realtime.RealtimeNodes;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.provider.ProviderException;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.QueuedJob;
import app.infinitestories.queue.run.CancelJob;
import app.infinitestories.queue.run.ChangeResult;
import app.infinitestories.queue.sweeper.ProviderTasks;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import java.util.List;
import java.util.Optional;

/**
 * The steps by which a user is deleted. Each says what it did and may be repeated at any time: what
 * is gone already is fine.
 */
public final class EraseUser {
  private static final EventLog LOG = EventLog.of(EraseUser.class);

  private final Firestore firestore;
  private final QueueStore queue;
  private final CancelJob cancelJob;
  private final ProviderTasks providers;
  private final MediaStore media;
  private final RealtimeNodes nodes;
  private final SignIns signIns;
  private final LegalRecord legalRecord;
  private final UserDocuments documents;

  public EraseUser(
      Firestore firestore,
      QueueStore queue,
      CancelJob cancelJob,
      ProviderTasks providers,
      MediaStore media,
      RealtimeNodes nodes,
      SignIns signIns) {
    this.firestore = firestore;
    this.queue = queue;
    this.cancelJob = cancelJob;
    this.providers = providers;
    this.media = media;
    this.nodes = nodes;
    this.signIns = signIns;
    this.legalRecord = new LegalRecord(firestore);
    this.documents = new UserDocuments(firestore, queue, media);
  }

  /**
   * Who is leaving.
   *
   * @param salt of the name that the legal record keeps
   * @param jobId the deletion itself, which is not in its own way
   */
  record Leaving(String uid, String salt, String jobId) {
    @Override
    public String toString() {
      return "Leaving[" + jobId + "]";
    }
  }

  /** The salt that the tombstone holds. */
  String salt(String uid) {
    return Departure.of(on(firestore.document(Departure.path(uid)).get())).salt();
  }

  /** Nobody gets in with a token of before. */
  boolean revokeTokens(Leaving user) {
    signIns.revoke(user.uid());
    return true;
  }

  /** Cancels every unfinished job; its hold is given back, which the ledger keeps. */
  int cancelJobs(Leaving user) {
    int cancelled = 0;
    for (QueuedJob job : jobs(user)) {
      if (!job.state().isFinished()) {
        ChangeResult result = cancelJob.cancelForDeletion(user.uid(), job.id());
        if (result instanceof ChangeResult.TryLater) {
          throw new NotYet("job " + job.id() + " cannot be cancelled now");
        }
        cancelled += result instanceof ChangeResult.Changed ? 1 : 0;
      }
    }
    return cancelled;
  }

  /** Whether a worker still has a job of this user: it may write and upload. */
  boolean isAtWork(Leaving user) {
    return on(queue.slots().whereEqualTo("uid", user.uid()).get()).getDocuments().stream()
        .anyMatch(slot -> !user.jobId().equals(slot.getString("jobId")));
  }

  /**
   * Cancels what providers still make for this user. A provider that does not answer does not hold
   * up the deletion: its task stays on the list of those without an owner, which is worked off.
   */
  int cancelProviderTasks(Leaving user) {
    int cancelled = 0;
    for (QueuedJob job : jobs(user)) {
      for (DocumentSnapshot task :
          on(queue.orphans().whereEqualTo("jobId", job.id()).get()).getDocuments()) {
        cancelled += cancel(task) ? 1 : 0;
      }
    }
    return cancelled;
  }

  private boolean cancel(DocumentSnapshot task) {
    String provider = task.getString("provider");
    String taskId = task.getString("taskId");
    if (provider != null && taskId != null && task.get("cancelledAt") == null) {
      try {
        providers.cancel(provider, taskId);
      } catch (ProviderException.BadRequest e) {
        LOG.warn("orphan.not-cancelled", "orphan", task.getId());
      } catch (ProviderException e) {
        LOG.error("orphan.later", e, "orphan", task.getId());
        return false;
      }
    }
    on(task.getReference().delete());
    return true;
  }

  /** Money and audit under a name that leads nowhere. */
  int keepLegalRecord(Leaving user) {
    return legalRecord.keep(user.uid(), Departure.legalName(user.uid(), user.salt()));
  }

  /** All documents, with the media of jobs, which nobody could find without them. */
  int deleteDocuments(Leaving user) {
    return documents.delete(user.uid(), jobs(user).stream().map(QueuedJob::id).toList());
  }

  /** What phones listened to. */
  boolean deleteNodes(Leaving user) {
    nodes.delete(List.of(node(user)));
    return true;
  }

  /** All that lies under the user, and the deletion's own scratch. */
  int deleteObjects(Leaving user) {
    return media.deleteAll(folder(user)) + media.deleteAll("jobs/" + user.jobId() + "/");
  }

  /** The sign-in, last of all: until here the user could ask what becomes of their wish. */
  boolean deleteSignIn(Leaving user) {
    signIns.delete(user.uid());
    return true;
  }

  /** What is left of the user anywhere, the deletion's own job and slot aside. */
  int countLeft(Leaving user) {
    int left =
        documents.count(user.uid(), user.jobId())
            + legalRecord.count(user.uid())
            + media.list(folder(user), 10).size()
            + nodes.read(node(user)).size()
            + (signIns.exists(user.uid()) ? 1 : 0);
    LOG.info("user.counted", "job", user.jobId(), "left", left);
    return left;
  }

  /** Once all is gone, the job that did it names its user for no longer. */
  void deleteJob(String jobId) {
    Optional<QueuedJob> job = queue.findJob(jobId);
    if (job.isPresent()
        && job.get().kind().equals(DeletionPipeline.KIND)
        && job.get().state().isFinished()) {
      on(firestore.recursiveDelete(job.get().ref()));
    }
  }

  private List<QueuedJob> jobs(Leaving user) {
    return on(queue.jobs().whereEqualTo("uid", user.uid()).get()).getDocuments().stream()
        .map(QueuedJob::of)
        .flatMap(Optional::stream)
        .filter(job -> !job.id().equals(user.jobId()))
        .toList();
  }

  private static String folder(Leaving user) {
    return "users/" + user.uid() + "/";
  }

  private static String node(Leaving user) {
    return "queue/users/" + user.uid();
  }
}
