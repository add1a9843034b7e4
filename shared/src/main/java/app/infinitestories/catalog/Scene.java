package app.infinitestories.catalog;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One scene of a chapter: its text as told, and its media as paths of the bucket.
 *
 * @param index from 0, the order in which scenes are watched
 */
public record Scene(
    String id,
    int index,
    String text,
    String imagePath,
    @Nullable String videoPath,
    @Nullable String audioPath,
    @Nullable String captionsPath,
    double durationSeconds) {

  /** The entry in the list {@code scenes}; media that is not there has no field. */
  public Map<String, Object> toFields() {
    Map<String, Object> fields = new HashMap<>();
    fields.put("id", id);
    fields.put("index", index);
    fields.put("text", text);
    fields.put("imagePath", imagePath);
    putIfThere(fields, "videoPath", videoPath);
    putIfThere(fields, "audioPath", audioPath);
    putIfThere(fields, "captionsPath", captionsPath);
    fields.put("durationSeconds", durationSeconds);
    return fields;
  }

  static Scene of(Fields fields) {
    return new Scene(
        fields.text("id"),
        fields.integer("index"),
        fields.text("text"),
        fields.text("imagePath"),
        fields.textOrNull("videoPath"),
        fields.textOrNull("audioPath"),
        fields.textOrNull("captionsPath"),
        fields.decimal("durationSeconds"));
  }

  private static void putIfThere(Map<String, Object> fields, String name, @Nullable String path) {
    if (path != null) {
      fields.put(name, path);
    }
  }
}
