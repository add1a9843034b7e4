package app.infinitestories.queue.projection;

import app.infinitestories.platform.realtime.RealtimeException;
import app.infinitestories.platform.realtime.RealtimeNodes;
import app.infinitestories.queue.Estimate;
import app.infinitestories.queue.JobChanges;
import app.infinitestories.queue.JobError;
import app.infinitestories.queue.JobView;
import app.infinitestories.queue.Preview;
import app.infinitestories.queue.QueueConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Writes a job's own node at each change, without a read; positions come with the sync. */
public final class LiveNodes implements JobChanges {
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final RealtimeNodes nodes;
  private final Clock clock;
  private final BiFunction<String, String, Estimate> usual;

  private volatile Instant quietUntil = Instant.MIN;

  /**
   * @param usual slot time of a kind and length, for the estimate of a job that is being made
   */
  public LiveNodes(RealtimeNodes nodes, Clock clock, BiFunction<String, String, Estimate> usual) {
    this.nodes = nodes;
    this.clock = clock;
    this.usual = usual;
  }

  @Override
  public void changed(JobView job, long seq) {
    Instant now = clock.instant();
    // Housekeeping is shown to nobody: a deletion must not leave a node of itself.
    if (job.pool().equals(QueueConfig.HOUSE) || now.isBefore(quietUntil)) {
      return;
    }
    JobNode node = node(job);
    try {
      nodes.put(node.path(), node.toMap(now), seq);
    } catch (RealtimeException e) {
      // A worker must not wait at each step for a database that is down; the sync catches up.
      quietUntil = clock.instant().plus(PAUSE);
      throw e;
    }
  }

  private JobNode node(JobView job) {
    String state = job.state().shown();
    JobError error = job.error();
    return new JobNode(
        job.uid(),
        job.jobId(),
        state,
        job.step(),
        job.progress(),
        null,
        true,
        state.equals("running")
            ? usual.apply(job.kind(), job.length()).remaining(job.progress() / 100.0)
            : null,
        preview(job),
        error == null ? null : error.code(),
        job.storyId());
  }

  private static JobNode.@Nullable Preview preview(JobView job) {
    if (job.previews().isEmpty()) {
      return null;
    }
    Preview last = job.previews().getLast();
    return new JobNode.Preview(last.scene(), last.path());
  }
}
