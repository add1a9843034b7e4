package app.infinitestories.local.cli.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.cli.story.FakeBackend;
import app.infinitestories.local.cli.story.HttpCalls;
import app.infinitestories.local.oauth.OAuthStandIn;
import app.infinitestories.local.oauth.SampleServiceAccount;
import app.infinitestories.local.part.PartException;
import app.infinitestories.local.part.Ports;
import app.infinitestories.local.storage.StorageStandIn;
import app.infinitestories.local.studio.Studio;
import app.infinitestories.local.studio.StudioSettings;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One book with the real studio and a real bucket; API and sign-in answer what the test says. */
class SampleCatalogueTest {
  private static final String PUBLISH = "PUT /api/v2/admin/catalog/stories/";
  private static final String CHANGED = "{\"changed\": true}";

  @TempDir Path folder;
  private final SampleServiceAccount account = new SampleServiceAccount("demo-seed");
  private final OAuthStandIn oauth = new OAuthStandIn(Ports.ANY, account, Clock.systemUTC());
  private final StorageStandIn storage =
      new StorageStandIn(Ports.ANY, Set.of("bucket"), account, oauth, Clock.systemUTC());
  private final Studio studio = Studio.start(StudioSettings.quick());
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final BookPlan book = BookPlan.all().getFirst();
  private FakeBackend backend;

  @BeforeEach
  void start() throws IOException {
    oauth.start();
    storage.start();
    account.writeKeyFile(folder.resolve("key.json"), oauth.tokenEndpoint());
    backend = new FakeBackend();
    backend.on(
        "POST /identitytoolkit.googleapis.com/v1/projects/demo-seed/accounts:lookup",
        200,
        "{\"users\": [{}]}");
    backend.on(
        "POST /identitytoolkit.googleapis.com/v1/projects/demo-seed/accounts:update", 200, "{}");
    backend.on(
        "POST /identitytoolkit.googleapis.com/v1/accounts:signInWithPassword",
        200,
        "{\"idToken\": \"editors-token\"}");
    backend.on(PUBLISH + book.id(), 200, CHANGED);
  }

  @AfterEach
  void stop() {
    backend.close();
    studio.close();
    storage.stop();
    oauth.stop();
  }

  @Test
  void aBookIsMadeUploadedAndPublishedAndTheSecondTimeNothingIsMade() throws Exception {
    var first = seed();

    assertEquals(new SampleCatalogue.Result(1, 1, 0), first);
    var asked = backend.asked(PUBLISH + book.id());
    assertEquals("Bearer editors-token", asked.header("Authorization").orElseThrow());
    assertEquals("publish", asked.json().path("action").asText());
    JsonNode story = asked.json().path("story");
    assertEquals(book.title(), story.path("title").asText());
    assertEquals(book.ageBand(), story.path("ageBand").asText());
    assertEquals(
        List.of(2, 3, 2),
        story.path("chapters").findValues("scenes").stream().map(JsonNode::size).toList());
    assertEquals(book.chapters(), story.path("chapters").findValuesAsText("title"));
    for (JsonNode scene : story.findValues("scenes").getFirst()) {
      assertTrue(scene.path("text").asText().length() > 80, scene.path("text").asText());
      var page = ImageIO.read(new ByteArrayInputStream(stored(scene.path("imageKey"))));
      assertEquals(1024, page.getWidth());
      assertTrue(stored(scene.path("audioKey")).length > 10_000, "an MP3");
      var captions = new String(stored(scene.path("captionsKey")), StandardCharsets.UTF_8);
      assertTrue(captions.startsWith("WEBVTT\n\n00:00:00.000 --> "), captions);
      assertTrue(scene.path("durationSeconds").asDouble() > 5);
    }
    var poster = ImageIO.read(new ByteArrayInputStream(stored(story.path("posterKey"))));
    assertTrue(poster.getHeight() > poster.getWidth(), "a poster stands");

    int paintings = paintings();
    backend.on(PUBLISH + book.id(), 200, "{\"changed\": false}");
    var second = seed();

    assertEquals(new SampleCatalogue.Result(0, 0, 1), second);
    assertEquals(paintings, paintings(), "nothing was painted again");
    assertTrue(screen().contains("1 stories in 1 languages: nothing to do"), screen());

    refusalsNameTheBookAndWhatTheApiSays();
    mediaThatGotLostIsMadeAgainAsItWas(asked.json(), paintings);
  }

  private void refusalsNameTheBookAndWhatTheApiSays() {
    backend.on(
        PUBLISH + book.id(),
        403,
        "{\"error\": \"This account may not do that.\", \"code\": \"FORBIDDEN\", \"details\": {}}");

    var refused = assertThrows(PartException.class, this::seed);

    assertTrue(String.valueOf(refused.getMessage()).contains(book.title()), refused.getMessage());
    assertTrue(String.valueOf(refused.getMessage()).contains("403 FORBIDDEN"));
  }

  private void mediaThatGotLostIsMadeAgainAsItWas(JsonNode before, int paintings)
      throws InterruptedException {
    int[] calls = {0};
    backend.on(
        PUBLISH + book.id(),
        () -> calls[0]++ == 0 ? 400 : 200,
        "{\"error\": \"Some fields are wrong.\", \"code\": \"VALIDATION_FAILED\"}");

    assertEquals(new SampleCatalogue.Result(1, 1, 0), seed());
    assertEquals(2 * paintings, paintings());
    assertEquals(before, backend.lastAsked(PUBLISH + book.id()).json(), "by the same seed");
  }

  @Test
  void aStackWithoutABucketIsNamed() {
    var stack = stack();
    stack.remove("storageBucket");

    var refused =
        assertThrows(
            PartException.class,
            () ->
                SampleCatalogue.of(
                    stack, new HttpCalls(Duration.ofSeconds(5)), out(), System::nanoTime));

    assertTrue(String.valueOf(refused.getMessage()).contains("no storageBucket"));
  }

  private SampleCatalogue.Result seed() throws InterruptedException {
    return SampleCatalogue.of(
            stack(), new HttpCalls(Duration.ofSeconds(60)), out(), System::nanoTime)
        .seed(List.of(book));
  }

  private ObjectNode stack() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("projectId", "demo-seed")
        .put("apiUrl", backend.address().toString())
        .put("authHost", backend.address().getAuthority())
        .put("studioUrl", studio.baseUrl())
        .put("storageUrl", storage.address().toString())
        .put("storageBucket", "bucket")
        .put("credentialsFile", folder.resolve("key.json").toString());
  }

  private byte[] stored(JsonNode key) {
    return Bucket.open(storage.address(), "demo-seed", "bucket", folder.resolve("key.json"))
        .read(key.asText())
        .orElseThrow();
  }

  private int paintings() {
    var calls =
        new HttpCalls(Duration.ofSeconds(5))
            .json(
                "asking for the journal",
                "GET",
                URI.create(studio.baseUrl()).resolve("/studio/calls"),
                java.util.Map.of(),
                null);
    int paintings = 0;
    for (JsonNode call : calls.path("calls")) {
      paintings += call.path("path").asText().endsWith("/images/generations") ? 1 : 0;
    }
    return paintings;
  }

  private PrintStream out() {
    return new PrintStream(printed, true, StandardCharsets.UTF_8);
  }

  private String screen() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
