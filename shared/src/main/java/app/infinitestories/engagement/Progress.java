package app.infinitestories.engagement;

import static app.infinitestories.platform.firestore.Times.instant;
import static app.infinitestories.platform.firestore.Times.timestamp;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a user is in a story, {@code users/{uid}/progress/{storyId}}.
 *
 * @param positionSeconds from the scene's beginning
 * @param storySeconds from the story's beginning: which of two places is further
 * @param watchedAt when it was so, by the device's clock, to the microsecond
 * @param finished whether this place is in the last scene: a story that is started over is
 *     unfinished again, as a viewer expects of the place to go on from
 * @param finishedAt when the last scene was reached for the first time; starting over keeps it
 * @param genre of the story, so that tastes cost no look into the catalogue
 * @param language of the story
 */
public record Progress(
    String chapterId,
    String sceneId,
    double positionSeconds,
    double storySeconds,
    Instant watchedAt,
    boolean finished,
    @Nullable Instant finishedAt,
    String genre,
    String language) {

  /**
   * What puts two devices' reports in order: the later one; of two at the same moment the one
   * further in the story. The rest decides only so that the order is total.
   */
  private static final Comparator<Progress> LATER =
      Comparator.comparing(Progress::watchedAt)
          .thenComparingDouble(Progress::storySeconds)
          .thenComparingDouble(Progress::positionSeconds)
          .thenComparing(Progress::chapterId)
          .thenComparing(Progress::sceneId)
          .thenComparing(Progress::finished)
          .thenComparing(Progress::genre)
          .thenComparing(Progress::language);

  /**
   * What is known after both reports, whichever came first: the later place, and the earlier first
   * finish. In whatever order reports arrive, and however often, the end is the same.
   */
  Progress and(Progress other) {
    Progress later = LATER.compare(this, other) >= 0 ? this : other;
    return new Progress(
        later.chapterId,
        later.sceneId,
        later.positionSeconds,
        later.storySeconds,
        later.watchedAt,
        later.finished,
        earlier(finishedAt, other.finishedAt),
        later.genre,
        later.language);
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  /** The fields of the document. */
  Map<String, @Nullable Object> toFields() {
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put("chapterId", chapterId);
    fields.put("sceneId", sceneId);
    fields.put("positionSeconds", positionSeconds);
    fields.put("storySeconds", storySeconds);
    fields.put("watchedAt", timestamp(watchedAt));
    fields.put("finished", finished);
    if (finishedAt != null) {
      fields.put("finishedAt", timestamp(finishedAt));
    }
    fields.put("genre", genre);
    fields.put("language", language);
    return fields;
  }

  /** The progress of a document that exists. */
  static Progress of(DocumentSnapshot document) {
    Timestamp finishedAt = document.getTimestamp("finishedAt");
    return new Progress(
        text(document, "chapterId"),
        text(document, "sceneId"),
        number(document, "positionSeconds"),
        number(document, "storySeconds"),
        instant(Objects.requireNonNull(document.getTimestamp("watchedAt"), "watchedAt")),
        Boolean.TRUE.equals(document.getBoolean("finished")),
        finishedAt == null ? null : instant(finishedAt),
        text(document, "genre"),
        text(document, "language"));
  }

  private static String text(DocumentSnapshot document, String field) {
    return Objects.requireNonNull(document.getString(field), field);
  }

  private static double number(DocumentSnapshot document, String field) {
    return Objects.requireNonNull(document.getDouble(field), field);
  }
}
