package app.infinitestories.queue;

import app.infinitestories.platform.config.Environment;
import java.net.URI;

/** Where the worker functions are and which Cloud Tasks queues lead to them. */
public record WakeUpConfig(
    URI generateUrl, URI workUrl, URI syncUrl, String wakeUpQueue, String workQueue) {
  /** Reads the addresses; the defaults are those of the local stack. */
  public static WakeUpConfig from(Environment env) {
    return new WakeUpConfig(
        env.url(
            "GENERATE_STORIES_URL", "http://127.0.0.1:8091", "address of GenerateStoriesFunction"),
        env.url("WORK_ON_JOB_URL", "http://127.0.0.1:8092", "address of WorkOnJobFunction"),
        env.url("SYNC_QUEUE_URL", "http://127.0.0.1:8093", "address of SyncQueueFunction"),
        env.text("WAKE_UP_QUEUE", "wake-ups", "Cloud Tasks queue of the wake-ups"),
        env.text("WORK_QUEUE", "work", "Cloud Tasks queue of the workers"));
  }
}
