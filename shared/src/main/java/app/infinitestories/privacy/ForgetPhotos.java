package app.infinitestories.privacy;

import static app.infinitestories.platform.firestore.Times.instant;
import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.firestore.FirestoreTimeout;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.userstories.PhotoUses;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldMask;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.storage.StorageException;
import io.grpc.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Deletes a child's photo and recording once the job that used them has ended: at once after a
 * finished film, after half an hour otherwise, so that a retry may still use them. The promise is
 * one hour.
 */
public final class ForgetPhotos {
  private static final EventLog LOG = EventLog.of(ForgetPhotos.class);
  private static final Duration KEPT_FOR_A_RETRY = Duration.ofMinutes(30);
  private static final int PAGE = 300;
  private static final FieldMask DUE_FIELDS = FieldMask.of("state", "finishedAt");

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

  /**
   * Forgets photo and recording of a job if it is time; what a worker calls when a job has ended.
   */
  public void ofJob(String jobId) {
    uses.ofJob(jobId).forEach(use -> forgetIfDue(use, ""));
  }

  /** Forgets photo and recording of a job that will never need it again. */
  void now(String jobId) {
    for (PhotoUses.Use use : uses.ofJob(jobId)) {
      if (!forgetIfDue(use, jobId)) {
        uses.drop(use); // another job needs it still, and will forget it
      }
    }
  }

  /** Looks at every photo in use; what the clean-up calls. Returns how many it forgot. */
  public int run() {
    int forgotten = 0;
    List<PhotoUses.Use> page = uses.page("", PAGE);
    while (!page.isEmpty()) {
      Map<String, DocumentSnapshot> jobs = jobs(page);
      for (PhotoUses.Use use : page) {
        forgotten += isDue(use, jobs, "") && attempt(use) ? 1 : 0;
      }
      page = page.size() < PAGE ? List.of() : uses.page(page.getLast().id(), PAGE);
    }
    return forgotten;
  }

  /** One photo that cannot be deleted now must not keep the others from being forgotten in time. */
  private boolean attempt(PhotoUses.Use use) {
    try {
      return forgetIfDue(use, "");
    } catch (FirestoreException | FirestoreTimeout | StorageException e) {
      LOG.error("photo.not_forgotten", e, "job", use.jobId());
      return false;
    }
  }

  /**
   * Forgets a photo once all jobs that use it are done with it. The record of the upload goes
   * first, under its precondition: a job that is accepted meanwhile changes it, and one that comes
   * later does not find it. The notes of the uses go last, so that this is repeated until it is
   * done.
   *
   * @param done a job that will never need it again, whatever its state
   */
  private boolean forgetIfDue(PhotoUses.Use use, String done) {
    Optional<DocumentSnapshot> upload = uses.upload(use);
    List<PhotoUses.Use> all = uses.of(use.storageKey());
    Map<String, DocumentSnapshot> jobs = jobs(all);
    if (!all.stream().allMatch(one -> isDue(one, jobs, done))) {
      return false;
    }
    if (upload.isPresent() && !uses.withdraw(upload.get())) {
      return false;
    }
    media.delete(use.storageKey());
    for (PhotoUses.Use one : all) {
      if (jobs.containsKey(one.jobId())) {
        note(
            firestore.collection("jobs").document(one.jobId()),
            one.isRecording() ? "recordingForgottenAt" : "photoForgottenAt");
      }
      uses.drop(one);
      LOG.info(one.isRecording() ? "recording.forgotten" : "photo.forgotten", "job", one.jobId());
    }
    return true;
  }

  /** The jobs of those uses that still exist. */
  private Map<String, DocumentSnapshot> jobs(List<PhotoUses.Use> all) {
    if (all.isEmpty()) {
      return Map.of();
    }
    DocumentReference[] refs =
        all.stream()
            .map(use -> firestore.collection("jobs").document(use.jobId()))
            .toArray(DocumentReference[]::new);
    var jobs = new HashMap<String, DocumentSnapshot>();
    for (DocumentSnapshot job : on(firestore.getAll(refs, DUE_FIELDS))) {
      if (job.exists()) {
        jobs.put(job.getId(), job);
      }
    }
    return jobs;
  }

  private boolean isDue(PhotoUses.Use use, Map<String, DocumentSnapshot> jobs, String done) {
    DocumentSnapshot job = jobs.get(use.jobId());
    return job == null || use.jobId().equals(done) || isDue(job);
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

  private void note(DocumentReference job, String field) {
    try {
      on(job.update(field, timestamp(clock.instant())));
    } catch (FirestoreException e) {
      Status status = e.getStatus();
      if (status == null || status.getCode() != Status.Code.NOT_FOUND) {
        throw e;
      }
      // The job was cleaned up meanwhile, and its note with it.
    }
  }
}
