package app.infinitestories.catalog;

import static app.infinitestories.platform.firestore.Waiting.on;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import app.infinitestories.testkit.FirestoreTest;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.Firestore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is written into the catalogue's documents comes back the same. */
@FirestoreTest
class CatalogDocumentsTest {
  private static final Instant PUBLISHED = Instant.parse("2026-11-20T10:00:00.123456Z");

  private static final Scene FILMED =
      new Scene(
          "s1",
          0,
          "The kite rose.",
          "catalog/a.png",
          "catalog/a.mp4",
          "catalog/a.mp3",
          "catalog/a.vtt",
          12.5);
  private static final Scene PICTURE_ONLY =
      new Scene("s2", 1, "The kite fell.", "catalog/b.png", null, null, null, 8);
  private static final Chapter CHAPTER =
      new Chapter("c1", 0, "Up", true, 20.5, List.of(FILMED, PICTURE_ONLY));
  private static final CatalogStory STORY =
      new CatalogStory(
          "kite",
          "The Kite",
          "A kite flies away.",
          "en",
          "adventure",
          "4-6",
          true,
          "catalog/poster.png",
          List.of(CHAPTER.head(), new ChapterHead("c2", 1, "Down", false, 9)),
          29.5,
          41,
          0.75,
          PUBLISHED,
          true,
          7);

  private final CatalogPaths paths;

  CatalogDocumentsTest(Firestore firestore) {
    this.paths = new CatalogPaths(firestore);
  }

  @Test
  void aStoryComesBackTheSameWithTheHeadsOfItsChapters() {
    on(paths.story(STORY.id()).set(STORY.toFields()));

    assertEquals(STORY, CatalogStory.of(on(paths.story(STORY.id()).get())));
  }

  @Test
  void aStoryHasTheFieldsThatItsReadersKnow() {
    Map<String, Object> fields = STORY.toFields();

    assertEquals(2, fields.get("chapterCount"));
    assertEquals(
        Timestamp.ofTimeSecondsAndNanos(PUBLISHED.getEpochSecond(), PUBLISHED.getNano()),
        fields.get("publishedAt"));
    assertEquals(
        List.of(
            Map.of("id", "c1", "index", 0, "title", "Up", "premium", true, "durationSeconds", 20.5),
            Map.of(
                "id", "c2", "index", 1, "title", "Down", "premium", false, "durationSeconds", 9.0)),
        fields.get("chapters"));
  }

  @Test
  void aChapterComesBackTheSameAndMediaThatIsNotThereHasNoField() {
    var reference = paths.chapter(STORY.id(), CHAPTER.id());
    on(reference.set(CHAPTER.toFields()));

    assertEquals(CHAPTER, Chapter.of(on(reference.get())));
    assertFalse(PICTURE_ONLY.toFields().containsKey("videoPath"));
  }

  @Test
  void aShelfHoldsStoriesAsTheirDocumentsDo() {
    on(paths.discovery("en").set(Map.of("new", List.of(STORY.toFields()))));

    var shelf = (List<?>) requireNonNull(on(paths.discovery("en").get()).get("new"));

    @SuppressWarnings("unchecked") // Firestore's maps have texts as keys
    var fields = (Map<String, ?>) shelf.getFirst();
    assertEquals(STORY, CatalogStory.of("kite", fields));
  }

  @Test
  void aDocumentWithoutAFieldIsRefusedByName() {
    on(paths.story("torn").set(Map.of("title", "Torn")));
    var torn = on(paths.story("torn").get());

    var refused = assertThrows(NullPointerException.class, () -> CatalogStory.of(torn));

    assertEquals("summary", refused.getMessage());
  }

  @Test
  void thereAreTenShards() {
    assertEquals(
        List.of("stories/kite/shards/0", "stories/kite/shards/9"),
        List.of(
            paths.allShards("kite").getFirst().getPath().replaceFirst(".*/documents/", ""),
            paths.allShards("kite").getLast().getPath().replaceFirst(".*/documents/", "")));
    assertThrows(IllegalArgumentException.class, () -> paths.shard("kite", 10));
  }
}
