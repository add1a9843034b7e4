package app.infinitestories.functions.api.admin;

import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.accounts.AccountPolicy;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.audit.AuditLog;
import app.infinitestories.catalog.CatalogStory;
import app.infinitestories.catalog.Chapter;
import app.infinitestories.catalog.ChapterHead;
import app.infinitestories.catalog.PublishStory;
import app.infinitestories.functions.api.TestBucket;
import app.infinitestories.functions.web.HttpSettings;
import app.infinitestories.functions.web.Router;
import app.infinitestories.functions.web.RouterCaller;
import app.infinitestories.functions.web.User;
import app.infinitestories.platform.RandomIds;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.privacy.ImportFilm;
import app.infinitestories.ratelimit.SlidingRateLimiter;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.users.Profiles;
import app.infinitestories.userstories.VideoStory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What staff do with the catalogue, through the router, on the real Firestore and a bucket. */
@FirestoreTest
class AdminRoutesTest {
  private static final AtomicInteger STORIES = new AtomicInteger();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TestBucket BUCKET = TestBucket.open(Clock.systemUTC());

  private final Firestore firestore;
  private final MediaStore media = BUCKET.media();
  private final List<String> ranked = new ArrayList<>();
  private final Profiles profiles;
  private final Router router;
  private final String storyId = "story-" + STORIES.incrementAndGet();
  private final String editor = "admin-" + storyId;
  private final RouterCaller staff;

  @BeforeAll
  static void fillBucket() {
    MediaStore media = BUCKET.media();
    media.put("catalog/sample/poster.jpg", bytes("poster"), "image/jpeg");
    media.put("catalog/sample/page.jpg", bytes("page"), "image/jpeg");
    media.put("catalog/sample/voice.mp3", bytes("voice"), "audio/mpeg");
    media.put("catalog/sample/words.vtt", bytes("WEBVTT"), "text/vtt");
    media.put("catalog/sample/clip.mp4", bytes("clip"), "video/mp4");
  }

  @AfterAll
  static void closeBucket() {
    BUCKET.close();
  }

  AdminRoutesTest(Firestore firestore) {
    this.firestore = firestore;
    var clock = Clock.systemUTC();
    var ids = new RandomIds();
    var audit = new AuditLog(firestore, clock, ids);
    profiles =
        new Profiles(
            firestore, new Accounts(firestore, clock, ids, new AccountPolicy(3, 10)), clock, ids);
    var routes =
        new AdminRoutes(
            new PublishStory(firestore, audit, clock),
            new ImportFilm(firestore, profiles, media),
            media,
            audit,
            language -> {
              synchronized (ranked) {
                ranked.add(language);
              }
            });
    router =
        new Router(
            r -> r.under("/api/v2", routes.reserving(() -> Set.of("discovery"))),
            AdminRoutesTest::authenticate,
            new SlidingRateLimiter(1, () -> firestore, clock, ids),
            new HttpSettings(Set.of(), 1),
            clock,
            ids);
    staff = new RouterCaller(router).as(editor);
  }

  /** Tokens are their own names: {@code user-x} and {@code admin-x}. */
  private static User authenticate(String token) {
    if (!token.startsWith("user-") && !token.startsWith("admin-")) {
      throw new Failure.Unauthenticated();
    }
    return new User(token, null, true, token.startsWith("admin-"));
  }

  @Test
  void onlyStaffMayPublish() {
    var body = publishing(story()).toString();

    var stranger = new RouterCaller(router).as("nobody").send("PUT", path(), body);
    var parent = new RouterCaller(router).as("user-anna").send("PUT", path(), body);

    assertEquals(401, stranger.status());
    assertEquals("UNAUTHENTICATED", stranger.code());
    assertEquals(403, parent.status());
    assertEquals("FORBIDDEN", parent.code());
    assertFalse(stored().exists());
    assertTrue(auditOf(storyId).isEmpty());
  }

