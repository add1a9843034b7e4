package app.infinitestories.functions.wiring;

import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.catalog.CatalogPaths;
import app.infinitestories.catalog.CatalogStory;
import app.infinitestories.catalog.Chapter;
import app.infinitestories.catalog.Scene;
import app.infinitestories.functions.web.ApiDocuments;
import app.infinitestories.functions.web.RouterCaller.Answer;
import app.infinitestories.purchases.StoreAccountIds;
import app.infinitestories.testkit.FirestoreCalls;
import app.infinitestories.testkit.FirestoreCalls.Count;
import app.infinitestories.testkit.FirestoreTest;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.WriteBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a request costs of Firestore, counted on the wire, is what docs/api/read-budgets.md says.
 * After a change that was meant, write the numbers anew with {@code mvn -pl functions -am test
 * -Dtest=ReadBudgetsTest -Dgolden.write=true -Dsurefire.failIfNoSpecifiedTests=false} and review
 * the difference. A new route gets a row there, and a line in {@link #measureAll()}.
 */
@FirestoreTest
class ReadBudgetsTest {
  private static final Path PAGE = Path.of("..", "docs", "api", "read-budgets.md");
  private static final Pattern ROW =
      Pattern.compile(
          "\\| `(\\w+ [^`]+)` +\\| ([^|]+?) +\\| +(\\d+|–) \\| +(\\d+|–) \\| +(\\d+|–) \\|");
  private static final Instant PUBLISHED = Instant.parse("2026-11-20T12:00:00Z");
  private static final int STORIES = 25;

  private static RunningApi api;
  private static StoresHere stores;
  private static RunningApi otherInstance;
  private static Firestore firestore;
  private static FirestoreCalls calls;
  private static Map<Case, Count> measured;

  /** One row of the table. */
  private record Case(String route, String when) {}

  @BeforeAll
  static void measureEverything(Firestore client, FirestoreCalls counting) {
    firestore = client;
    calls = counting;
    stores = new StoresHere();
    api = new RunningApi(client, Clock.systemUTC(), stores.settings());
    otherInstance = new RunningApi(client, Clock.systemUTC());
    publish();
    measured = new LinkedHashMap<>();
    new ReadBudgetsTest().measureAll();
  }

  @AfterAll
  static void stop() {
    api.close();
    otherInstance.close();
    stores.close();
  }

  private void measureAll() {
    health();
    users();
    stories();
    money();
    stores();
    catalog();
    engagement();
    films();
  }

  private void health() {
    measure("GET /api/health", "always", () -> api.get(null, "/api/health"));
    measure("GET /api/health/ready", "once in 5 seconds", () -> api.get(null, "/api/health/ready"));
    measure("GET /api/openapi.json", "always", () -> api.get(null, "/api/openapi.json"));
  }

  private void users() {
    String me = "/api/v1/users/me";
    measure("GET /api/v1/users/me", "a new user's first request", () -> api.get("anna", me));
    measure("GET /api/v1/users/me", "new to this instance", () -> otherInstance.get("anna", me));
    measure("GET /api/v1/users/me", "warm", () -> api.get("anna", me));
    Map<String, Object> anna =
        Map.of("displayName", "Anna", "language", "en", "guardianConsent", true);
    measure(
        "POST /api/v1/users", "registers", () -> api.send("anna", "POST", "/api/v1/users", anna));
    measure(
        "POST /api/v1/users",
        "is registered already",
        () -> api.send("anna", "POST", "/api/v1/users", anna));
    measure(
        "PATCH /api/v1/users/me",
        "a new name",
        () -> api.send("anna", "PATCH", me, Map.of("displayName", "Ann")));
    Map<String, Object> phone =
        Map.of("token", "sample-token", "deviceId", "phone", "platform", "ios");
    measure(
        "PUT /api/v1/users/me/fcm-token",
        "a new device",
        () -> api.send("anna", "PUT", me + "/fcm-token", phone));
    measure(
        "PUT /api/v1/users/me/language",
        "one device",
        () -> api.send("anna", "PUT", me + "/language", Map.of("language", "de")));
    measure(
        "DELETE /api/v1/users/me/fcm-token",
        "always",
        () -> api.send("anna", "DELETE", me + "/fcm-token?deviceId=phone", null));
  }

  private void stories() {
    String path = "/api/v1/stories";
    for (String when : List.of("nobody", "nobody, again within 30 seconds")) {
      measure("GET /api/v1/stories", when, () -> api.get(null, path));
      measure("GET /api/v1/stories/{storyId}", when, () -> api.get(null, path + "/s1"));
      measure(
          "GET /api/v1/stories/{storyId}/chapters",
          when,
          () -> api.get(null, path + "/s1/chapters"));
      measure(
          "GET /api/v1/stories/{storyId}/chapters/{chapterId}",
          when,
          () -> api.get(null, path + "/s1/chapters/free"));
    }
    Answer page = measure("GET /api/v1/stories", "a user, 20 stories", () -> api.get("anna", path));
    assertEquals(20, page.body().path("stories").size());
    measure("GET /api/v1/stories/{storyId}", "a user", () -> api.get("anna", path + "/s1"));
    measure(
        "GET /api/v1/stories/{storyId}/chapters",
        "a user",
        () -> api.get("anna", path + "/s1/chapters"));
    measure(
        "GET /api/v1/stories/{storyId}/chapters/{chapterId}",
        "a user",
        () -> api.get("anna", path + "/s1/chapters/free"));
    on(firestore.document("accounts/anna").update("subscription", Map.of("tier", "premium")));
    measure(
        "GET /api/v1/stories/{storyId}/chapters",
        "a subscriber, premium",
        () -> api.get("anna", path + "/paid/chapters"));
    measure(
        "GET /api/v1/stories/{storyId}/chapters/{chapterId}",
        "a subscriber, premium",
        () -> api.get("anna", path + "/paid/chapters/paid"));
  }

  private void money() {
    String paid = "/api/v2/purchase";
    measure("GET /api/v2/purchase/balance", "always", () -> api.get("anna", paid + "/balance"));
    measure("GET /api/v2/purchase/ledger", "one entry", () -> api.get("anna", paid + "/ledger"));
    measure(
        "GET /api/v1/purchase/subscription",
        "always",
        () -> api.get("anna", "/api/v1/purchase/subscription"));
    measure(
        "GET /api/v1/purchase/history",
        "nothing bought",
        () -> api.get("anna", "/api/v1/purchase/history"));
  }

  /** One purchase, shown by the app and then told by everybody else; then what nobody showed. */
  private void stores() {
    String transaction =
        stores.apple.buy(
            JsonNodeFactory.instance
                .objectNode()
                .put("productId", "tokens.small")
                .put("appAccountToken", StoreAccountIds.apple("anna").toString()));
    Map<String, Object> shown =
        Map.of("store", "apple", "productId", "tokens.small", "transactionId", transaction);
    for (String when : List.of("a new purchase", "again")) {
      measure(
          "POST /api/v1/purchase/verify",
          when,
          () -> api.send("anna", "POST", "/api/v1/purchase/verify", shown));
    }
    measure(
        "POST /api/v1/purchase/apple/notifications",
        "a purchase that is known",
        () ->
            api.nobody()
                .send(
                    "POST",
                    "/api/v1/purchase/apple/notifications",
                    stores.apple.notification("ONE_TIME_CHARGE", null, transaction, null)));
    measure(
        "POST /api/v1/purchase/google/notifications",
        "a test",
        () ->
            api.nobody()
                .as(stores.play.token(stores.play.claims()))
                .send(
                    "POST",
                    "/api/v1/purchase/google/notifications",
                    stores.play.push(
                        JsonNodeFactory.instance
                            .objectNode()
                            .set("testNotification", JsonNodeFactory.instance.objectNode()))));
    String bought =
        """
        {"event": {"id": "e-1", "type": "NON_RENEWING_PURCHASE", "environment": "PRODUCTION",
         "app_user_id": "anna", "store": "APP_STORE", "product_id": "tokens.small",
         "transaction_id": "77", "original_transaction_id": "77", "purchased_at_ms": 1767225600000,
         "event_timestamp_ms": 1767225600000}}
        """;
    for (String when : List.of("a new purchase", "again")) {
      measure(
          "POST /api/v2/purchase/revenuecat/webhook",
          when,
          () ->
              api.nobody()
                  .with("Authorization", StoresHere.REVENUECAT_SECRET)
                  .send("POST", "/api/v2/purchase/revenuecat/webhook", bought));
    }
  }

  private void engagement() {
    String path = "/api/v1/stories";
    measure(
        "PUT /api/v1/stories/{storyId}/favorite",
        "always",
        () -> api.send("anna", "PUT", path + "/s1/favorite", null));
    measure(
        "PUT /api/v1/stories/{storyId}/like",
        "not liked yet",
        () -> api.send("anna", "PUT", path + "/s1/like", null));
    measure(
        "PUT /api/v1/stories/{storyId}/progress",
        "the first one",
        () -> watched(PUBLISHED.plusSeconds(1)));
    measure(
        "PUT /api/v1/stories/{storyId}/progress",
        "a later one",
        () -> watched(PUBLISHED.plusSeconds(2)));
    measure(
        "GET /api/v1/stories/favorites", "one story", () -> api.get("anna", path + "/favorites"));
    measure(
        "GET /api/v1/stories/continue-watching",
        "one story",
        () -> api.get("anna", path + "/continue-watching"));
    for (String when : List.of("nobody", "nobody, again within 30 seconds")) {
      measure("GET /api/v1/stories/discovery", when, () -> api.get(null, path + "/discovery"));
    }
    measure(
        "GET /api/v1/stories/discovery",
        "a user, 20 stories",
        () -> api.get("anna", path + "/discovery?language=en"));
    measure(
        "DELETE /api/v1/stories/{storyId}/like",
        "liked",
        () -> api.send("anna", "DELETE", path + "/s1/like", null));
    measure(
        "DELETE /api/v1/stories/{storyId}/favorite",
        "always",
        () -> api.send("anna", "DELETE", path + "/s1/favorite", null));
  }

  private Answer watched(Instant at) {
    return api.send(
        "anna",
        "PUT",
        "/api/v1/stories/s1/progress",
        Map.of(
            "chapterId", "free", "sceneId", "x", "positionSeconds", 2, "watchedAt", at.toString()));
  }

  private void catalog() {
    measure(
        "PUT /api/v2/admin/catalog/stories/{storyId}",
        "hides one of 26",
        () ->
            api.send(
                RunningApi.ADMIN,
                "PUT",
                "/api/v2/admin/catalog/stories/s2",
                Map.of("action", "unpublish")));
  }

  private void films() {
    String path = "/api/v2/user-stories";
    String avatar = uploaded("avatar");
    measure(
        "PUT /api/v1/users/me/picture",
        "the first one",
        () -> api.send("anna", "PUT", "/api/v1/users/me/picture", Map.of("storageKey", avatar)));
    Map<String, Object> order =
        Map.of("photo", uploaded("photo"), "name", "Quillon", "age", 6, "genre", "adventure");
    Answer ordered =
        measure(
            "POST /api/v2/user-stories", "accepted", () -> api.send("anna", "POST", path, order));
    String id = ordered.body().at("/job/id").asText();
    measure("GET /api/v2/user-stories", "one queued", () -> api.get("anna", path));
    measure("GET /api/v2/user-stories/{id}", "queued", () -> api.get("anna", path + "/" + id));
    measure(
        "GET /api/v2/user-stories/{id}/cost",
        "queued",
        () -> api.get("anna", path + "/" + id + "/cost"));
    measure("GET /api/v2/user-stories/queue", "always", () -> api.get("anna", path + "/queue"));
    measure(
        "POST /api/v2/user-stories/{id}/cancel",
        "queued",
        () -> api.send("anna", "POST", path + "/" + id + "/cancel", null));
    measure(
        "DELETE /api/v2/user-stories/{id}",
        "cancelled",
        () -> api.send("anna", "DELETE", path + "/" + id, null));
    String legacy = "/api/v1/user-stories";
    Map<String, Object> old =
        Map.of("imagePath", uploaded("photo"), "name", "Quillon", "age", 6, "genre", "adventure");
    String film =
        measure(
                "POST /api/v1/user-stories",
                "accepted",
                () -> api.send("anna", "POST", legacy, old))
            .body()
            .path("storyId")
            .asText();
    measure("GET /api/v1/user-stories", "one queued", () -> api.get("anna", legacy));
    measure("GET /api/v1/user-stories/{id}", "queued", () -> api.get("anna", legacy + "/" + film));
    var again = new HashMap<String, Object>(order);
    again.put("photo", uploaded("photo")); // the first one went with its story
    String next = api.send("anna", "POST", path, again).body().at("/job/id").asText();
    on(firestore.document("jobs/" + next).update("state", "awaiting_approval"));
    measure(
        "POST /api/v2/user-stories/{id}/approve",
        "approved",
        () -> api.send("anna", "POST", path + "/" + next + "/approve", Map.of("approved", true)));
    on(
        firestore
            .document("jobs/" + next)
            .update("state", "failed", "retryUntil", Timestamp.MAX_VALUE));
    measure(
        "POST /api/v2/user-stories/{id}/retry",
        "accepted",
        () -> api.send("anna", "POST", path + "/" + next + "/retry", null));
  }

  /** A picture of that category, sent and confirmed. */
  private String uploaded(String category) {
    byte[] picture = RunningApi.photo();
    Answer offer =
        measure(
            "POST /api/v2/files/upload",
            "always",
            () ->
                api.send(
                    "anna",
                    "POST",
                    "/api/v2/files/upload",
                    Map.of(
                        "fileName",
                        "a.jpg",
                        "mimeType",
                        "image/jpeg",
                        "fileSize",
                        picture.length,
                        "category",
                        category)));
    String key = offer.body().path("storageKey").asText();
    api.put(offer.body(), picture);
    measure(
        "POST /api/v2/files/confirm",
        "the first time",
        () -> api.send("anna", "POST", "/api/v2/files/confirm", Map.of("storageKey", key)));
    return key;
  }

  private Answer measure(String route, String when, Supplier<Answer> request) {
    calls.take();
    Answer answer = request.get();
    Count count = calls.take();
    boolean known = answer.status() / 100 == 2 || answer.status() == 503;
    assertTrue(known, () -> route + ", " + when + ": " + answer.body().toString());
    measured.put(new Case(route, when), count);
    return answer;
  }

  private static void publish() {
    var paths = new CatalogPaths(firestore);
    WriteBatch batch = firestore.batch();
    for (int i = 0; i < STORIES; i++) {
      put(
          batch,
          paths,
          "s" + i,
          new Chapter("free", 0, "Free", false, 16, List.of(scene("x", 0), scene("y", 1))));
    }
    put(
        batch,
        paths,
        "paid",
        new Chapter("paid", 0, "Paid", true, 16, List.of(scene("x", 0), scene("y", 1))));
    for (int shard = 0; shard < CatalogPaths.SHARDS; shard++) {
      batch.set(paths.shard("s1", shard), Map.of("likes", 1L));
    }
    on(batch.commit());
  }

  private static Scene scene(String id, int index) {
    return new Scene(id, index, "Up.", "catalog/x.png", null, null, null, 8);
  }

  private static void put(WriteBatch batch, CatalogPaths paths, String id, Chapter chapter) {
    var story =
        new CatalogStory(
            id,
            "Title",
            "Summary",
            "en",
            "space",
            "4-6",
            chapter.premium(),
            "catalog/p.png",
            List.of(chapter.head()),
            8,
            0,
            0,
            PUBLISHED,
            true,
            1);
    batch.set(paths.story(id), story.toFields());
    batch.set(paths.chapter(id, chapter.id()), chapter.toFields());
  }

  @Test
  void theTableSaysWhatWasCounted() throws IOException {
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(
          PAGE, Files.readAllLines(PAGE).stream().map(this::counted).collect(lines()));
    }
    Map<Case, @Nullable Count> written = table();

    var both = new TreeSet<String>();
    written.forEach((row, count) -> {
      Count real = measured.get(row);
      if (!Objects.equals(count, real)) {
        both.add(row + " is written as " + count + " and counted as " + real);
      }
    });
    measured.forEach((row, count) -> {
      if (!written.containsKey(row)) {
        both.add(row + " is not written and counted as " + count);
      }
    });
    assertEquals("", String.join("\n", both), "see this test's comment");
  }

  @Test
  void everyMountedRouteHasARow() throws IOException {
    var mounted =
        ApiDocuments.routeList(api.routes())
            .lines()
            .map(line -> line.split(" +", 3))
            .map(words -> words[0] + " " + words[1])
            .collect(Collectors.toCollection(TreeSet::new));
    var written =
        table().keySet().stream().map(Case::route).collect(Collectors.toCollection(TreeSet::new));

    assertEquals(String.join("\n", mounted), String.join("\n", written));
  }

  @Test
  void whatAppsAskMostIsCheap() {
    assertTrue(callsOf("GET /api/v1/stories", "a user, 20 stories") <= 3);
    assertTrue(callsOf("GET /api/v1/stories/{storyId}", "a user") <= 2);
    assertEquals(1, callsOf("GET /api/v1/users/me", "warm"));
    assertEquals(0, callsOf("GET /api/health", "always"));
    assertEquals(0, callsOf("GET /api/v1/stories", "nobody, again within 30 seconds"));
  }

  private static int callsOf(String route, String when) {
    return Objects.requireNonNull(measured.get(new Case(route, when)), route).calls();
  }

  /** The rows of the table; null counts for those that are not counted. */
  private static Map<Case, @Nullable Count> table() throws IOException {
    Map<Case, @Nullable Count> rows = new LinkedHashMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.put(
            new Case(row.group(1), row.group(2)),
            row.group(3).equals("–")
                ? null
                : new Count(
                    Integer.parseInt(row.group(3)),
                    Integer.parseInt(row.group(4)),
                    Integer.parseInt(row.group(5))));
      }
    }
    return rows;
  }

  private String counted(String line) {
    Matcher row = ROW.matcher(line);
    Count count = row.matches() ? measured.get(new Case(row.group(1), row.group(2))) : null;
    return count == null
        ? line
        : "%s %d | %d | %d |"
            .formatted(
                line.substring(0, row.start(3)), count.calls(), count.reads(), count.writes())
            .replaceAll("  (\\d+ \\| \\d+ \\| \\d+ \\|)$", " $1");
  }

  private static java.util.stream.Collector<CharSequence, ?, String> lines() {
    return Collectors.joining("\n", "", "\n");
  }
}
