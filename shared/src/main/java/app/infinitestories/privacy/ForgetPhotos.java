package app.infinitestories.privacy;

import static app.infinitestories.platform.firestore.Times.instant;
import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.log.EventLog;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.userstories.PhotoUses;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreException;
import io.grpc.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Deletes a child's photo once the job that used it has ended: at once after a finished film, after
 * half an hour otherwise, so that a retry may still use it. The promise is one hour.
 */
public final class ForgetPhotos {
  private static final EventLog LOG = EventLog.of(ForgetPhotos.class);
  private static final Duration KEPT_FOR_A_RETRY = Duration.ofMinutes(30);
  private static final int PAGE = 300;

  private final Firestore firestore;
  private final PhotoUses uses;
  private final MediaStore media;
  private final Clock clock;

  public ForgetPhotos(Firestore firestore, PhotoUses uses, MediaStore media, Clock clock) {
    this.firestore = firestore;
    this.uses = uses;
    this.media = media;
    this.clock = clock;
  }

  /** Forgets the photo of a job if it is time; what a worker calls when a job has ended. */
  public void ofJob(String jobId) {
    uses.find(jobId).ifPresent(this::forgetIfDue);
  }

  /** Forgets the photo of a job that will never need it again. */
  void now(String jobId) {
    uses.find(jobId).ifPresent(this::forget);
  }

  /** Looks at every photo in use; what the clean-up calls. Returns how many it forgot. */
  public int run() {
    int forgotten = 0;
    List<PhotoUses.Use> page = uses.page("", PAGE);
    while (!page.isEmpty()) {
      for (PhotoUses.Use use : page) {
        forgotten += forgetIfDue(use) ? 1 : 0;
      }
      page = page.size() < PAGE ? List.of() : uses.page(page.getLast().jobId(), PAGE);
    }
    return forgotten;
  }

  private boolean forgetIfDue(PhotoUses.Use use) {
    DocumentReference jobRef = firestore.collection("jobs").document(use.jobId());
    DocumentSnapshot job = on(jobRef.get());
    if (job.exists() && !isDue(job)) {
      return false;
    }
    forget(use);
    if (job.exists()) {
      note(jobRef);
    }
    return true;
  }

  private void forget(PhotoUses.Use use) {
    if (uses.onlyUser(use)) {
      media.delete(use.storageKey());
      uses.dropUpload(use);
    }
    uses.drop(use);
    LOG.info("photo.forgotten", "job", use.jobId());
  }

  private boolean isDue(DocumentSnapshot job) {
    Timestamp finished = job.getTimestamp("finishedAt");
    String state = job.getString("state");
    if (finished == null || state == null) {
      return false;
    }
    return switch (state) {
      case "succeeded", "cancelled" -> true;
      case "failed" -> {
        Instant since = instant(finished);
        yield Duration.between(since, clock.instant()).compareTo(KEPT_FOR_A_RETRY) > 0;
      }
      default -> false;
    };
  }

  private void note(DocumentReference job) {
    try {
      on(job.update("photoForgottenAt", timestamp(clock.instant())));
    } catch (FirestoreException e) {
      Status status = e.getStatus();
      if (status == null || status.getCode() != Status.Code.NOT_FOUND) {
        throw e;
      }
      // The job was cleaned up meanwhile, and its note with it.
    }
  }
}
