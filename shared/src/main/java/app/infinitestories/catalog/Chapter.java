package app.infinitestories.catalog;

import com.google.cloud.firestore.DocumentSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A chapter with its scenes, {@code stories/{storyId}/chapters/{chapterId}}.
 *
 * @param index from 0, the order in which chapters are watched
 * @param premium whether it takes an entitlement to watch this chapter
 * @param scenes by index
 */
public record Chapter(
    String id,
    int index,
    String title,
    boolean premium,
    double durationSeconds,
    List<Scene> scenes) {

  /** The fields of the document. */
  public Map<String, Object> toFields() {
    Map<String, Object> fields = new HashMap<>();
    fields.put("index", index);
    fields.put("title", title);
    fields.put("premium", premium);
    fields.put("durationSeconds", durationSeconds);
    fields.put("scenes", scenes.stream().map(Scene::toFields).toList());
    return fields;
  }

  /** The chapter of an existing document. */
  public static Chapter of(DocumentSnapshot document) {
    var fields = Fields.of(document);
    return new Chapter(
        document.getId(),
        fields.integer("index"),
        fields.text("title"),
        fields.bool("premium"),
        fields.decimal("durationSeconds"),
        fields.list("scenes", Scene::of));
  }

  /** What the story's own document knows of this chapter. */
  public ChapterHead head() {
    return new ChapterHead(id, index, title, premium, durationSeconds);
  }
}
