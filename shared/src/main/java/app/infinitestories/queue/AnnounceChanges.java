package app.infinitestories.queue;

import app.infinitestories.platform.firestore.Times;
import app.infinitestories.platform.log.EventLog;
import com.google.cloud.Timestamp;
import org.jspecify.annotations.Nullable;

/** Tells the listener of a change, and keeps its failures away from the job. */
public final class AnnounceChanges {
  private static final EventLog LOG = EventLog.of(AnnounceChanges.class);

  private final JobChanges listener;
  private final QueueConfig config;

  public AnnounceChanges(JobChanges listener, QueueConfig config) {
    this.listener = listener;
    this.config = config;
  }

  /** The job's owner may see it so from that commit on. */
  public void changed(QueuedJob job, @Nullable Slot slot, Timestamp at) {
    changed(job.view(config.kind(job.kind()), slot), at);
  }

  /** The job's owner may see it so from that commit on. */
  public void changed(JobView job, Timestamp at) {
    try {
      listener.changed(job, Times.micros(at));
    } catch (RuntimeException e) {
      // The truth is committed; whoever shows it catches up with the next sync.
      LOG.error("job.announce.failed", e, "job", job.jobId());
    }
  }
}
