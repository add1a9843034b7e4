package app.infinitestories.catalog;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stories for tests. */
final class CatalogSamples {
  static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123456Z");

  private CatalogSamples() {}

  static Scene scene(String id, int index, @Nullable String videoPath) {
    return new Scene(
        id,
        index,
        "Scene " + id,
        "catalog/" + id + ".png",
        videoPath,
        videoPath == null ? null : "catalog/" + id + ".mp3",
        null,
        8.5);
  }

  static Chapter chapter(String id, int index, boolean premium) {
    return new Chapter(
        id,
        index,
        "Chapter " + id,
        premium,
        17,
        List.of(scene(id + "-a", 0, "catalog/" + id + ".mp4"), scene(id + "-b", 1, null)));
  }

  static CatalogStory story(
      String id, Instant publishedAt, boolean published, Chapter... chapters) {
    return story(id, "en", "adventure", "4-6", publishedAt, published, chapters);
  }

  static CatalogStory story(
      String id,
      String language,
      String genre,
      String ageBand,
      Instant publishedAt,
      boolean published,
      Chapter... chapters) {
    List<ChapterHead> heads = List.of(chapters).stream().map(Chapter::head).toList();
    return new CatalogStory(
        id,
        "Title of " + id,
        "Summary of " + id,
        language,
        genre,
        ageBand,
        heads.stream().anyMatch(ChapterHead::premium),
        "catalog/" + id + ".png",
        heads,
        heads.stream().mapToDouble(ChapterHead::durationSeconds).sum(),
        3,
        0.5,
        publishedAt,
        published,
        1);
  }
}
