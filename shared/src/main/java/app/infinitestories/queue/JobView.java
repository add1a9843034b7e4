package app.infinitestories.queue;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as its owner may see it.
 *
 * @param step the name of the step that it is at, without scene
 * @param progress 0 to 100, never backwards within a round, 100 only when succeeded
 * @param storyId what came of it, once it has succeeded
 * @param turn its place in line, in milliseconds since 1970
 * @param dueAt when a parked job goes on, or when an unanswered approval ends
 */
public record JobView(
    String jobId,
    String uid,
    String kind,
    String length,
    String pool,
    int round,
    JobState state,
    @Nullable String step,
    int progress,
    List<Preview> previews,
    @Nullable JobError error,
    @Nullable String storyId,
    int attempts,
    long turn,
    @Nullable Instant dueAt,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  /** The same without pictures, where no address can be made of them. */
  public JobView withoutPreviews() {
    return new JobView(
        jobId,
        uid,
        kind,
        length,
        pool,
        round,
        state,
        step,
        progress,
        List.of(),
        error,
        storyId,
        attempts,
        turn,
        dueAt,
        createdAt,
        startedAt,
        finishedAt);
  }
}