  @Test
  void aPublishedStoryIsThereWithItsChapters() {
    var answer = put(publishing(story()));

    assertEquals(200, answer.status(), () -> answer.body().toString());
    assertTrue(answer.body().path("changed").asBoolean());
    assertEquals(1, answer.body().path("story").path("revision").asInt());
    assertEquals(55.5, answer.body().path("story").path("durationSeconds").asDouble());
    var story = CatalogStory.of(stored());
    assertEquals("A Night at the River", story.title());
    assertEquals("7-9", story.ageBand());
    assertTrue(story.published());
    assertTrue(story.premium(), "premium as its second chapter is");
    assertEquals(0, story.likes());
    assertEquals(
        List.of(
            new ChapterHead("one", 0, "The Light", false, 20.25),
            new ChapterHead("two", 1, "The Bridge", true, 35.25)),
        story.chapters());
    assertEquals(
        answer.body().path("story").path("publishedAt").asText(), story.publishedAt().toString());
    var chapters = chapters();
    assertEquals(story.chapters(), chapters.stream().map(Chapter::head).toList());
    var scene = chapters.getLast().scenes().getLast();
    assertEquals("s2", scene.id());
    assertEquals(1, scene.index());
    assertEquals("They crossed it.", scene.text());
    assertEquals("catalog/sample/page.jpg", scene.imagePath());
    assertEquals("catalog/sample/voice.mp3", scene.audioPath());
    assertEquals("catalog/sample/words.vtt", scene.captionsPath());
    assertEquals("catalog/sample/clip.mp4", scene.videoPath());
    assertEquals(List.of("en"), ranked);
    var row = auditOf(storyId).getFirst();
    assertEquals("catalog.publish", row.getString("action"));
    assertEquals(editor, row.getString("uid"));
    assertEquals(1, row.getLong("revision"));
    assertEquals(true, row.getBoolean("changed"));
    assertTrue(row.getTimestamp("at") != null, "when");
  }

  @Test
  void noStoryTakesTheNameOfARoute() {
    String path = "/api/v2/admin/catalog/stories/discovery";

    var published = staff.send("PUT", path, publishing(story()).toString());
    var hidden = staff.send("PUT", path, "{\"action\":\"unpublish\"}");

    assertEquals(400, published.status());
    assertEquals("VALIDATION_FAILED", published.code());
    assertEquals("is the name of another route", published.detail("storyId"));
    assertEquals(404, hidden.status(), "what is there already may be taken off");
    assertFalse(on(firestore.document("stories/discovery").get()).exists());
    assertEquals(
        Set.of("VALIDATION_FAILED", "NOT_FOUND"),
        auditOf("discovery").stream()
            .map(row -> row.getString("refused"))
            .collect(Collectors.toSet()));
  }

  @Test
  void theSameAgainChangesNothing() {
    put(publishing(story()));
    var before = stored();
    var chapterBefore = chapterDocuments().getFirst();

    var again = put(publishing(story()));

    assertEquals(200, again.status());
    assertFalse(again.body().path("changed").asBoolean());
    assertEquals(1, again.body().path("story").path("revision").asInt());
    assertEquals(before.getUpdateTime(), stored().getUpdateTime());
    assertEquals(chapterBefore.getUpdateTime(), chapterDocuments().getFirst().getUpdateTime());
    var rows = auditOf(storyId);
    assertEquals(2, rows.size(), "every call is in the log");
    assertEquals(
        1, rows.stream().filter(row -> Boolean.FALSE.equals(row.getBoolean("changed"))).count());
    assertEquals(List.of("en", "en"), ranked, "a call that died before ranking is healed so");
  }

  @Test
  void anotherEditionReplacesChaptersAndKeepsWhatReadersGave() {
    put(publishing(story()));
    on(stored().getReference().update("likes", 7, "popularity", 2.5));
    var published = CatalogStory.of(stored()).publishedAt();
    var second = story().put("title", "Another Night").put("language", "de");
    chapter(second, 0).put("id", "three");

    var answer = put(publishing(second));

    assertTrue(answer.body().path("changed").asBoolean());
    var story = CatalogStory.of(stored());
    assertEquals("Another Night", story.title());
    assertEquals(2, story.revision());
    assertEquals(7, story.likes());
    assertEquals(2.5, story.popularity());
    assertEquals(published, story.publishedAt());
    assertEquals(List.of("three", "two"), chapters().stream().map(Chapter::id).toList());
    assertEquals(Set.of("en", "de"), Set.copyOf(ranked), "the shelf that it left as well");
  }

  @Test
  void unpublishedMeansHiddenAtOnceAndCanBeUndone() {
    put(publishing(story()));
    var published = CatalogStory.of(stored()).publishedAt();

    var hidden = put(action("unpublish"));
    assertTrue(hidden.body().path("changed").asBoolean());
    assertFalse(hidden.body().path("story").path("published").asBoolean(true));
    assertFalse(CatalogStory.of(stored()).published());
    assertEquals(2, chapters().size(), "nothing is lost");

    assertFalse(put(action("unpublish")).body().path("changed").asBoolean());

    var shown = put(action("publish"));
    assertTrue(shown.body().path("changed").asBoolean());
    assertTrue(CatalogStory.of(stored()).published());
    assertEquals(3, CatalogStory.of(stored()).revision());
    assertEquals(published, CatalogStory.of(stored()).publishedAt(), "no new story");
    assertEquals(List.of("en", "en", "en", "en"), ranked);
  }

