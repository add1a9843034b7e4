package app.infinitestories.catalog;

import static app.infinitestories.catalog.CatalogSamples.NOON;
import static app.infinitestories.catalog.CatalogSamples.chapter;
import static app.infinitestories.catalog.CatalogSamples.story;
import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.testkit.FirestoreTest;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.WriteBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reading the catalogue, over the real Firestore, whose queries need their indexes. */
@FirestoreTest
class CatalogTest {
  private static final List<CatalogStory> STORIES = stories();
  private static boolean stored;

  private final Firestore firestore;
  private final CatalogPaths paths;
  private final Catalog catalog;
  private final List<String> more = new ArrayList<>();

  CatalogTest(Firestore firestore) {
    this.firestore = firestore;
    this.paths = new CatalogPaths(firestore);
    this.catalog = new Catalog(firestore);
  }

  /** Three of each value, one in five hidden, and always two published at the same moment. */
  private static List<CatalogStory> stories() {
    var stories = new ArrayList<CatalogStory>();
    var languages = List.of("en", "de", "fr");
    var genres = List.of("adventure", "space", "bedtime");
    var ages = List.of("1-3", "4-6", "10-12");
    for (int i = 0; i < 54; i++) {
      stories.add(
          story(
              "story" + i,
              languages.get(i % 3),
              genres.get(i / 3 % 3),
              ages.get(i / 9 % 3),
              NOON.plusSeconds(i * 7L % 54 / 2),
              i % 5 != 0));
    }
    return stories;
  }

  @BeforeEach
  void store() {
    if (!stored) {
      WriteBatch batch = firestore.batch();
      STORIES.forEach(each -> batch.set(paths.story(each.id()), each.toFields()));
      on(batch.commit());
      stored = true;
    }
  }

  /** The lists hold the stories of this class only. */
  @AfterEach
  void remove() {
    WriteBatch batch = firestore.batch();
    more.forEach(id -> batch.delete(paths.story(id)));
    on(batch.commit());
  }

  static Stream<StoryFilter> everyCombination() {
    var filters = new ArrayList<StoryFilter>();
    for (int bits = 0; bits < 8; bits++) {
      filters.add(
          new StoryFilter(
              (bits & 1) == 0 ? null : "de",
              (bits & 2) == 0 ? null : "space",
              (bits & 4) == 0 ? null : "4-6"));
    }
    return filters.stream();
  }

  @ParameterizedTest
  @MethodSource("everyCombination")
  void aListIsWalkedPageByPageNewestFirst(StoryFilter filter) {
    List<CatalogStory> expected =
        STORIES.stream()
            .filter(CatalogStory::published)
            .filter(s -> filter.language() == null || filter.language().equals(s.language()))
            .filter(s -> filter.genre() == null || filter.genre().equals(s.genre()))
            .filter(s -> filter.ageBand() == null || filter.ageBand().equals(s.ageBand()))
            .sorted(
                Comparator.comparing(CatalogStory::publishedAt)
                    .thenComparing(CatalogStory::id)
                    .reversed())
            .toList();
    assertFalse(expected.isEmpty());

    for (int limit : List.of(1, 7, 100)) {
      var walked = new ArrayList<CatalogStory>();
      Optional<StoryPage.After> after = Optional.empty();
      do {
        StoryPage page = catalog.list(filter, limit, after);
        assertTrue(page.stories().size() == limit || page.next().isEmpty());
        walked.addAll(page.stories());
        after = page.next();
      } while (after.isPresent());

      assertEquals(expected, walked, "by " + limit);
    }
  }

  @Test
  void aListOfNothingHasNoNextPage() {
    var page = catalog.list(new StoryFilter("it", null, null), 20, Optional.empty());

    assertEquals(new StoryPage(List.of(), Optional.empty()), page);
  }

  @Test
  void aStorysLikesAreTheSumOfItsShards() {
    put(story("liked", NOON, true));
    on(paths.shard("liked", 2).set(Map.of("likes", 5L, "finishes", 9L)));
    on(paths.shard("liked", 7).set(Map.of("likes", -1L)));

    assertEquals(4, catalog.find("liked").orElseThrow().likes());
    assertEquals(0, catalog.find("story1").orElseThrow().likes(), "nobody ever liked it");
  }

  @Test
  void otherDocumentsComeWithTheStory() {
    put(story("beside", NOON, true));
    on(firestore.document("users/anna/likes/beside").set(Map.of("genre", "space")));

    var found =
        catalog
            .find(
                "beside",
                List.of(
                    firestore.document("users/anna/favorites/beside"),
                    firestore.document("users/anna/likes/beside")))
            .orElseThrow();

    assertEquals("beside", found.story().id());
    assertEquals(
        List.of(false, true), found.beside().stream().map(DocumentSnapshot::exists).toList());
  }

  @Test
  void chaptersComeByIndexWithTheirScenes() {
    var second = chapter("c-first-by-name", 1, true);
    var first = chapter("c-last-by-name", 0, false);
    put(story("chapters", NOON, true, first, second), second, first);

    assertEquals(List.of(first, second), catalog.chapters("chapters").orElseThrow());
    assertEquals(second, catalog.chapter("chapters", second.id()).orElseThrow());
  }

  @Test
  void aHiddenStoryIsNotThereAndNeitherAreItsChapters() {
    var chapter = chapter("c1", 0, false);
    put(story("hidden", NOON, false, chapter), chapter);

    assertTrue(catalog.find("hidden").isEmpty());
    assertTrue(catalog.chapters("hidden").isEmpty());
    assertTrue(catalog.chapter("hidden", "c1").isEmpty());
  }

  @Test
  void whatIsUnknownIsNotThere() {
    put(story("lonely", NOON, true));

    assertTrue(catalog.find("unknown").isEmpty());
    assertTrue(catalog.chapters("unknown").isEmpty());
    assertTrue(catalog.chapter("unknown", "c1").isEmpty());
    assertTrue(catalog.chapter("lonely", "c1").isEmpty());
    assertEquals(List.of(), catalog.chapters("lonely").orElseThrow());
  }

  private void put(CatalogStory story, Chapter... chapters) {
    WriteBatch batch = firestore.batch();
    batch.set(paths.story(story.id()), story.toFields());
    more.add(story.id());
    for (Chapter chapter : chapters) {
      batch.set(paths.chapter(story.id(), chapter.id()), chapter.toFields());
    }
    on(batch.commit());
  }
}
