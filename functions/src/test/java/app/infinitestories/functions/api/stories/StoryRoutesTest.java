package app.infinitestories.functions.api.stories;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.catalog.CatalogPaths;
import app.infinitestories.catalog.CatalogStory;
import app.infinitestories.catalog.Chapter;
import app.infinitestories.catalog.ChapterHead;
import app.infinitestories.catalog.Scene;
import app.infinitestories.functions.web.RouterCaller.Answer;
import app.infinitestories.functions.wiring.RunningApi;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.SetClock;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.WriteBatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogue over HTTP, wired as in production. */
@FirestoreTest
class StoryRoutesTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String STORIES = "/api/v1/stories";
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "title",
          "summary",
          "language",
          "genre",
          "ageBand",
          "premium",
          "posterUrl",
          "chapterCount",
          "durationSeconds",
          "likes",
          "publishedAt");
  private static final Scene FILMED =
      new Scene("s1", 0, "Up.", "catalog/s1.png", "catalog/s1.mp4", "catalog/s1.mp3", null, 8.5);
  private static final Scene PAINTED =
      new Scene("s2", 1, "Down.", "catalog/s2.png", null, null, "catalog/s2.vtt", 8.5);
  private static final Chapter FREE =
      new Chapter("free", 0, "Free", false, 17, List.of(FILMED, PAINTED));
  private static final Chapter PAID = new Chapter("paid", 1, "Paid", true, 8.5, List.of(FILMED));

  private static final SetClock CLOCK = new SetClock(NOON);
  private static RunningApi api;
  private static CatalogPaths paths;

  private final Firestore firestore;

  StoryRoutesTest(Firestore firestore) {
    this.firestore = firestore;
  }

  /** 25 stories to find, one that is hidden, and two with chapters. */
  @BeforeAll
  static void serve(Firestore firestore) {
    api = new RunningApi(firestore, CLOCK);
    paths = new CatalogPaths(firestore);
    WriteBatch batch = firestore.batch();
    for (int i = 0; i < 25; i++) {
      put(batch, story("s%02d".formatted(i), "en", i, true));
    }
    put(batch, story("hidden", "en", 99, false, FREE), FREE);
    put(batch, story("open", "de", 1, true, FREE), FREE);
    put(batch, story("locked", "de", 2, true, FREE, PAID), FREE, PAID);
    batch.set(paths.shard("open", 1), Map.of("likes", 4L));
    batch.set(paths.shard("open", 8), Map.of("likes", 3L, "finishes", 2L));
    on(batch.commit());
    for (String path : List.of("catalog/s1.png", "catalog/open.png")) {
      api.media().put(path, new byte[] {1}, "image/png");
    }
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  /** What an earlier test read is not remembered any more. */
  @BeforeEach
  void later() {
    CLOCK.add(Duration.ofSeconds(30));
  }

  private static CatalogStory story(
      String id, String language, int minute, boolean published, Chapter... chapters) {
    List<ChapterHead> heads = List.of(chapters).stream().map(Chapter::head).toList();
    return new CatalogStory(
        id,
        "Title of " + id,
        "Summary of " + id,
        language,
        minute % 2 == 0 ? "space" : "bedtime",
        minute % 3 == 0 ? "4-6" : "7-9",
        heads.stream().anyMatch(ChapterHead::premium),
        "catalog/" + id + ".png",
        heads,
        25.5,
        2,
        0,
        NOON.minusSeconds(60L * minute),
        published,
        1);
  }

  private static void put(WriteBatch batch, CatalogStory story, Chapter... chapters) {
    batch.set(paths.story(story.id()), story.toFields());
    for (Chapter chapter : chapters) {
      batch.set(paths.chapter(story.id(), chapter.id()), chapter.toFields());
    }
  }

  private static Set<String> names(JsonNode object) {
    var names = new java.util.HashSet<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> ids(Answer page) {
    return page.body().path("stories").valueStream().map(s -> s.path("id").textValue()).toList();
  }

  private static Set<String> with(String... more) {
    var all = new java.util.HashSet<>(FIELDS);
    all.addAll(List.of(more));
    return all;
  }

  private static void assertError(int status, String code, Answer answer) {
    assertEquals(status, answer.status(), answer.body().toString());
    assertEquals(code, answer.body().path("code").textValue());
  }

  @Test
  void aListIsWalkedNewestFirstTwentyAtATime() {
    Answer first = api.get(null, STORIES + "?language=en");
    String cursor = first.body().path("nextCursor").textValue();
    Answer second = api.get(null, STORIES + "?language=en&cursor=" + cursor);

    assertEquals(
        IntStream.range(0, 20).mapToObj("s%02d"::formatted).toList(), ids(first), "newest first");
    assertEquals(IntStream.range(20, 25).mapToObj("s%02d"::formatted).toList(), ids(second));
    assertTrue(second.body().get("nextCursor").isNull());
    assertEquals(25, ids(api.get(null, STORIES + "?language=en&limit=100")).size());
  }

  @Test
  void filtersAreCombined() {
    Answer some = api.get("anna", STORIES + "?language=en&genre=space&ageBand=4-6&limit=3");
    Answer rest =
        api.get(
            "anna",
            STORIES
                + "?language=en&genre=space&ageBand=4-6&limit=3&cursor="
                + some.body().path("nextCursor").textValue());

    assertEquals(List.of("s00", "s06", "s12"), ids(some));
    assertEquals(List.of("s18", "s24"), ids(rest));
  }

  @Test
  void everyFieldIsThereAndAUsersOwnOnlyWithAUser() {
    JsonNode anonymous = api.get(null, STORIES + "?language=de").body().at("/stories/0");
    JsonNode own = api.get("anna", STORIES + "?language=de").body().at("/stories/0");

    assertEquals(FIELDS, names(anonymous));
    assertEquals(with("isFavorite", "isLiked", "progress"), names(own));
    assertFalse(own.get("isFavorite").booleanValue());
    assertFalse(own.get("isLiked").booleanValue());
    assertTrue(own.get("progress").isNull());
    assertEquals("open", anonymous.get("id").textValue());
    assertEquals("bedtime", anonymous.get("genre").textValue());
    assertEquals(1, anonymous.get("chapterCount").intValue());
    assertEquals(25.5, anonymous.get("durationSeconds").doubleValue());
    assertEquals(2, anonymous.get("likes").longValue(), "in lists as of the last ranking");
    assertEquals("2026-11-20T11:59:00Z", anonymous.get("publishedAt").textValue());
  }

  @Test
  void aPageTellsWhatTheUserDidWithEachOfItsStories() {
    WriteBatch marks = firestore.batch();
    marks.set(firestore.document("users/bea/favorites/s03"), Map.of("at", timestamp(NOON)));
    marks.set(
        firestore.document("users/bea/likes/s05"),
        Map.of("at", timestamp(NOON), "genre", "space", "language", "en"));
    marks.set(
        firestore.document("users/bea/progress/s19"),
        Map.of(
            "chapterId",
            "c1",
            "sceneId",
            "x",
            "positionSeconds",
            4.5,
            "storySeconds",
            4.5,
            "watchedAt",
            timestamp(NOON),
            "finished",
            false,
            "genre",
            "space",
            "language",
            "en"));
    on(marks.commit());

    Answer beas = api.get("bea", STORIES + "?language=en");
    Answer others = api.get("cora", STORIES + "?language=en");

    for (JsonNode story : beas.body().path("stories")) {
      String id = story.get("id").textValue();
      assertEquals(id.equals("s03"), story.get("isFavorite").booleanValue(), id);
      assertEquals(id.equals("s05"), story.get("isLiked").booleanValue(), id);
      assertEquals(!id.equals("s19"), story.get("progress").isNull(), id);
    }
    JsonNode progress = beas.body().at("/stories/19/progress");
    assertEquals(
        Set.of("chapterId", "sceneId", "positionSeconds", "watchedAt", "finished"),
        names(progress));
    assertEquals("2026-11-20T12:00:00Z", progress.get("watchedAt").textValue());
    assertTrue(
        others.body().path("stories").valueStream().allMatch(s -> s.get("progress").isNull()));
    assertEquals("private, no-store", beas.header("Cache-Control"));
    JsonNode one = api.get("bea", STORIES + "/s19").body().get("story");
    assertEquals(progress, one.get("progress"), "by itself as in the list");
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, limit",
    "limit=101, limit",
    "limit=many, limit",
    "limit=, limit",
    "limit=1&limit=2, limit",
    "language=xx, language",
    "language=, language",
    "genre=SPACE, genre",
    "ageBand=5, ageBand",
    "cursor=, cursor",
    "cursor=%21, cursor",
    "language=%FF, language",
    "genre=x&ageBand=y&limit=0, ageBand genre limit",
  })
  void badValuesAreNamed(String query, String fields) {
    for (String uid : new String[] {null, "anna"}) {
      Answer refused = api.get(uid, STORIES + "?" + query);

      assertError(400, "VALIDATION_FAILED", refused);
      assertEquals(Set.of(fields.split(" ")), names(refused.body().get("details")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "2026-11-20T12:00:00Z",
        "2026-11-20T12:00:00Z ",
        "2026-11-20T12:00:00Z a/b",
        "2026-11-20T12:00:00Z ..",
        "2026-11-20T12:00:00Z __x__",
        "yesterday s01",
        "+1000000000-12-31T23:59:59Z s01",
        "-0001-01-01T00:00:00Z s01",
        " s01"
      })
  void cursorsThatNoListGaveAreRefused(String text) {
    String cursor =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(text.getBytes(StandardCharsets.UTF_8));

    Answer refused = api.get(null, STORIES + "?cursor=" + cursor);

    assertError(400, "VALIDATION_FAILED", refused);
    assertTrue(refused.body().at("/details/cursor").isTextual());
  }

  @Test
  void unknownParametersAreIgnored() {
    assertEquals(200, api.get(null, STORIES + "?color=red").status());
  }

  @Test
  void aStoryHasTheHeadsOfItsChaptersAndItsExactLikes() {
    JsonNode anonymous = api.get(null, STORIES + "/locked").body().get("story");
    JsonNode own = api.get("anna", STORIES + "/locked").body().get("story");

    assertEquals(with("chapters"), names(anonymous));
    assertEquals(with("chapters", "isFavorite", "isLiked", "progress"), names(own));
    assertEquals(anonymous.get("chapters"), own.get("chapters"));
    assertEquals(
        "[{\"id\":\"free\",\"index\":0,\"title\":\"Free\",\"premium\":false,"
            + "\"durationSeconds\":17.0},"
            + "{\"id\":\"paid\",\"index\":1,\"title\":\"Paid\",\"premium\":true,"
            + "\"durationSeconds\":8.5}]",
        anonymous.get("chapters").toString());
    assertTrue(anonymous.get("premium").booleanValue());
    assertEquals(7, api.get(null, STORIES + "/open").body().at("/story/likes").longValue());
    assertEquals(7, api.get("anna", STORIES + "/open").body().at("/story/likes").longValue());
    assertEquals(0, anonymous.get("likes").longValue());
  }

  @Test
  void chaptersHaveTheirScenesWithAddressesThatOpen() {
    Answer list = api.get(null, STORIES + "/open/chapters");
    Answer one = api.get("anna", STORIES + "/open/chapters/free");

    assertEquals(
        Set.of("id", "index", "title", "premium", "durationSeconds", "scenes"),
        names(list.body().at("/chapters/0")));
    assertEquals(list.body().at("/chapters/0"), one.body().get("chapter"));
    JsonNode painted = one.body().at("/chapter/scenes/1");
    assertEquals(
        Set.of(
            "id",
            "index",
            "text",
            "imageUrl",
            "videoUrl",
            "audioUrl",
            "captionsUrl",
            "durationSeconds"),
        names(painted));
    assertTrue(painted.get("videoUrl").isNull());
    assertTrue(painted.get("captionsUrl").textValue().contains("s2.vtt"));
    assertEquals(200, api.open(one.body().at("/chapter/scenes/0/imageUrl").textValue()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/hidden",
        "/hidden/chapters",
        "/hidden/chapters/free",
        "/unknown",
        "/unknown/chapters",
        "/unknown/chapters/free",
        "/open/chapters/unknown",
        "/open/chapters/paid",
        "/a%20b",
        "/a%2Fb",
        "/__x__",
        "/open/chapters/__x__",
        "/open/chapters/..%2F..%2Flocked"
      })
  void whatIsHiddenOrUnknownLooksTheSame(String path) {
    JsonNode nothing = api.get(null, STORIES + "/unknown").body();

    for (String uid : new String[] {null, "anna"}) {
      Answer answer = api.get(uid, STORIES + path);

      assertError(404, "NOT_FOUND", answer);
      assertEquals(nothing, answer.body());
      assertEquals("", answer.header("ETag"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/locked/chapters, 401, 402, 200",
    "/locked/chapters/paid, 401, 402, 200",
    "/locked/chapters/free, 200, 200, 200",
    "/locked, 200, 200, 200",
    "/open/chapters, 200, 200, 200",
  })
  void premiumChaptersTakeAnEntitlement(String path, int nobody, int free, int premium) {
    api.get("dora", "/api/v1/users/me");
    on(
        firestore
            .document("accounts/dora")
            .update(
                "subscription",
                Map.of("tier", "premium", "expiresAt", timestamp(CLOCK.instant().plusSeconds(5)))));

    assertEquals(nobody, api.get(null, STORIES + path).status());
    assertEquals(free, api.get("anna", STORIES + path).status());
    assertEquals(premium, api.get("dora", STORIES + path).status());
    CLOCK.add(Duration.ofSeconds(5));
    assertEquals(free, api.get("dora", STORIES + path).status(), "the subscription is over");
  }

  @Test
  void aRefusalForPremiumTellsWhatIsMissing() {
    assertError(402, "ENTITLEMENT_REQUIRED", api.get("anna", STORIES + "/locked/chapters/paid"));
    Answer anonymous = api.get(null, STORIES + "/locked/chapters/paid");
    assertError(401, "UNAUTHENTICATED", anonymous);
    assertEquals("no-store", anonymous.header("Cache-Control"));
    assertEquals("Bearer", anonymous.header("WWW-Authenticate"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/open", "/open/chapters", "/open/chapters/free"})
  void nobodysAnswersAreConfirmedAndAUsersNever(String path) {
    Answer first = api.get(null, STORIES + path);
    String tag = first.header("ETag");

    Answer again = api.get(null, STORIES + path, "If-None-Match", "W/" + tag);
    Answer head = api.nobody().ask("HEAD", STORIES + path, new byte[0]);
    Answer own = api.get("anna", STORIES + path, "If-None-Match", tag);

    assertEquals("public, max-age=60", first.header("Cache-Control"));
    assertTrue(first.header("Vary").contains("Authorization"));
    assertEquals(304, again.status());
    assertTrue(again.body().isMissingNode());
    assertEquals(tag, again.header("ETag"));
    assertEquals("public, max-age=60", again.header("Cache-Control"));
    assertEquals(tag, head.header("ETag"));
    assertEquals(200, own.status());
    assertEquals("", own.header("ETag"));
    assertEquals("private, no-store", own.header("Cache-Control"));
  }

  @Test
  void nobodySeesAChangeAfterHalfAMinuteAndAUserAtOnce() {
    on(paths.story("open").update("title", "Before"));
    Answer before = api.get(null, STORIES + "/open");

    on(paths.story("open").update("title", "After"));

    assertEquals("After", api.get("anna", STORIES + "/open").body().at("/story/title").asText());
    CLOCK.add(Duration.ofSeconds(29));
    assertEquals("Before", api.get(null, STORIES + "/open").body().at("/story/title").asText());
    CLOCK.add(Duration.ofSeconds(1));
    Answer after = api.get(null, STORIES + "/open", "If-None-Match", before.header("ETag"));
    assertEquals("After", after.body().at("/story/title").asText());
    assertNotEquals(before.header("ETag"), after.header("ETag"));
  }

  /** Minute by minute through three windows of signed addresses. */
  @Test
  void whateverIsConfirmedCanStillBeUsedForAsLongAsItMayBeKept() {
    Instant begin = CLOCK.instant().plus(Duration.ofHours(1));
    CLOCK.set(Instant.ofEpochSecond(begin.getEpochSecond() / 600 * 600 + 30));
    Answer kept = api.get(null, STORIES + "/open/chapters");
    var tags = new ArrayList<String>(List.of(kept.header("ETag")));
    int confirmed = 0;

    for (int minute = 0; minute < 30; minute++) {
      CLOCK.add(Duration.ofMinutes(1));
      Answer now = api.get(null, STORIES + "/open/chapters", "If-None-Match", kept.header("ETag"));
      if (now.status() == 304) {
        confirmed++;
      } else {
        kept = now;
        tags.add(now.header("ETag"));
      }
      String image = kept.body().at("/chapters/0/scenes/0/imageUrl").textValue();
      // a minute in a proxy, then a minute in the app, then time to watch
      Duration left = Duration.between(CLOCK.instant(), expiry(image));
      assertTrue(left.compareTo(Duration.ofMinutes(15)) >= 0, minute + ": " + left);
      assertEquals(200, api.open(image), "at minute " + minute);
    }

    assertEquals(4, tags.stream().distinct().count(), "one for each window");
    assertEquals(27, confirmed);
  }

  private static Instant expiry(String signed) {
    Map<String, @Nullable String> query = new HashMap<>();
    for (String pair : signed.substring(signed.indexOf('?') + 1).split("&", -1)) {
      query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return LocalDateTime.parse(
            String.valueOf(query.get("X-Goog-Date")),
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'"))
        .toInstant(ZoneOffset.UTC)
        .plusSeconds(Long.parseLong(String.valueOf(query.get("X-Goog-Expires"))));
  }
}
