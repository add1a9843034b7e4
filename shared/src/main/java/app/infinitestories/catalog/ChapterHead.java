package app.infinitestories.catalog;

import java.util.Map;

/**
 * What a story's own document knows of a chapter, so that a story costs one read.
 *
 * @param index from 0, the order in which chapters are watched
 * @param premium whether it takes an entitlement to watch this chapter
 */
public record ChapterHead(
    String id, int index, String title, boolean premium, double durationSeconds) {

  /** The entry in the list {@code chapters}. */
  public Map<String, Object> toFields() {
    return Map.of(
        "id", id,
        "index", index,
        "title", title,
        "premium", premium,
        "durationSeconds", durationSeconds);
  }

  static ChapterHead of(Fields fields) {
    return new ChapterHead(
        fields.text("id"),
        fields.integer("index"),
        fields.text("title"),
        fields.bool("premium"),
        fields.decimal("durationSeconds"));
  }
}