  @Test
  void whatNeverWasCanBeNeitherHiddenNorShown() {
    var hidden = put(action("unpublish"));
    var shown = put(action("publish"));

    assertEquals(404, hidden.status());
    assertEquals("NOT_FOUND", hidden.code());
    assertEquals(404, shown.status());
    assertFalse(stored().exists());
    assertEquals(
        List.of("NOT_FOUND", "NOT_FOUND"),
        auditOf(storyId).stream().map(row -> row.getString("refused")).toList());
    assertEquals(List.of(), ranked);
  }

  @Test
  void everyWrongFieldIsNamedByItsPath() {
    var wrong =
        story().put("title", " ").put("language", "xx").put("genre", "horror").put("ageBand", "0");
    wrong.put("posterKey", "users/anna/photos/me.jpg").put("colour", "red");
    chapter(wrong, 0).put("id", "a/b").remove("title");
    scene(wrong, 1, 0)
        .put("text", "")
        .put("durationSeconds", "long")
        .put("imageKey", "catalog/../x");
    chapter(wrong, 1).put("premium", "yes");

    var answer = put(publishing(wrong));

    assertEquals(400, answer.status());
    assertEquals("VALIDATION_FAILED", answer.code());
    assertEquals("must not be blank", answer.detail("story.title"));
    assertEquals("must be one of en, es, fr, de, it", answer.detail("story.language"));
    assertTrue(answer.detail("story.genre").startsWith("must be one of adventure"));
    assertTrue(answer.detail("story.ageBand").startsWith("must be one of 1-3"));
    assertTrue(answer.detail("story.posterKey").startsWith("must be a key below catalog/"));
    assertEquals("is not known", answer.detail("story.colour"));
    assertTrue(answer.detail("story.chapters[0].id").startsWith("must be 1 to 100 letters"));
    assertEquals("is required", answer.detail("story.chapters[0].title"));
    assertEquals("must not be blank", answer.detail("story.chapters[1].scenes[0].text"));
    assertEquals("must be a number", answer.detail("story.chapters[1].scenes[0].durationSeconds"));
    assertTrue(
        answer.detail("story.chapters[1].scenes[0].imageKey").startsWith("must be a key below"));
    assertEquals("must be true or false", answer.detail("story.chapters[1].premium"));
    assertEquals(12, answer.body().path("details").size(), () -> answer.body().toString());
    assertFalse(stored().exists());
  }

  @Test
  void aStoryWithoutChaptersAndASceneWithoutTimeAreRefused() {
    var empty = story();
    empty.putArray("chapters");
    var timeless = story();
    scene(timeless, 0, 0).put("durationSeconds", 0);

    assertEquals("must be 1 to 50 entries long", put(publishing(empty)).detail("story.chapters"));
    assertEquals(
        "must be more than 0 and at most 3600",
        put(publishing(timeless)).detail("story.chapters[0].scenes[0].durationSeconds"));
  }

  @Test
  void mediaThatIsNotThereAndIdsThatAreTwinsAreNamedAllAtOnce() {
    var wrong = story().put("posterKey", "catalog/sample/none.jpg");
    chapter(wrong, 1).put("id", "one");
    scene(wrong, 1, 1).put("id", "s1").put("audioKey", "catalog/sample/silence.mp3");
    scene(wrong, 0, 0).put("imageKey", "catalog/sample/voice.mp3");

    var answer = put(publishing(wrong));

    assertEquals(400, answer.status());
    assertEquals("is not in Storage", answer.detail("story.posterKey"));
    assertEquals("is used twice", answer.detail("story.chapters[1].id"));
    assertEquals("is used twice", answer.detail("story.chapters[1].scenes[1].id"));
    assertEquals("is not in Storage", answer.detail("story.chapters[1].scenes[1].audioKey"));
    assertEquals("is stored as audio/mpeg", answer.detail("story.chapters[0].scenes[0].imageKey"));
    assertEquals(5, answer.body().path("details").size(), () -> answer.body().toString());
    assertFalse(stored().exists());
    assertEquals("VALIDATION_FAILED", auditOf(storyId).getFirst().getString("refused"));
  }

