package app.infinitestories.engagement;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.firestore.Commits;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.WriteBatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps where a user is in a story. Devices report late, twice and out of order; each report is
 * merged with what is known, so that all orders end the same.
 */
public final class RecordProgress {
  /** How far a device's clock may be ahead of ours. */
  public static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  private final Firestore firestore;
  private final Clock clock;
  private final Shards shards;

  /**
   * A device's report.
   *
   * @param positionSeconds from the scene's beginning
   * @param storySeconds from the story's beginning
   * @param lastScene whether the scene is the story's last: then the story is finished
   */
  public record Report(
      String storyId,
      String genre,
      String language,
      String chapterId,
      String sceneId,
      double positionSeconds,
      double storySeconds,
      boolean lastScene,
      Instant watchedAt) {}

  /**
   * @param random chooses the shard that a finish is counted on
   */
  public RecordProgress(Firestore firestore, Clock clock, RandomGenerator random) {
    this.firestore = firestore;
    this.clock = clock;
    this.shards = new Shards(firestore, random);
  }

  /**
   * Merges a report; one that tells nothing new changes nothing. The first finish counts for the
   * story, once per user.
   *
   * @throws Failure.BadInput for a time that has a {@link #problem}
   */
  public void record(String uid, Report report) {
    Progress reported = progress(report);
    var mark = new UserMarks(firestore, uid).progress(report.storyId());
    RuntimeException last = null;
    for (int attempt = 0; attempt < MarkCommit.ATTEMPTS; attempt++) {
      DocumentSnapshot document = on(mark.get());
      Progress before = document.exists() ? Progress.of(document) : null;
      Progress after = before == null ? reported : before.and(reported);
      if (after.equals(before)) {
        return;
      }
      last = MarkCommit.commit(batch(document, before, after, report.storyId()));
      if (last == null) {
        return;
      }
      // Refused, or in doubt: the next look tells, for a report merged twice changes nothing.
    }
    throw new Failure.Unavailable(MarkCommit.TRY_AGAIN, last);
  }

  /**
   * What is wrong with a time. One ahead of our clock by more than {@link #CLOCK_SKEW} would shut
   * out every true report until then; moving it to now instead would let the order of arrival
   * decide. The app can find out the server's time, and correct its own.
   */
  public Optional<String> problem(Instant watchedAt) {
    if (watchedAt.isAfter(clock.instant().plus(CLOCK_SKEW))) {
      return Optional.of("must not be in the future");
    }
    return watchedAt.isBefore(EARLIEST)
        ? Optional.of("must not be before " + EARLIEST)
        : Optional.empty();
  }

  private WriteBatch batch(
      DocumentSnapshot document, @Nullable Progress before, Progress after, String storyId) {
    WriteBatch batch = firestore.batch();
    if (before == null) {
      batch.create(document.getReference(), after.toFields());
    } else {
      batch.update(
          document.getReference(),
          after.toFields(),
          Precondition.updatedAt(Commits.updateTime(document)));
    }
    if (after.finishedAt() != null && (before == null || before.finishedAt() == null)) {
      shards.add(batch, storyId, "finishes", 1);
    }
    return batch;
  }

  private Progress progress(Report report) {
    // As Firestore keeps it, so that what is read again equals what was written.
    Instant watchedAt = report.watchedAt().truncatedTo(ChronoUnit.MICROS);
    problem(watchedAt)
        .ifPresent(problem -> {
          throw new Failure.BadInput("watchedAt", problem);
        });
    return new Progress(
        report.chapterId(),
        report.sceneId(),
        report.positionSeconds(),
        report.storySeconds(),
        watchedAt,
        report.lastScene(),
        report.lastScene() ? watchedAt : null,
        report.genre(),
        report.language());
  }
}
