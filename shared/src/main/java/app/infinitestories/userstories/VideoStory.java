package app.infinitestories.userstories;

import static app.infinitestories.platform.firestore.Times.instant;
import static app.infinitestories.platform.firestore.Times.timestamp;

import app.infinitestories.platform.json.Json;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A finished film, {@code users/{uid}/stories/{storyId}} with {@code kind: video}. Its id is the
 * job's. Paths are objects of the bucket; phones get signed addresses.
 *
 * @param orderedAt when the job was accepted: what lists are sorted by, with or without the job
 * @param createdAt when the film was finished
 */
public record VideoStory(
    String id,
    String title,
    String language,
    String genre,
    String ageBand,
    String videoPath,
    String posterPath,
    List<CaptionTrack> captions,
    double durationSeconds,
    List<Scene> scenes,
    Instant orderedAt,
    Instant createdAt) {

  /** Captions in one language, as WebVTT. */
  public record CaptionTrack(String language, String path) {}

  /** One scene: its text as spoken, its picture, and when it is on. */
  public record Scene(
      int index, String text, String imagePath, double startSeconds, double durationSeconds) {}

  /** The fields of the document. */
  public Map<String, @Nullable Object> toFields() {
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put("kind", "video");
    fields.put("title", title);
    fields.put("language", language);
    fields.put("genre", genre);
    fields.put("ageBand", ageBand);
    fields.put("videoPath", videoPath);
    fields.put("posterPath", posterPath);
    fields.put("captions", captions.stream().map(Json::toMap).toList());
    fields.put("durationSeconds", durationSeconds);
    fields.put("scenes", scenes.stream().map(Json::toMap).toList());
    fields.put("orderedAt", timestamp(orderedAt));
    fields.put("createdAt", timestamp(createdAt));
    return fields;
  }

  /** The story of a document of that kind. */
  public static VideoStory of(DocumentSnapshot document) {
    Map<String, Object> fields = new HashMap<>(Objects.requireNonNull(document.getData()));
    return new VideoStory(
        document.getId(),
        text(fields, "title"),
        text(fields, "language"),
        text(fields, "genre"),
        text(fields, "ageBand"),
        text(fields, "videoPath"),
        text(fields, "posterPath"),
        list(fields, "captions", CaptionTrack.class),
        ((Number) Objects.requireNonNull(fields.get("durationSeconds"))).doubleValue(),
        list(fields, "scenes", Scene.class),
        time(fields, "orderedAt"),
        time(fields, "createdAt"));
  }

  private static Instant time(Map<String, Object> fields, String name) {
    return instant((Timestamp) Objects.requireNonNull(fields.get(name), name));
  }

  private static String text(Map<String, Object> fields, String name) {
    return (String) Objects.requireNonNull(fields.get(name), name);
  }

  private static <T> List<T> list(Map<String, Object> fields, String name, Class<T> type) {
    return ((List<?>) Objects.requireNonNull(fields.get(name), name))
        .stream().map(item -> Json.convert(Objects.requireNonNull(item), type)).toList();
  }

  @Override
  public String toString() {
    return "VideoStory[" + id + "]";
  }
}
