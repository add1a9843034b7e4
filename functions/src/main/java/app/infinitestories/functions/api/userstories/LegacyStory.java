package app.infinitestories.functions.api.userstories;

import app.infinitestories.queue.JobError;
import app.infinitestories.queue.JobState;
import app.infinitestories.queue.JobView;
import app.infinitestories.userstories.UserStories;
import app.infinitestories.userstories.VideoStory;
import java.net.URI;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A story as the first version of the app knows it: from the order to the film in one shape.
 *
 * @param status pending, processing, completed or failed
 * @param queuePosition while it is pending, as far as it is known
 * @param error why it failed; a cancelled story failed, too
 */
record LegacyStory(
    String storyId,
    String status,
    @Nullable Integer queuePosition,
    @Nullable String title,
    @Nullable String videoUrl,
    @Nullable String thumbnailUrl,
    JobAnswer.@Nullable Problem error,
    Instant createdAt) {

  /** A story that was just put in line: its place is not projected yet. */
  static LegacyStory accepted(JobView job) {
    return new LegacyStory(
        job.jobId(), status(job.state()), null, null, null, null, null, job.createdAt());
  }

  static LegacyStory of(
      UserStories.Item item, JobAnswer.@Nullable Place place, Function<String, URI> readUrl) {
    JobView job = item.job();
    VideoStory film = item.story();
    String status = film != null ? "completed" : job == null ? "processing" : status(job.state());
    return new LegacyStory(
        item.id(),
        status,
        place == null || !status.equals("pending") ? null : place.position(),
        film == null ? null : film.title(),
        film == null ? null : readUrl.apply(film.videoPath()).toString(),
        film == null ? null : readUrl.apply(film.posterPath()).toString(),
        film != null || job == null ? null : problem(job),
        item.orderedAt());
  }

  /** Succeeded without a film is a moment between two reads: completed means that one can watch. */
  private static String status(JobState state) {
    return switch (state) {
      case BACKLOG, READY, PARKED -> "pending";
      case WAITING, RUNNING, AWAITING_APPROVAL, SUCCEEDED -> "processing";
      case FAILED, CANCELLED -> "failed";
    };
  }

  private static JobAnswer.@Nullable Problem problem(JobView job) {
    if (job.state() == JobState.CANCELLED) {
      return new JobAnswer.Problem("CANCELLED", "This story was cancelled.");
    }
    JobError error = job.error();
    return error == null ? null : new JobAnswer.Problem(error.code(), error.message());
  }
}
