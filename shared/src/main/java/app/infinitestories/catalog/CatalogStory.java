package app.infinitestories.catalog;

import static app.infinitestories.platform.firestore.Times.timestamp;

import com.google.cloud.firestore.DocumentSnapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A story that everybody may find, {@code stories/{storyId}}, with the heads of its chapters.
 *
 * @param premium whether any of its chapters takes an entitlement
 * @param posterPath an object of the bucket
 * @param chapters by index
 * @param likes the sum of the counters' shards when the ranking last ran
 * @param popularity what the ranking sorts by
 * @param published false hides it from everybody
 * @param revision counts the changes that its editors made
 */
public record CatalogStory(
    String id,
    String title,
    String summary,
    String language,
    String genre,
    String ageBand,
    boolean premium,
    String posterPath,
    List<ChapterHead> chapters,
    double durationSeconds,
    long likes,
    double popularity,
    Instant publishedAt,
    boolean published,
    long revision) {

  public int chapterCount() {
    return chapters.size();
  }

  /** The same story with a count of likes that is newer than the document's. */
  public CatalogStory withLikes(long exact) {
    return new CatalogStory(
        id,
        title,
        summary,
        language,
        genre,
        ageBand,
        premium,
        posterPath,
        chapters,
        durationSeconds,
        exact,
        popularity,
        publishedAt,
        published,
        revision);
  }

  /** The fields of the document. */
  public Map<String, Object> toFields() {
    Map<String, Object> fields = new HashMap<>();
    fields.put("title", title);
    fields.put("summary", summary);
    fields.put("language", language);
    fields.put("genre", genre);
    fields.put("ageBand", ageBand);
    fields.put("premium", premium);
    fields.put("posterPath", posterPath);
    fields.put("chapters", chapters.stream().map(ChapterHead::toFields).toList());
    fields.put("chapterCount", chapterCount());
    fields.put("durationSeconds", durationSeconds);
    fields.put("likes", likes);
    fields.put("popularity", popularity);
    fields.put("publishedAt", timestamp(publishedAt));
    fields.put("published", published);
    fields.put("revision", revision);
    return fields;
  }

  /** The story of an existing document. */
  public static CatalogStory of(DocumentSnapshot document) {
    return of(document.getId(), Fields.of(document));
  }

  /** The story of fields that lie elsewhere, as those of the shelves do. */
  public static CatalogStory of(String id, Map<String, ?> fields) {
    return of(id, new Fields(fields));
  }

  private static CatalogStory of(String id, Fields fields) {
    return new CatalogStory(
        id,
        fields.text("title"),
        fields.text("summary"),
        fields.text("language"),
        fields.text("genre"),
        fields.text("ageBand"),
        fields.bool("premium"),
        fields.text("posterPath"),
        fields.list("chapters", ChapterHead::of),
        fields.decimal("durationSeconds"),
        fields.number("likes"),
        fields.decimal("popularity"),
        fields.time("publishedAt"),
        fields.bool("published"),
        fields.number("revision"));
  }
}