  @Test
  void eachActionTakesItsOwnShapeOnly() {
    var hidingAStory = action("unpublish");
    hidingAStory.set("story", story());
    var publishingAFilm = action("publish");
    publishingAFilm.set("film", film("f1"));

    assertEquals("is only for publish", put(hidingAStory).detail("story"));
    assertEquals("is required with import, and only there", put(publishingAFilm).detail("film"));
    assertEquals("is required with import, and only there", put(action("import")).detail("film"));
    assertEquals("must be one of publish, unpublish, import", put(action("burn")).detail("action"));
    assertEquals("is required", put(JSON.createObjectNode()).detail("action"));
    assertEquals(400, staff.send("PUT", path(), "{").status());
    assertEquals(
        404,
        staff
            .send("PUT", "/api/v2/admin/catalog/stories/__x__", "{\"action\":\"unpublish\"}")
            .status());
  }

  @Test
  void twoEditorsAtOnceLeaveOneWholeEdition() throws Exception {
    var left = story().put("title", "Left");
    chapter(left, 0).put("id", "left");
    var right = story().put("title", "Right");
    chapter(right, 0).put("id", "right");

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          threads.invokeAll(
              List.<Callable<RouterCaller.Answer>>of(
                  () -> put(publishing(left)), () -> put(publishing(right))));
      for (var answer : answers) {
        assertEquals(200, answer.get().status());
      }
    }

