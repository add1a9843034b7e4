package app.infinitestories.functions.api.stories;

import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.catalog.CatalogPaths;
import app.infinitestories.catalog.CatalogStory;
import app.infinitestories.catalog.Chapter;
import app.infinitestories.catalog.RankStories;
import app.infinitestories.catalog.RankingPolicy;
import app.infinitestories.catalog.Scene;
import app.infinitestories.functions.web.RouterCaller.Answer;
import app.infinitestories.functions.wiring.RunningApi;
import app.infinitestories.safety.TermFilter;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.SetClock;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.firestore.Firestore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The start page over HTTP, from shelves that the ranking filled. */
@FirestoreTest
class DiscoveryRoutesTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String STORIES = "/api/v1/stories";
  private static final String DISCOVERY = STORIES + "/discovery";
  private static final AtomicInteger USERS = new AtomicInteger();
  private static final SetClock CLOCK = new SetClock(NOON);
  private static final Chapter CHAPTER =
      new Chapter(
          "c1",
          0,
          "One",
          false,
          20,
          List.of(
              new Scene("s1", 0, "Text.", "catalog/s.png", null, null, null, 10),
              new Scene("s2", 1, "Text.", "catalog/s.png", null, null, null, 10)));
  private static RunningApi api;
  private static CatalogPaths paths;
  private static RankStories ranking;

  private final String uid = "user" + USERS.incrementAndGet();

  /** Two genres in English, one of them in German too; one story is popular. */
  @BeforeAll
  static void serve(Firestore firestore) {
    api = new RunningApi(firestore, CLOCK);
    paths = new CatalogPaths(firestore);
    ranking = new RankStories(firestore, new RankingPolicy(Duration.ofDays(14)), CLOCK);
    for (int i = 0; i < 12; i++) {
      publish("space%02d".formatted(i), "en", "space", 2 * i);
      publish("animals%02d".formatted(i), "en", "animals", 2 * i + 1);
    }
    publish("mond", "de", "space", 0);
    on(paths.shard("animals11", 3).set(Map.of("likes", 2L)));
    ranking.run();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static void publish(String id, String language, String genre, int minutesAgo) {
    var story =
        new CatalogStory(
            id,
            "Title of " + id,
            "Summary of " + id,
            language,
            genre,
            "4-6",
            false,
            "catalog/p.png",
            List.of(CHAPTER.head()),
            20,
            0,
            0,
            NOON.minusSeconds(60L * minutesAgo),
            true,
            1);
    on(paths.story(id).set(story.toFields()));
    on(paths.chapter(id, "c1").set(CHAPTER.toFields()));
  }

  @Test
  void anybodySeesThePopularTheNewAndTheGenres() {
    Answer answer = api.get(null, DISCOVERY);

    assertEquals(200, answer.status());
    assertEquals(List.of("popular", "new", "genre:animals", "genre:space"), sections(answer));
    assertEquals(List.of("animals11"), ids(answer, "popular"));
    assertEquals("space00", ids(answer, "new").getFirst());
    assertEquals(10, ids(answer, "new").size());
    assertEquals("animals11", ids(answer, "genre:animals").getFirst(), "popular first");
    JsonNode story = answer.body().at("/sections/0/stories/0");
    assertEquals(2, story.get("likes").intValue());
    assertEquals(1, story.get("chapterCount").intValue());
    assertFalse(story.has("isLiked"));
  }

  @Test
  void anonymousAnswersMayBeKeptAndOthersNot() {
    Answer first = api.get(null, DISCOVERY);
    Answer again = api.get(null, DISCOVERY, "If-None-Match", first.header("ETag"));

    assertEquals("public, max-age=60", first.header("Cache-Control"));
    assertEquals(304, again.status());
    assertEquals("private, no-store", api.get(uid, DISCOVERY).header("Cache-Control"));
  }

  @Test
  void titlesAndStoriesAreInTheLanguageAskedFor() {
    Answer german = api.get(null, DISCOVERY + "?language=de");

    assertEquals(List.of("new", "genre:space"), sections(german));
    assertEquals("Neu", german.body().at("/sections/0/title").textValue());
    assertEquals(List.of("mond"), ids(german, "new"));
    assertEquals(List.of(), sections(api.get(null, DISCOVERY + "?language=it")));
    assertEquals(400, api.get(null, DISCOVERY + "?language=xx").status());
  }

  @Test
  void aUsersLanguageIsTheirProfilesUnlessTheyAskForAnother() {
    api.send(uid, "POST", "/api/v1/users", Map.of("language", "de"));

    assertEquals(List.of("mond"), ids(api.get(uid, DISCOVERY), "new"));
    assertEquals("Für dich", api.get(uid, DISCOVERY).body().at("/sections/0/title").textValue());
    assertEquals("space00", ids(api.get(uid, DISCOVERY + "?language=en"), "new").getFirst());
  }

  @Test
  void whoIsNewIsRecommendedThePopularThenTheNew() {
    Answer answer = api.get(uid, DISCOVERY);

    assertEquals(
        List.of("for-you", "popular", "new", "genre:animals", "genre:space"), sections(answer));
    assertEquals(
        List.of("animals11", "space00", "animals00"), ids(answer, "for-you").subList(0, 3));
  }

  @Test
  void twoTastesAreRecommendedDifferently() {
    String astronaut = uid + "-astronaut";
    String zookeeper = uid + "-zookeeper";
    api.send(astronaut, "PUT", STORIES + "/space03/like", null);
    watch(astronaut, "space04", "s2");
    api.send(zookeeper, "PUT", STORIES + "/animals03/like", null);
    watch(zookeeper, "animals04", "s1");

    Answer space = api.get(astronaut, DISCOVERY);
    Answer animals = api.get(zookeeper, DISCOVERY);

    assertEquals(List.of("space00", "space01", "space02"), ids(space, "for-you").subList(0, 3));
    assertFalse(ids(space, "for-you").contains("space04"), "seen to the end");
    assertTrue(ids(space, "genre:space").contains("space04"), "but it is still there");
    assertEquals(
        List.of("animals11", "animals00", "animals01"), ids(animals, "for-you").subList(0, 3));
    assertTrue(ids(animals, "for-you").contains("animals04"), "only begun");
    assertEquals("genre:space", sections(space).get(3));
    assertEquals("genre:animals", sections(animals).get(3));
  }

  @Test
  void whatIsShownIsJoinedWithTheUsersOwnState() {
    api.send(uid, "PUT", STORIES + "/animals11/like", null);
    api.send(uid, "PUT", STORIES + "/animals11/favorite", null);

    JsonNode popular = section(api.get(uid, DISCOVERY), "popular").at("/stories/0");

    assertTrue(popular.get("isLiked").booleanValue());
    assertTrue(popular.get("isFavorite").booleanValue());
    assertTrue(popular.get("progress").isNull());
  }

  @Test
  void aStoryJustPublishedIsNewAtOnceForUsers() {
    publish("lune", "fr", "bedtime", 5);
    ranking.shelve("fr");
    assertEquals(List.of("lune"), ids(api.get(uid, DISCOVERY + "?language=fr"), "new"));

    publish("soleil", "fr", "bedtime", 4);
    ranking.shelve("fr");

    assertEquals(List.of("soleil", "lune"), ids(api.get(uid, DISCOVERY + "?language=fr"), "new"));
  }

  @Test
  void everySectionHasATitleInEveryLanguage() {
    for (String language : TermFilter.LANGUAGES) {
      for (String genre :
          List.of(
              "adventure",
              "fantasy",
              "fairy_tale",
              "animals",
              "space",
              "friendship",
              "mystery",
              "bedtime")) {
        assertFalse(SectionTitles.of("genre:" + genre, language).isBlank());
      }
      for (String id : List.of("new", "popular", "for-you")) {
        assertFalse(SectionTitles.of(id, language).isBlank());
      }
    }
  }

  private static void watch(String viewer, String storyId, String scene) {
    Answer answer =
        api.send(
            viewer,
            "PUT",
            STORIES + "/" + storyId + "/progress",
            Map.of(
                "chapterId",
                "c1",
                "sceneId",
                scene,
                "positionSeconds",
                1,
                "watchedAt",
                NOON.toString()));
    assertEquals(204, answer.status(), answer.body().toString());
  }

  private static List<String> sections(Answer answer) {
    return answer.body().path("sections").valueStream().map(s -> s.get("id").textValue()).toList();
  }

  private static JsonNode section(Answer answer, String id) {
    return StreamSupport.stream(answer.body().path("sections").spliterator(), false)
        .filter(section -> section.get("id").textValue().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> ids(Answer answer, String section) {
    return section(answer, section)
        .path("stories")
        .valueStream()
        .map(s -> s.get("id").textValue())
        .toList();
  }
}
