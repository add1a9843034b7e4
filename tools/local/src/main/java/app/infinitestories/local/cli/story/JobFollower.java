package app.infinitestories.local.cli.story;

import app.infinitestories.local.cli.story.DatabaseListener.Heard;
import app.infinitestories.local.part.PartException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Follows a job to its end by the Realtime Database. The database is a projection: when it is
 * silent for long, the API is asked, which tells from the truth.
 */
final class JobFollower {
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private final AppCalls app;
  private final ProgressDisplay display;
  private final Phases phases;
  private final LongSupplier nanoTime;

  /** Where changes come from; {@link DatabaseListener#next} in practice. */
  interface Changes {
    Optional<Heard> next(Duration patience) throws InterruptedException;
  }

  /** What calls for somebody. */
  interface Watcher {
    /** Another scene was painted. */
    void painted();

    /** The parent is asked, and the job waits for the answer. */
    void asked();
  }

  JobFollower(AppCalls app, ProgressDisplay display, Phases phases, LongSupplier nanoTime) {
    this.app = app;
    this.display = display;
    this.phases = phases;
    this.nanoTime = nanoTime;
  }

  /**
   * Returns when the job has ended.
   *
   * @throws PartException when it does not end in time or the database hangs up
   */
  JobNode follow(String jobId, Changes changes, Watcher watcher, Duration patience)
      throws InterruptedException {
    long deadline = nanoTime.getAsLong() + patience.toNanos();
    var previewed = -1;
    var asked = false;
    while (true) {
      var job = read(changes.next(SILENCE), jobId);
      if (job.isPresent()) {
        var now = job.get();
        phases.enter(now.finished() ? "ending" : now.words());
        int preview = now.previewScene().orElse(previewed);
        if (preview != previewed) {
          previewed = preview;
          watcher.painted();
        }
        display.show(now);
        if (now.finished()) {
          return now;
        }
        if (now.waitsForParent() && !asked) {
          watcher.asked();
        }
        asked = now.waitsForParent();
      }
      if (nanoTime.getAsLong() > deadline) {
        throw new PartException(
            "Gave up after %d min; it was still %s (see the logs of work-on-job)"
                .formatted(patience.toMinutes(), phases.current()));
      }
    }
  }

  private Optional<JobNode> read(Optional<Heard> heard, String jobId) {
    if (heard.isEmpty()) {
      return Optional.of(JobNode.ofApi(app.item(jobId).path("job")));
    }
    return switch (heard.get()) {
      case Heard.Value(var node) ->
          node.isObject() ? Optional.of(JobNode.ofDatabase(node)) : Optional.empty();
      case Heard.Over(var why) -> throw new PartException("Realtime Database: " + why);
    };
  }
}