    var story = CatalogStory.of(stored());
    assertEquals(2, story.revision());
    assertEquals(story.chapters(), chapters().stream().map(Chapter::head).toList());
    assertEquals(story.title().equals("Left") ? "left" : "right", story.chapters().getFirst().id());
  }

  @Test
  void ownFilmsAreImportedWithTheirMediaAndWithoutAnyTraceOfTheAccount() {
    profiles.consent(editor);
    makeFilm(editor, "f1");

    var answer = put(importing(film("f1")));

    assertEquals(200, answer.status(), () -> answer.body().toString());
    var story = CatalogStory.of(stored());
    assertEquals("The Film", story.title());
    assertEquals("What happens in it.", story.summary());
    assertEquals("fr", story.language());
    assertEquals("4-6", story.ageBand());
    assertEquals(61.5, story.durationSeconds());
    assertTrue(story.published());
    var scene = chapters().getFirst().scenes().getFirst();
    assertEquals("One.\n\nTwo.", scene.text());
    for (String path :
        List.<String>of(
            story.posterPath(),
            Objects.requireNonNull(scene.videoPath()),
            Objects.requireNonNull(scene.captionsPath()))) {
      assertTrue(path.startsWith("catalog/" + storyId + "/"), path);
      assertTrue(media.stat(path).isPresent(), path);
    }
    assertEquals("film", new String(media.read(scene.videoPath()), StandardCharsets.UTF_8));
    assertFalse(String.valueOf(stored().getData()).contains(editor), "no trace of whose it was");
    assertEquals(List.of("fr"), ranked);
    var row = auditOf(storyId).getFirst();
    assertEquals("catalog.import", row.getString("action"));
    assertEquals("f1", row.getString("filmId"));

    assertFalse(put(importing(film("f1"))).body().path("changed").asBoolean());
  }

  @Test
  void anImportMayRenameTheFilmAndSellIt() {
    profiles.consent(editor);
    makeFilm(editor, "f1");

    put(
        importing(
            film("f1").put("title", "Without a Name").put("premium", true).put("uid", editor)));

    assertEquals("Without a Name", CatalogStory.of(stored()).title());
    assertTrue(CatalogStory.of(stored()).premium());
  }

  @Test
  void filmsOfOthersNeverComeIn() {
    profiles.consent(editor);
    makeFilm("user-anna", "f1");

    var answer = put(importing(film("f1").put("uid", "user-anna")));

    assertEquals(403, answer.status());
    assertEquals("CONSENT_REQUIRED", answer.code());
    assertFalse(stored().exists());
    assertEquals(List.of(), media.list("catalog/" + storyId + "/", 1));
    assertEquals("CONSENT_REQUIRED", auditOf(storyId).getFirst().getString("refused"));
  }

  @Test
  void withoutTheGuardiansConsentNoFilmComesIn() {
    makeFilm(editor, "f1");

    var answer = put(importing(film("f1")));

    assertEquals(403, answer.status());
    assertEquals("CONSENT_REQUIRED", answer.code());
    assertFalse(stored().exists());
  }

  @Test
  void onlyFinishedFilmsThatAreStillThereComeIn() {
    profiles.consent(editor);
    makeFilm(editor, "narrated");
    on(film(editor, "narrated").update("kind", "narrated"));
    makeFilm(editor, "gone");
    media.deleteAll("users/" + editor + "/");

    assertEquals(404, put(importing(film("unknown"))).status());
    assertEquals(404, put(importing(film("narrated"))).status());
    assertEquals(404, put(importing(film("gone"))).status());
    assertFalse(stored().exists());
  }

  @Test
  void moreThanSixtyCallsAMinuteAreRefused() {
    RouterCaller.Answer last = put(action("unpublish"));
    for (int i = 0; i < 60; i++) {
      last = put(action("unpublish"));
    }

    assertEquals(429, last.status());
    assertEquals("RATE_LIMITED", last.code());
  }

  private String path() {
    return "/api/v2/admin/catalog/stories/" + storyId;
  }

  private RouterCaller.Answer put(ObjectNode body) {
    return staff.send("PUT", path(), body.toString());
  }

  private static ObjectNode action(String action) {
    return JSON.createObjectNode().put("action", action);
  }

  private static ObjectNode publishing(ObjectNode story) {
    var body = action("publish");
    body.set("story", story);
    return body;
  }

  private static ObjectNode importing(ObjectNode film) {
    var body = action("import");
    body.set("film", film);
    return body;
  }

  private static ObjectNode film(String id) {
    return JSON.createObjectNode().put("storyId", id).put("summary", "What happens in it.");
  }

  private static ObjectNode story() {
    var story =
        JSON.createObjectNode()
            .put("title", "A Night at the River")
            .put("summary", "Somebody answers.")
            .put("language", "en")
            .put("genre", "mystery")
            .put("ageBand", "7-9")
            .put("posterKey", "catalog/sample/poster.jpg");
    var chapters = story.putArray("chapters");
    scenes(chapters.addObject().put("id", "one").put("title", "The Light"))
        .add(scene("s1", "A light flashed.", 20.25));
    scenes(chapters.addObject().put("id", "two").put("title", "The Bridge").put("premium", true))
        .add(scene("s1", "The bridge was closed.", 15.25))
        .add(
            scene("s2", "They crossed it.", 20)
                .put("videoKey", "catalog/sample/clip.mp4")
                .put("audioKey", "catalog/sample/voice.mp3")
                .put("captionsKey", "catalog/sample/words.vtt"));
    return story;
  }

  private static ArrayNode scenes(ObjectNode chapter) {
    return chapter.putArray("scenes");
  }

  private static ObjectNode scene(String id, String text, double seconds) {
    return JSON.createObjectNode()
        .put("id", id)
        .put("text", text)
        .put("imageKey", "catalog/sample/page.jpg")
        .put("durationSeconds", seconds);
  }

  private static ObjectNode chapter(ObjectNode story, int index) {
    return (ObjectNode) story.path("chapters").path(index);
  }

  private static ObjectNode scene(ObjectNode story, int chapter, int index) {
    return (ObjectNode) chapter(story, chapter).path("scenes").path(index);
  }

  /** A finished film with its media, as the pipeline leaves it. */
  private void makeFilm(String uid, String id) {
    String at = "users/" + uid + "/";
    media.put(at + "videos/f00.mp4", bytes("film"), "video/mp4");
    media.put(at + "videos/f01.jpg", bytes("poster"), "image/jpeg");
    media.put(at + "captions/f02.vtt", bytes("WEBVTT"), "text/vtt");
    var film =
        new VideoStory(
            id,
            "The Film",
            "fr",
            "animals",
            "4-6",
            at + "videos/f00.mp4",
            at + "videos/f01.jpg",
            List.of(
                new VideoStory.CaptionTrack("en", at + "captions/other.vtt"),
                new VideoStory.CaptionTrack("fr", at + "captions/f02.vtt")),
            61.5,
            List.of(
                new VideoStory.Scene(0, "One.", at + "illustrations/0.png", 0, 30),
                new VideoStory.Scene(1, "Two.", at + "illustrations/1.png", 30, 31.5)),
            Instant.parse("2026-11-20T10:00:00Z"),
            Instant.parse("2026-11-20T10:05:00Z"));
    Map<String, Object> fields = new HashMap<>();
    film.toFields().forEach((name, value) -> fields.put(name, Objects.requireNonNull(value)));
    on(film(uid, id).set(fields));
  }

  private com.google.cloud.firestore.DocumentReference film(String uid, String id) {
    return firestore.document("users/" + uid + "/stories/" + id);
  }

  private DocumentSnapshot stored() {
    return on(firestore.document("stories/" + storyId).get());
  }

  private List<QueryDocumentSnapshot> chapterDocuments() {
    return on(firestore.collection("stories/" + storyId + "/chapters").orderBy("index").get())
        .getDocuments();
  }

  private List<Chapter> chapters() {
    return chapterDocuments().stream().map(Chapter::of).toList();
  }

  private List<QueryDocumentSnapshot> auditOf(String id) {
    return on(firestore.collection("audit").whereEqualTo("storyId", id).get()).getDocuments();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
