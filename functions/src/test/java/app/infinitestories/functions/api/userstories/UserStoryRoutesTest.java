package app.infinitestories.functions.api.userstories;

import static app.infinitestories.functions.wiring.RunningApi.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.functions.web.RouterCaller.Answer;
import app.infinitestories.functions.wiring.RunningApi;
import app.infinitestories.testkit.FirestoreTest;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.firestore.Firestore;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every refusal of {@code /api/v2/user-stories}, and their order. */
@FirestoreTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserStoryRoutesTest {
  private static final String STORIES = "/api/v2/user-stories";
  private static final String KEY = "Idempotency-Key";
  private static final JsonMapper JSON = new JsonMapper();
  private static final AtomicInteger USERS = new AtomicInteger();

  private final Firestore firestore;
  private final RunningApi api;
  private final String user = "user-" + USERS.incrementAndGet();

  UserStoryRoutesTest(Firestore firestore) {
    this.firestore = firestore;
    this.api = new RunningApi(firestore);
  }

  @AfterAll
  void close() {
    api.close();
  }

  private static String newUser() {
    return "parent-" + USERS.incrementAndGet();
  }

  private static ObjectNode order(String photo) {
    return JSON.createObjectNode()
        .put("photo", photo)
        .put("name", "Quillon")
        .put("age", 6)
        .put("genre", "space")
        .put("guardianConsent", true);
  }

  private Answer submit(String uid, ObjectNode order) {
    return api.as(uid).send("POST", STORIES, order.toString());
  }

  private Answer submit(String uid, ObjectNode order, String key) {
    return api.as(uid).with(KEY, key).send("POST", STORIES, order.toString());
  }

  private String accepted(String uid) {
    var answer = submit(uid, order(api.photoOf(uid)));
    assertEquals(202, answer.status(), answer.body().toString());
    return answer.body().at("/job/id").asText();
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "nickname", "dedication"})
  void whatIsShownOnACardIsOneLine(String field) {
    for (String text : new String[] {"a\nb", "a\u202Eb", "a\tb", "a\u0085b"}) {
      var answer = submit(user, order("users/x/photos/1.jpg").put(field, text));

      assertEquals(Set.of(field), answer.details().keySet());
    }
  }

  @Test
  void aForeignPhotoIsNotToldFromAnUnknownOneAlsoWithoutConsent() {
    String foreign = api.photoOf(newUser());
    String own = newUser();
    var unknown = submit(own, order("users/" + own + "/photos/0.jpg"));

    for (boolean consent : new boolean[] {true, false}) {
      var answer = submit(own, order(foreign).put("guardianConsent", consent));

      assertEquals(404, answer.status());
      assertEquals(unknown.body(), answer.body());
    }
  }

  @Test
  void consentIsAskedForBeforeTheUploadIsLookedAt() {
    String uid = newUser();
    String pending = api.offer(uid).path("storageKey").asText();
    var order = order(pending);

    var withoutAWord = submit(uid, order.deepCopy().without("guardianConsent"));
    assertEquals(403, withoutAWord.status());
    assertEquals("CONSENT_REQUIRED", withoutAWord.code());
    assertEquals(403, submit(uid, order.deepCopy().put("guardianConsent", false)).status());

    var unconfirmed = submit(uid, order);
    assertEquals(409, unconfirmed.status());
    assertEquals("UPLOAD_NOT_CONFIRMED", unconfirmed.code());
  }

  @Test
  void aRefusalIsRepeatedUnderItsKeyAndAnotherBodyIsNot() {
    String uid = newUser();
    var offer = api.offer(uid);
    var order = order(offer.path("storageKey").asText());
    var first = submit(uid, order, "k1");
    assertEquals(409, first.status());

    // the reason has gone, the answer under that key has not
    api.put(offer, RunningApi.photo());
    api.as(uid)
        .send(
            "POST", "/api/v2/files/confirm", json("storageKey", offer.path("storageKey").asText()));
    var again = submit(uid, order, "k1");
    assertEquals(409, again.status());
    assertEquals(first.body(), again.body());
    assertEquals("true", again.headers().get("Idempotent-Replayed"));

    var other = submit(uid, order.deepCopy().put("age", 7), "k1");
    assertEquals(422, other.status());
    assertEquals("IDEMPOTENCY_KEY_REUSED", other.code());

    var accepted = submit(uid, order, "k2");
    assertEquals(202, accepted.status());
    var replayed = submit(uid, order, "k2");
    assertEquals(accepted.body(), replayed.body());
    assertEquals("true", replayed.headers().get("Idempotent-Replayed"));
    assertEquals(400, submit(uid, order.deepCopy().put("age", 70), "k2").status());
  }

  @Test
  void withNothingLeftItSaysWhatIsNeeded() {
    try (var poor =
        new RunningApi(firestore, "STARTING_TOKENS", "0", "MONTHLY_FREE_STORIES", "0")) {
      String uid = newUser();

      var answer =
          poor.as(uid)
              .send("POST", STORIES, order(poor.photoOf(uid)).put("length", "long").toString());

      assertEquals(402, answer.status());
      assertEquals("INSUFFICIENT_TOKENS", answer.code());
      assertEquals(3, answer.body().at("/details/needed").asInt());
      assertEquals(0, answer.body().at("/details/available").asInt());
    }
  }

  @Test
  void aFullLineIsToldBeforeAnEmptyPurse() {
    try (var narrow =
        new RunningApi(
            firestore, "STARTING_TOKENS", "1", "QUEUE_WINDOW", "1", "QUEUE_BACKLOG", "0")) {
      String uid = newUser();
      var order = order(narrow.photoOf(uid));
      assertEquals(202, narrow.as(uid).send("POST", STORIES, order.toString()).status());

      var full = narrow.as(uid).send("POST", STORIES, order.toString());

      assertEquals(429, full.status());
      assertEquals("QUEUE_FULL", full.code());
      assertTrue(Integer.parseInt(String.valueOf(full.headers().get("Retry-After"))) > 0);
    }
  }

  @Test
  void onlyAcceptedOrdersCountAgainstTheLimitWhichComesBeforeWhatIsThere() {
    try (var narrow = new RunningApi(firestore, "RATE_LIMIT_FACTOR", "0.1")) {
      String uid = newUser();
      var order = order(narrow.photoOf(uid));
      var unknown = order("users/" + uid + "/photos/0.jpg");
      assertEquals(404, narrow.as(uid).send("POST", STORIES, unknown.toString()).status());
      var accepted = narrow.as(uid).with(KEY, "one").send("POST", STORIES, order.toString());
      assertEquals(202, accepted.status());
      assertEquals("1", accepted.headers().get("RateLimit-Limit"));
      assertEquals("0", accepted.headers().get("RateLimit-Remaining"));

      var limited = narrow.as(uid).send("POST", STORIES, order.toString());
      assertEquals(429, limited.status());
      assertEquals("RATE_LIMITED", limited.code());
      assertEquals(
          202, narrow.as(uid).with(KEY, "one").send("POST", STORIES, order.toString()).status());
    }
  }

  @Test
  void whereNoPhotoLeavesWordsAreNeeded() {
    try (var closed = new RunningApi(firestore, "AI_CHILD_DATA_ALLOWED", "false")) {
      String uid = newUser();
      var order = order(closed.photoOf(uid));

      var answer = closed.as(uid).send("POST", STORIES, order.toString());

      assertEquals(400, answer.status());
      assertEquals(Set.of("appearance"), answer.details().keySet());
      assertEquals(
          202,
          closed
              .as(uid)
              .send("POST", STORIES, order.put("appearance", "red hair").toString())
              .status());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-20T10:00:00Z",
        "2026-11-20T10:00:00Z ",
        " x",
        "yesterday x",
        "2026-11-20T10:00:00Z a/b",
        "2026-11-20T10:00:00Z ..",
        "2026-11-20T10:00:00Z __x__",
        "+1000000000-12-31T23:59:59.999999999Z x",
        "-1000000000-01-01T00:00:00Z x",
        "0000-12-31T23:59:59Z x"
      })
  void aCursorThatNoListGaveIsNamed(String text) {
    String cursor =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(text.getBytes(StandardCharsets.UTF_8));

    var answer = api.as(user).get(STORIES + "?cursor=" + cursor);

    assertEquals(400, answer.status(), text);
    assertEquals(Set.of("cursor"), answer.details().keySet());
  }

  @Test
  void whatAListDoesNotKnowItIgnoresAndAPageGoesOnWhereItEnded() {
    String uid = newUser();
    String first = accepted(uid);
    String second = accepted(uid);

    var page = api.as(uid).get(STORIES + "?limit=1&colour=red").body();
    assertEquals(second, page.at("/items/0/job/id").asText());
    var rest =
        api.as(uid).get(STORIES + "?limit=1&cursor=" + page.path("nextCursor").asText()).body();
    assertEquals(first, rest.at("/items/0/job/id").asText());
    assertTrue(rest.path("nextCursor").isNull());
    assertEquals(
        2, api.as(uid).get(STORIES + "?limit=100&state=queued").body().at("/items").size());
    assertEquals(0, api.as(uid).get(STORIES + "?state=failed").body().at("/items").size());
    assertEquals(0, api.as(newUser()).get(STORIES).body().at("/items").size());
  }

  @ParameterizedTest
  @CsvSource({"GET, ''", "DELETE, ''", "POST, /cancel", "GET, /cost"})
  void aForeignStoryIsNotToldFromAnUnknownOne(String method, String below) {
    String foreign = accepted(newUser());
    String uid = newUser();
    var unknown = api.as(uid).send(method, STORIES + "/0123456789abcdefghij" + below, "");
    assertEquals(404, unknown.status());
    assertEquals("NOT_FOUND", unknown.code());

    for (String id :
        new String[] {
          foreign, "x", "..%2Fx", "%2E%2E", "__x__", "a%2Fb", "%00", "%C3%A9", "i".repeat(201)
        }) {
      var answer = api.as(uid).send(method, STORIES + "/" + id + below, "");

      assertEquals(404, answer.status(), id);
      assertEquals(unknown.body(), answer.body(), id);
    }
  }

  @Test
  void aStoryInTheMakingIsCancelledOnceAndThenDeleted() {
    String uid = newUser();
    String id = accepted(uid);

    var running = api.as(uid).delete(STORIES + "/" + id);
    assertEquals(409, running.status());
    assertEquals("CONFLICT", running.code());
    assertEquals("queued", running.details().get("state"));

    var cancelled = api.as(uid).send("POST", STORIES + "/" + id + "/cancel", "");
    assertEquals(200, cancelled.status());
    assertEquals("cancelled", cancelled.body().at("/job/state").asText());
    var returned = cancelled.body().path("returned");
    assertEquals(1, returned.path("tokens").asInt() + returned.path("quota").asInt());

    var again = api.as(uid).send("POST", STORIES + "/" + id + "/cancel", "");
    assertEquals(409, again.status());
    assertEquals("cancelled", again.details().get("state"));

    assertEquals(200, api.as(uid).delete(STORIES + "/" + id).status());
    assertEquals(404, api.as(uid).delete(STORIES + "/" + id).status());
    assertEquals(404, api.as(uid).get(STORIES + "/" + id).status());
  }

  @Test
  void aStoryTellsItsJobItsCostAndTheQueue() {
    String uid = newUser();
    String id = accepted(uid);

    var item = api.as(uid).get(STORIES + "/" + id).body();
    assertEquals("queued", item.at("/job/state").asText());
    assertTrue(item.path("story").isNull());
    for (String field :
        new String[] {
          "id",
          "state",
          "step",
          "progress",
          "position",
          "positionExact",
          "eta",
          "attempts",
          "error",
          "script",
          "previews",
          "createdAt",
          "startedAt",
          "finishedAt",
          "storyId"
        }) {
      assertTrue(item.path("job").has(field), field);
    }
    var cost = api.as(uid).get(STORIES + "/" + id + "/cost").body();
    assertEquals("USD", cost.path("currency").asText());
    assertEquals(0, cost.path("total").decimalValue().signum());
    var unknown = api.as(uid).get(STORIES + "/queue");
    assertEquals(503, unknown.status(), "nothing was projected yet, and nothing is made up");
    assertTrue(unknown.headers().containsKey("Retry-After"));
    api.project(
        "queue/system",
        java.util.Map.of(
            "pending",
            3L,
            "running",
            1L,
            "capacity",
            4L,
            "etaP50Seconds",
            9L,
            "etaP90Seconds",
            20L));
    var load = api.as(uid).get(STORIES + "/queue");
    assertEquals(200, load.status());
    for (String field : new String[] {"pending", "running", "capacity", "eta"}) {
      assertTrue(load.body().has(field), field);
    }
    assertFalse(load.body().toString().contains(uid));
  }
}
