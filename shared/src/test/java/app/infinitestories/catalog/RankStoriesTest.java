package app.infinitestories.catalog;

import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.firestore.FirestoreEmulator;
import app.infinitestories.queue.LossyFirestore;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.SetClock;
import app.infinitestories.testkit.TestProject;
import com.google.cloud.firestore.FieldValue;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.SetOptions;
import com.google.cloud.firestore.WriteBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ranking over the real Firestore, with a clock that the test moves. */
@FirestoreTest
class RankStoriesTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration HALF_LIFE = Duration.ofDays(14);

  private final Firestore firestore;
  private final CatalogPaths paths;
  private final SetClock clock = new SetClock(NOON);
  private final RankStories ranking;

  RankStoriesTest(Firestore firestore) {
    this.firestore = firestore;
    this.paths = new CatalogPaths(firestore);
    this.ranking = rankStories(firestore);
  }

  private RankStories rankStories(Firestore client) {
    return new RankStories(client, new RankingPolicy(HALF_LIFE), clock);
  }

  @BeforeEach
  void emptyTheCatalogue() {
    on(firestore.recursiveDelete(paths.stories()));
    on(firestore.recursiveDelete(firestore.collection("discovery")));
  }

  @Test
  void likesAreTheSumOfTheShards() {
    publish("kite", "en", "space", 1);
    count("kite", 0, "likes", 4);
    count("kite", 7, "likes", 3);
    count("kite", 7, "finishes", 5);

    ranking.run();

    assertEquals(7, story("kite").likes());
    assertEquals(3 * 7 + 5, story("kite").popularity());
    assertEquals(1, story("kite").revision(), "only editors change the revision");
  }

  @Test
  void popularityHalvesInItsHalfLifeAndWhatIsNewCountsInFull() {
    publish("old", "en", "space", 2);
    publish("young", "en", "space", 1);
    count("old", 0, "likes", 10);
    ranking.run();
    assertEquals(List.of("old"), ids(shelves("en").popular()));

    clock.add(HALF_LIFE);
    count("young", 0, "likes", 6);
    ranking.run();

    assertEquals(15, story("old").popularity(), 1e-6);
    assertEquals(10, story("old").likes());
    assertEquals(18, story("young").popularity(), 1e-6);
    assertEquals(List.of("young", "old"), ids(shelves("en").popular()));
  }

  @Test
  void howOftenItRunsChangesNothing() {
    publish("often", "en", "space", 1);
    count("often", 0, "likes", 10);
    ranking.run();
    for (int day = 0; day < 14; day++) {
      clock.add(Duration.ofDays(1));
      ranking.run();
    }

    assertEquals(15, story("often").popularity(), 1e-6);
  }

  @Test
  void whatNobodyTouchesIsForgottenAndAnUnlikedStoryIsNeverLessThanNothing() {
    publish("kite", "en", "space", 1);
    count("kite", 0, "likes", 2);
    ranking.run();
    clock.add(HALF_LIFE);
    count("kite", 1, "likes", -2);

    ranking.run();

    assertEquals(0, story("kite").likes());
    assertEquals(0, story("kite").popularity());
    assertEquals(List.of(), shelves("en").popular());
    assertEquals(List.of("kite"), ids(shelves("en").newest()));
  }

  @Test
  void twiceIsOnce() {
    publish("kite", "en", "space", 1);
    count("kite", 0, "likes", 4);
    ranking.run();
    var story = on(paths.story("kite").get());
    var shelf = on(paths.discovery("en").get());

    ranking.run();

    assertEquals(story.getUpdateTime(), on(paths.story("kite").get()).getUpdateTime());
    assertEquals(shelf.getUpdateTime(), on(paths.discovery("en").get()).getUpdateTime());
  }

  @Test
  void severalAtOnceEndAsOne() throws Exception {
    for (int i = 0; i < 12; i++) {
      publish("story" + i, "en", "space", i);
      count("story" + i, 0, "likes", i);
    }

    atOnce(4, ranking::run);

    for (int i = 0; i < 12; i++) {
      assertEquals(i, story("story" + i).likes());
      assertEquals(3.0 * i, story("story" + i).popularity());
    }
    assertEquals(11, shelves("en").popular().size());
    assertEquals("story11", shelves("en").popular().getFirst().id());
  }

  @Test
  void aWriteWhoseAnswerIsLostCountsOnce(FirestoreEmulator emulator, TestProject project) {
    publish("kite", "en", "space", 1);
    count("kite", 0, "likes", 4);
    try (var lossy = new LossyFirestore(emulator.host(), project.id())) {
      lossy.loseNextCommits(2);

      rankStories(lossy.client()).run();
    }

    assertEquals(12, story("kite").popularity());
    assertEquals(List.of("kite"), ids(shelves("en").popular()));
  }

  @Test
  void shelvesHoldTheStoriesOfTheirLanguageThatArePublished() {
    publish("a", "en", "space", 3);
    publish("b", "en", "animals", 2);
    publish("c", "en", "space", 1);
    publish("d", "fr", "space", 0);
    put(CatalogSamples.story("hidden", "en", "space", "4-6", NOON, false));
    count("a", 0, "finishes", 1);

    ranking.run();

    Shelves english = shelves("en");
    assertEquals(List.of("c", "b", "a"), ids(english.newest()));
    assertEquals(List.of("a"), ids(english.popular()));
    assertEquals(Set.of("animals", "space"), english.genres().keySet());
    assertEquals(List.of("a", "c"), ids(english.genres().getOrDefault("space", List.of())));
    assertEquals(List.of("d"), ids(shelves("fr").newest()));
    assertEquals(story("a"), english.popular().getFirst());
    assertFalse(on(paths.discovery("de").get()).exists(), "no shelves for no stories");
  }

  @Test
  void aStoryIsOnShowAsSoonAsItIsPublishedAndGoneAsSoonAsItIsNot() {
    publish("a", "en", "space", 2);
    ranking.run();

    publish("b", "en", "space", 1);
    ranking.shelve("en");
    assertEquals(List.of("b", "a"), ids(shelves("en").newest()));

    on(paths.story("a").update("published", false));
    on(paths.story("b").update("published", false));
    ranking.shelve("en");
    assertEquals(Shelves.EMPTY, shelves("en"));
  }

  @Test
  void publishingAtOnceLosesNoStoryFromTheShelves() throws Exception {
    List<Runnable> publishing = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String id = "story" + i;
      int minute = i;
      publishing.add(() -> {
        publish(id, "en", "space", minute);
        ranking.shelve("en");
      });
    }

    atOnce(publishing);

    assertEquals(8, shelves("en").newest().size());
  }

  @Test
  void aShelfTakesFiftyOfManyStories() {
    WriteBatch batch = firestore.batch();
    for (int i = 0; i < 230; i++) {
      CatalogStory story = sample("story%03d".formatted(i), "en", "space", i);
      batch.set(paths.story(story.id()), story.toFields());
    }
    on(batch.commit());
    count("story229", 0, "likes", 1);

    ranking.run();

    assertEquals(
        IntStream.range(0, 50).mapToObj("story%03d"::formatted).toList(),
        ids(shelves("en").newest()));
    assertEquals(List.of("story229"), ids(shelves("en").popular()));
    assertEquals(51, shelves("en").all().size());
  }

  @Test
  void shelvesGetShorterBeforeTheirDocumentGetsTooLarge() {
    List<CatalogStory> many =
        IntStream.range(0, 400)
            .mapToObj(
                i -> sample("story%03d".formatted(i), "en", i % 2 == 0 ? "space" : "animals", i))
            .toList();

    Shelves all = Shelves.of(many);
    Shelves some = Shelves.of(many, 20_000);

    assertEquals(50, all.newest().size());
    assertTrue(some.newest().size() < 50);
    assertTrue(some.newest().size() > 1);
    assertEquals(all.newest().subList(0, some.newest().size()), some.newest());
  }

  private static CatalogStory sample(String id, String language, String genre, int minutesAgo) {
    CatalogStory liked =
        CatalogSamples.story(id, language, genre, "4-6", NOON.minusSeconds(60L * minutesAgo), true);
    Map<String, Object> fields = new HashMap<>(liked.toFields());
    fields.put("likes", 0L);
    fields.put("popularity", 0.0);
    return CatalogStory.of(id, fields);
  }

  private void publish(String id, String language, String genre, int minutesAgo) {
    put(sample(id, language, genre, minutesAgo));
  }

  private void put(CatalogStory story) {
    on(paths.story(story.id()).set(story.toFields()));
  }

  private void count(String id, int shard, String counter, long by) {
    on(paths.shard(id, shard).set(Map.of(counter, FieldValue.increment(by)), SetOptions.merge()));
  }

  private CatalogStory story(String id) {
    return CatalogStory.of(on(paths.story(id).get()));
  }

  private Shelves shelves(String language) {
    return new ReadShelves(firestore, clock).ask(language).get();
  }

  private static List<String> ids(List<CatalogStory> stories) {
    return stories.stream().map(CatalogStory::id).collect(Collectors.toList());
  }

  private static void atOnce(int times, Runnable work) throws Exception {
    atOnce(java.util.Collections.nCopies(times, work));
  }

  private static void atOnce(List<Runnable> work) throws InterruptedException, ExecutionException {
    List<Future<?>> running = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      work.forEach(one -> running.add(threads.submit(one)));
      for (Future<?> one : running) {
        one.get();
      }
    }
  }
}
