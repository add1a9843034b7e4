package app.infinitestories.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A story as its editors want it to be, without what readers and the ranking add.
 *
 * @param posterPath an object of the bucket, as all media of the chapters
 * @param chapters at least one, by index
 */
public record Edition(
    String id,
    String title,
    String summary,
    String language,
    String genre,
    String ageBand,
    String posterPath,
    List<Chapter> chapters) {
  /** Together with those that go they stay far below the 500 writes of a batch. */
  public static final int MOST_CHAPTERS = 50;

  public Edition {
    chapters = List.copyOf(chapters);
    if (chapters.isEmpty() || chapters.size() > MOST_CHAPTERS) {
      throw new IllegalArgumentException("a story has 1 to " + MOST_CHAPTERS + " chapters");
    }
  }

  /** The published story; likes, popularity and revision are those of the one before. */
  CatalogStory story(Optional<CatalogStory> before, Instant now) {
    return new CatalogStory(
        id,
        title,
        summary,
        language,
        genre,
        ageBand,
        chapters.stream().anyMatch(Chapter::premium),
        posterPath,
        chapters.stream().map(Chapter::head).toList(),
        chapters.stream().mapToDouble(Chapter::durationSeconds).sum(),
        before.map(CatalogStory::likes).orElse(0L),
        before.map(CatalogStory::popularity).orElse(0.0),
        before.map(CatalogStory::publishedAt).orElse(now),
        true,
        before.map(CatalogStory::revision).orElse(0L));
  }
}
