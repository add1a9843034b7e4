package app.infinitestories.functions.api.stories;

import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.catalog.CatalogPaths;
import app.infinitestories.catalog.CatalogStory;
import app.infinitestories.catalog.Chapter;
import app.infinitestories.catalog.Scene;
import app.infinitestories.functions.web.RouterCaller.Answer;
import app.infinitestories.functions.wiring.RunningApi;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.SetClock;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.firestore.Firestore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keeping, liking and watching over HTTP, wired as in production. */
@FirestoreTest
class EngagementRoutesTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String STORIES = "/api/v1/stories";
  private static final AtomicInteger USERS = new AtomicInteger();
  private static final SetClock CLOCK = new SetClock(NOON);
  private static final Chapter FIRST =
      new Chapter("c1", 0, "One", false, 20, List.of(scene("s1", 0), scene("s2", 1)));
  private static final Chapter SECOND =
      new Chapter("c2", 1, "Two", true, 20, List.of(scene("s1", 0), scene("s2", 1)));
  private static RunningApi api;
  private static CatalogPaths paths;

  private final String uid = "user" + USERS.incrementAndGet();

  @BeforeAll
  static void serve(Firestore firestore) {
    api = new RunningApi(firestore, CLOCK);
    paths = new CatalogPaths(firestore);
    for (String id : List.of("a", "b", "c", "d", "e", "f")) {
      publish(id, true);
    }
    publish("hidden", false);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static Scene scene(String id, int index) {
    return new Scene(id, index, "Text.", "catalog/s.png", null, null, null, 10);
  }

  private static void publish(String id, boolean published) {
    var story =
        new CatalogStory(
            id,
            "Title of " + id,
            "Summary of " + id,
            "en",
            "space",
            "4-6",
            true,
            "catalog/p.png",
            List.of(FIRST.head(), SECOND.head()),
            40,
            0,
            0,
            NOON,
            published,
            1);
    on(paths.story(id).set(story.toFields()));
    on(paths.chapter(id, "c1").set(FIRST.toFields()));
    on(paths.chapter(id, "c2").set(SECOND.toFields()));
  }

  @Test
  void favouritesAreKeptTakenAndListedNewestFirst() {
    keep("a", "b", "c");
    assertEquals(204, put("b", "favorite").status());
    assertEquals(204, delete("a", "favorite").status());
    assertEquals(204, delete("a", "favorite").status());

    Answer list = api.get(uid, STORIES + "/favorites");

    assertEquals(200, list.status());
    assertEquals(List.of("c", "b"), ids(list));
    assertTrue(list.body().at("/stories/0/isFavorite").booleanValue());
    assertFalse(list.body().at("/stories/0/isLiked").booleanValue());
    assertTrue(list.body().at("/stories/0/progress").isNull());
    assertTrue(list.body().get("nextCursor").isNull());
    assertEquals("private, no-store", list.header("Cache-Control"));
    assertTrue(api.get(uid, STORIES + "/b").body().at("/story/isFavorite").booleanValue());
  }

  @Test
  void pagesGoOnWhereTheyEndedThoughTheListChangesAndStoriesGo() {
    for (String id : List.of("p1", "p2", "p3", "p4", "p5", "p6", "p7")) {
      publish(id, true);
      keep(id);
    }
    on(paths.story("p6").update("published", false));

    Answer first = api.get(uid, STORIES + "/favorites?limit=2");
    assertEquals(List.of("p7", "p5"), ids(first), "full in spite of the gap");

    keep("a");
    delete("p4", "favorite");
    on(paths.story("p3").delete());

    Answer second = page("/favorites?limit=2", first);
    assertEquals(List.of("p2", "p1"), ids(second));
    assertTrue(second.body().get("nextCursor").isNull());
  }

  @Test
  void manyGapsMakeAShortPageThatStillLeadsToTheEnd() {
    publish("q0", true);
    keep("q0");
    for (int i = 1; i <= 12; i++) {
      publish("q" + i, true);
      keep("q" + i);
      on(paths.story("q" + i).update("published", false));
    }

    List<String> seen = new ArrayList<>();
    Answer page = api.get(uid, STORIES + "/favorites?limit=1");
    seen.addAll(ids(page));
    for (int i = 0; i < 20 && !page.body().get("nextCursor").isNull(); i++) {
      page = page("/favorites?limit=1", page);
      seen.addAll(ids(page));
    }

    assertEquals(List.of("q0"), seen);
    assertTrue(page.body().get("nextCursor").isNull());
  }

  @Test
  void aLikeAnswersTheCountAndIsTheUsersOwn() {
    publish("liked", true);

    assertLikes(1, true, put("liked", "like"));
    assertLikes(1, true, put("liked", "like"));
    assertLikes(2, true, api.send("another", "PUT", STORIES + "/liked/like", null));
    assertTrue(api.get(uid, STORIES + "/liked").body().at("/story/isLiked").booleanValue());
    assertEquals(2, api.get(uid, STORIES + "/liked").body().at("/story/likes").intValue());
    assertLikes(1, false, delete("liked", "like"));
    assertLikes(1, false, delete("liked", "like"));
  }

  @Test
  void twoHundredLikesAndUnlikesAtOnceByFiftyUsersLeaveTheExactCount() throws Exception {
    publish("rush", true);
    List<Future<Answer>> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        String fan = "fan" + i % 50;
        String method = i / 50 % 2 == 0 ? "PUT" : "DELETE";
        answers.add(threads.submit(() -> api.send(fan, method, STORIES + "/rush/like", null)));
      }
    }
    for (Future<Answer> answer : answers) {
      assertEquals(200, answer.get().status());
    }

    long marked = 0;
    for (int i = 0; i < 50; i++) {
      JsonNode story = api.get("fan" + i, STORIES + "/rush").body().get("story");
      marked += story.get("isLiked").booleanValue() ? 1 : 0;
    }
    assertEquals(marked, api.get("fan0", STORIES + "/rush").body().at("/story/likes").longValue());
  }

  @Test
  void whatIsWatchedGoesOnUntilItIsFinished() {
    assertEquals(204, watch("a", "c1", "s2", 4.5, -60).status());
    assertEquals(204, watch("b", "c1", "s1", 1, -30).status());

    Answer list = api.get(uid, STORIES + "/continue-watching");
    assertEquals(List.of("b", "a"), ids(list));
    JsonNode progress = list.body().at("/stories/1/progress");
    assertEquals("c1", progress.get("chapterId").textValue());
    assertEquals("s2", progress.get("sceneId").textValue());
    assertEquals(4.5, progress.get("positionSeconds").doubleValue());
    assertEquals("2026-11-20T11:59:00Z", progress.get("watchedAt").textValue());
    assertFalse(progress.get("finished").booleanValue());

    // The last scene of a chapter is not yet that of the story; that of the last one is.
    watch("b", "c2", "s2", 0, -20);
    assertEquals(List.of("a"), ids(api.get(uid, STORIES + "/continue-watching")));
    assertTrue(api.get(uid, STORIES + "/b").body().at("/story/progress/finished").booleanValue());

    // Started over, it goes on again.
    watch("b", "c1", "s1", 2, -10);
    Answer again = api.get(uid, STORIES + "/continue-watching?limit=1");
    assertEquals(List.of("b"), ids(again));
    assertEquals(List.of("a"), ids(page("/continue-watching?limit=1", again)));
  }

  @Test
  void anOlderReportIsTakenAndChangesNothing() {
    watch("a", "c2", "s1", 3, -60);

    assertEquals(204, watch("a", "c1", "s1", 1, -90).status());

    assertEquals(
        "c2", api.get(uid, STORIES + "/a").body().at("/story/progress/chapterId").textValue());
  }

  @Test
  void aPlayerMayStopAMomentBehindTheScenesEnd() {
    assertEquals(204, watch("a", "c1", "s1", 10.2, -60).status());

    assertEquals(
        10,
        api.get(uid, STORIES + "/a").body().at("/story/progress/positionSeconds").doubleValue());
  }

  @ParameterizedTest
  @CsvSource({
    "-0.1, -60, positionSeconds",
    "11, -60, positionSeconds",
    "1e300, -60, positionSeconds",
    "1, 3600, watchedAt",
    "1, -9999999999, watchedAt"
  })
  void aPlaceThatCannotBeIsRefused(double position, long secondsFromNoon, String field) {
    Answer answer = watch("a", "c1", "s1", position, secondsFromNoon);

    assertEquals(400, answer.status());
    assertTrue(answer.body().path("details").has(field), answer.body().toString());
    assertTrue(api.get(uid, STORIES + "/a").body().at("/story/progress").isNull());
  }

  @Test
  void allThatIsWrongIsToldAtOnceAndBeforeTheStoryIsLookedFor() {
    Answer answer = watch("unknown", "c1", "s1", -1, 3600);

    assertEquals(400, answer.status());
    assertEquals(2, answer.body().get("details").size());
  }

  @ParameterizedTest
  @CsvSource({
    "a, c9, s1",
    "a, c1, s9",
    "a, c1/x, s1",
    "a, .., s1",
    "a, __x__, s1",
    "hidden, c1, s1",
    "unknown, c1, s1"
  })
  void aPlaceThatIsNowhereIsNotFound(String story, String chapter, String scene) {
    assertEquals(404, watch(story, chapter, scene, 1, -60).status());
  }

  @ParameterizedTest
  @CsvSource({"favorite", "like"})
  void storiesThatNobodySeesAreNotFound(String mark) {
    for (String story : List.of("hidden", "unknown", "__x__")) {
      assertEquals(404, put(story, mark).status());
      assertEquals(404, delete(story, mark).status());
    }
  }

  @Test
  void whoIsNotSignedInHasNothingToKeep() {
    assertEquals(401, api.get(null, STORIES + "/favorites").status());
    assertEquals(401, api.get(null, STORIES + "/continue-watching").status());
    assertEquals(401, api.send(null, "PUT", STORIES + "/a/favorite", null).status());
    assertEquals(401, api.send(null, "PUT", STORIES + "/a/like", null).status());
  }

  @Test
  void oneUsersMarksAreNotAnothers() {
    keep("a");
    watch("a", "c1", "s1", 1, -60);

    String other = uid + "-other";

    assertEquals(List.of(), ids(api.get(other, STORIES + "/favorites")));
    assertEquals(List.of(), ids(api.get(other, STORIES + "/continue-watching")));
    assertFalse(api.get(other, STORIES + "/a").body().at("/story/isFavorite").booleanValue());
  }

  @Test
  void aCursorThatNoListGaveIsRefused() {
    Answer answer = api.get(uid, STORIES + "/favorites?cursor=nonsense");

    assertEquals(400, answer.status());
    assertTrue(answer.body().get("details").has("cursor"));
  }

  private void keep(String... storyIds) {
    for (String id : storyIds) {
      CLOCK.add(Duration.ofMillis(1));
      assertEquals(204, put(id, "favorite").status());
    }
  }

  private Answer put(String storyId, String mark) {
    return api.send(uid, "PUT", STORIES + "/" + storyId + "/" + mark, null);
  }

  private Answer delete(String storyId, String mark) {
    return api.send(uid, "DELETE", STORIES + "/" + storyId + "/" + mark, null);
  }

  private Answer watch(
      String storyId, String chapter, String scene, double position, long secondsFromNoon) {
    Map<String, Object> body = new HashMap<>();
    body.put("chapterId", chapter);
    body.put("sceneId", scene);
    body.put("positionSeconds", position);
    body.put("watchedAt", NOON.plusSeconds(secondsFromNoon).toString());
    return api.send(uid, "PUT", STORIES + "/" + storyId + "/progress", body);
  }

  private Answer page(String list, Answer before) {
    return api.get(uid, STORIES + list + "&cursor=" + before.body().path("nextCursor").textValue());
  }

  private static void assertLikes(long likes, boolean isLiked, Answer answer) {
    assertEquals(200, answer.status(), answer.body().toString());
    assertEquals(likes, answer.body().get("likes").longValue());
    assertEquals(isLiked, answer.body().get("isLiked").booleanValue());
    assertNull(text(answer.body(), "error"));
  }

  private static @Nullable String text(JsonNode body, String field) {
    return body.path(field).textValue();
  }

  private static List<String> ids(Answer page) {
    return page.body().path("stories").valueStream().map(s -> s.path("id").textValue()).toList();
  }
}
