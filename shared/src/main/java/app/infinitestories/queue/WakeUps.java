package app.infinitestories.queue;

import app.infinitestories.platform.Hashes;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.platform.tasks.TaskQueue;
import com.google.api.gax.rpc.ApiException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Wakes the functions up by Cloud Tasks. Names coalesce: a thousand wake-ups within a second make
 * one run, at that second's end, so that it sees what all of them had committed. A wake-up that
 * fails is logged and costs time only: the scheduler comes by every minute.
 */
public final class WakeUps {
  private static final EventLog LOG = EventLog.of(WakeUps.class);
  private static final Duration SHORT = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofMinutes(30);
  private static final int SYNC_SECONDS = 10;

  private final TaskQueue tasks;
  private final WakeUpConfig config;
  private final Timing timing;

  public WakeUps(TaskQueue tasks, WakeUpConfig config, Timing timing) {
    this.tasks = tasks;
    this.config = config;
    this.timing = timing;
  }

  /** Somebody is in line, or a slot is free: look at that pool within a second. */
  public void generate(String pool) {
    Instant at = Instant.ofEpochSecond(timing.now().getEpochSecond() + 1);
    send(config.wakeUpQueue(), config.generateUrl(), Map.of("pool", pool), at, SHORT, "generate");
  }

  /** Positions changed: show them within 10 seconds. */
  public void sync() {
    long window = timing.now().getEpochSecond() / SYNC_SECONDS;
    Instant at = Instant.ofEpochSecond((window + 1) * SYNC_SECONDS);
    send(config.wakeUpQueue(), config.syncUrl(), Map.of(), at, SHORT, "sync");
  }

  /** Work on that job, not before that time. The beat makes the task worthless once it moved on. */
  public void work(String jobId, String slotId, long beat, Instant at) {
    Map<String, String> body =
        Map.of("jobId", jobId, "slotId", slotId, "beat", Long.toString(beat));
    send(config.workQueue(), config.workUrl(), body, at, LONGEST, "work");
  }

  private void send(
      String queue,
      URI target,
      Map<String, String> body,
      Instant at,
      Duration deadline,
      String what) {
    String name =
        what
            + "-"
            + Hashes.sha256(
                    body.getOrDefault("pool", ""),
                    body.getOrDefault("jobId", ""),
                    body.getOrDefault("slotId", ""),
                    body.getOrDefault("beat", ""),
                    body.containsKey("beat") ? "" : at.toString())
                .substring(0, 40);
    try {
      tasks.enqueue(new TaskQueue.Work(queue, name, target, body, at, deadline));
    } catch (ApiException e) {
      LOG.error("task.not-taken", e, "what", what, "job", body.get("jobId"));
    }
  }
}
