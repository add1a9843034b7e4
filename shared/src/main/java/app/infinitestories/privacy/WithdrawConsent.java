package app.infinitestories.privacy;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.files.Arrivals;
import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.platform.firestore.FirestoreTimeout;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.QueuedJob;
import app.infinitestories.queue.run.CancelJob;
import app.infinitestories.queue.run.ChangeResult;
import app.infinitestories.users.Profiles;
import app.infinitestories.userstories.PhotoUses;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.storage.StorageException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Forgets what rested on a guardian's consent once it is withdrawn: photos, recordings, hero sheets
 * drawn from them in jobs' scratch, and jobs that were about to use them. The profile's mark says
 * until when uploads and jobs are meant, by Firestore's own time, so that a consent given again
 * meanwhile is not hurt; it goes when nothing is left, and until then each clean-up tries again.
 */
public final class WithdrawConsent {
  private static final EventLog LOG = EventLog.of(WithdrawConsent.class);
  private static final List<String> CHILDS_FILES = List.of("photo", "voice");
  private static final List<String> CHILDS_INPUTS = List.of("photo", "voiceIdea");
  private static final int ATTEMPTS = 5;
  private static final int USERS_AT_ONCE = 100;

  /** How far one look got. */
  private enum Progress {
    /** Nothing is left. */
    DONE,
    /** Something changed meanwhile: look again. */
    AGAIN,
    /** A worker has not let go of its job yet. */
    LATER
  }

  private final Firestore firestore;
  private final QueueStore queue;
  private final Profiles profiles;
  private final CancelJob cancelJob;
  private final PhotoUses uses;
  private final Arrivals arrivals;
  private final MediaStore media;
  private final Clock clock;

  public WithdrawConsent(
      Firestore firestore,
      QueueStore queue,
      Profiles profiles,
      CancelJob cancelJob,
      PhotoUses uses,
      MediaStore media,
      Clock clock) {
    this.firestore = firestore;
    this.queue = queue;
    this.profiles = profiles;
    this.cancelJob = cancelJob;
    this.uses = uses;
    this.arrivals = new Arrivals(firestore, media, clock);
    this.media = media;
    this.clock = clock;
  }

  /**
   * Forgets what a user withdrew their consent for, as far as it can be done now; what is left is
   * the clean-up's.
   */
  public void of(String uid) {
    try {
      forget(on(profiles.ref(uid).get()));
    } catch (FirestoreException | FirestoreTimeout | StorageException e) {
      LOG.error("consent.not_forgotten_yet", e, "user", uid);
    }
  }

  /** Goes on wherever something is left; what the clean-up calls. Returns how many are done. */
  public int run() {
    int done = 0;
    for (DocumentSnapshot profile :
        on(firestore
                .collection("users")
                .whereGreaterThan(Profiles.WITHDRAWN, Timestamp.MIN_VALUE)
                .limit(USERS_AT_ONCE)
                .get())
            .getDocuments()) {
      try {
        done += forget(profile) ? 1 : 0;
      } catch (FirestoreException | FirestoreTimeout | StorageException e) {
        LOG.error("consent.not_forgotten_yet", e, "user", profile.getId());
      }
    }
    return done;
  }

  private boolean forget(DocumentSnapshot profile) {
    Timestamp since = profile.getTimestamp(Profiles.WITHDRAWN);
    if (since == null) {
      return false;
    }
    String uid = profile.getId();
    Progress progress = Progress.AGAIN;
    for (int attempt = 0; attempt < ATTEMPTS && progress == Progress.AGAIN; attempt++) {
      progress = look(uid, since);
    }
    if (progress == Progress.DONE) {
      profiles.forgotten(uid, since);
      LOG.info("consent.forgotten", "user", uid);
    }
    return progress == Progress.DONE;
  }

  /**
   * Uploads are read before the jobs that may use them, and withdrawn after, if they are as they
   * were read: an order that comes in between changes its upload, and a later one finds none.
   */
  private Progress look(String uid, Timestamp since) {
    List<DocumentSnapshot> uploads = uploads(uid, since);
    List<QueuedJob> jobs = jobs(uid, since);
    for (QueuedJob job : jobs) {
      if (!job.state().isFinished()
          && cancelJob.cancelForDeletion(uid, job.id()) instanceof ChangeResult.TryLater) {
        return Progress.AGAIN;
      }
    }
    boolean allWithdrawn = true;
    for (DocumentSnapshot upload : uploads) {
      String key = String.valueOf(upload.getString("storageKey"));
      arrivals.abandon(upload);
      Optional<PhotoUses.Use> note = uses.withdrawUnused(upload, uid, key);
      allWithdrawn &= note.isPresent();
    }
    if (!allWithdrawn) {
      return Progress.AGAIN;
    }
    uses.ofUser(uid).forEach(this::delete);
    return scratch(uid, jobs);
  }

  /** The file of a use whose upload's record is gone; other uses belong to a newer consent. */
  private void delete(PhotoUses.Use use) {
    if (uses.upload(use).isEmpty()) {
      media.delete(use.storageKey());
      uses.drop(use);
    }
  }

  /** Hero sheets and all else that was made on the way, once no worker is at it any more. */
  private Progress scratch(String uid, List<QueuedJob> jobs) {
    Set<String> atWork =
        on(queue.slots().whereEqualTo("uid", uid).get()).getDocuments().stream()
            .map(slot -> String.valueOf(slot.getString("jobId")))
            .collect(Collectors.toSet());
    Progress progress = Progress.DONE;
    for (QueuedJob before : jobs) {
      Optional<QueuedJob> job = queue.findJob(before.id());
      if (job.isEmpty()) {
        continue;
      }
      if (!job.get().state().isFinished() || !endForGood(job.get())) {
        return Progress.AGAIN;
      }
      if (atWork.contains(before.id())) {
        progress = Progress.LATER;
      } else {
        media.deleteAll("jobs/" + before.id() + "/");
      }
    }
    return progress;
  }

  /** Says in the job that its photo is gone; from then on it cannot be tried again. */
  private boolean endForGood(QueuedJob job) {
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put("photoForgottenAt", timestamp(clock.instant()));
    fields.put("retryUntil", null);
    try {
      on(job.ref().update(fields, Precondition.updatedAt(job.updateTime())));
      return true;
    } catch (FirestoreException e) {
      if (!Commits.isDoubtful(e)) {
        throw e;
      }
      return false;
    }
  }

  private List<DocumentSnapshot> uploads(String uid, Timestamp since) {
    return on(
            firestore
                .collection("users")
                .document(uid)
                .collection("files")
                .whereIn("category", CHILDS_FILES)
                .get())
        .getDocuments()
        .stream()
        .filter(upload -> isMeant(upload, since))
        .map(DocumentSnapshot.class::cast)
        .toList();
  }

  private List<QueuedJob> jobs(String uid, Timestamp since) {
    return on(queue.jobs().whereEqualTo("uid", uid).get()).getDocuments().stream()
        .filter(job -> isMeant(job, since))
        .map(QueuedJob::of)
        .flatMap(Optional::stream)
        .filter(WithdrawConsent::restsOnAChild)
        .toList();
  }

  private static boolean restsOnAChild(QueuedJob job) {
    return CHILDS_INPUTS.stream().anyMatch(name -> job.input().get(name) != null);
  }

  private static boolean isMeant(DocumentSnapshot document, Timestamp since) {
    Timestamp created = document.getCreateTime();
    return created != null && created.compareTo(since) <= 0;
  }
}
