package app.infinitestories.privacy;

import static app.infinitestories.platform.firestore.Times.instant;
import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.firebase.SignInsUnavailable;
import app.infinitestories.platform.firestore.FirestoreTimeout;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.platform.realtime.RealtimeException;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.QueuedJob;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldValue;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at everybody who left once more after an hour and after a day: an upload cannot be fenced,
 * and a late one is found here. It is also the net under a deletion whose job failed. After the
 * last sweep the tombstone names nobody any more.
 */
public final class SweepDepartures {
  private static final EventLog LOG = EventLog.of(SweepDepartures.class);
  private static final Duration LAST_SWEEP = Duration.ofHours(24);
  private static final int AT_ONCE = 50;

  private final Firestore firestore;
  private final QueueStore queue;
  private final EraseUser erase;
  private final Clock clock;

  public SweepDepartures(Firestore firestore, QueueStore queue, EraseUser erase, Clock clock) {
    this.firestore = firestore;
    this.queue = queue;
    this.erase = erase;
    this.clock = clock;
  }

  /** Once all is gone, also the job that did it; what a worker calls when a job has ended. */
  public void ofJob(String jobId) {
    erase.deleteJob(jobId);
  }

  /** Sweeps whoever is due; what the clean-up calls. Returns how many were found clean. */
  public int run() {
    int clean = 0;
    for (DocumentSnapshot tombstone :
        on(firestore
                .collection("tombstones")
                .whereLessThanOrEqualTo("sweepAt", timestamp(clock.instant()))
                .orderBy("sweepAt")
                .limit(AT_ONCE)
                .get())
            .getDocuments()) {
      try {
        clean += sweep(tombstone) ? 1 : 0;
      } catch (FirestoreException
          | FirestoreTimeout
          | StorageException
          | RealtimeException
          | SignInsUnavailable
          | NotYet e) {
        LOG.error("departure.not_swept", e, "tombstone", tombstone.getId());
      }
    }
    return clean;
  }

  private boolean sweep(DocumentSnapshot tombstone) {
    Departure departure = Departure.of(tombstone);
    Optional<QueuedJob> job = queue.findJob(departure.jobId());
    if (departure.uid() == null || (job.isPresent() && !job.get().state().isFinished())) {
      return false;
    }
    var user = new EraseUser.Leaving(departure.uid(), departure.salt(), departure.jobId());
    erase.revokeTokens(user);
    erase.cancelJobs(user);
    if (erase.isAtWork(user)) {
      return false;
    }
    erase.cancelProviderTasks(user);
    erase.keepLegalRecord(user);
    erase.deleteDocuments(user);
    erase.deleteNodes(user);
    erase.deleteObjects(user);
    erase.deleteSignIn(user);
    erase.deleteJob(departure.jobId());
    if (erase.countLeft(user) > 0) {
      return false;
    }
    note(tombstone);
    return true;
  }

  /** When to look again; after the last time the uid goes, and the hash alone stays. */
  private void note(DocumentSnapshot tombstone) {
    Timestamp at = Objects.requireNonNull(tombstone.getTimestamp("at"));
    Instant last = instant(at).plus(LAST_SWEEP);
    Map<String, @Nullable Object> fields = new HashMap<>();
    if (clock.instant().isBefore(last)) {
      fields.put("sweepAt", timestamp(last));
    } else {
      fields.put("sweepAt", FieldValue.delete());
      fields.put("uid", FieldValue.delete());
      fields.put("goneAt", timestamp(clock.instant()));
    }
    on(
        tombstone
            .getReference()
            .update(
                fields, Precondition.updatedAt(Objects.requireNonNull(tombstone.getUpdateTime()))));
  }
}
