package app.infinitestories.local.cli.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.auth.AuthEmulator;
import app.infinitestories.local.auth.SampleUsers;
import app.infinitestories.local.cli.story.DatabaseListener.Heard;
import app.infinitestories.local.part.PartException;
import app.infinitestories.local.part.Ports;
import app.infinitestories.local.realtime.RealtimeDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listens to the local stack's database with tokens of the real Auth emulator. */
class DatabaseListenerTest {
  private static final String PROJECT = "demo-listener";
  private static final String RULES =
      """
      {"rules": {"queue": {"users": {"$uid": {".read": "auth != null && auth.uid === $uid"}}}}}
      """;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir static Path folder;
  private static RealtimeDatabase database;
  private static AuthEmulator auth;

  @BeforeAll
  static void start() throws IOException {
    var rules = Files.writeString(folder.resolve("database.rules.json"), RULES);
    var logs = Path.of("target", "emulators");
    database = new RealtimeDatabase(Ports.ANY, Optional.of(rules), logs);
    auth = new AuthEmulator(Ports.ANY, PROJECT, logs);
    var other = CompletableFuture.runAsync(auth::start);
    database.start();
    other.join();
  }

  @AfterAll
  static void stop() {
    auth.stop();
    database.stop();
  }

  @Test
  void hearsWhatIsWrittenToTheOwnNode() throws Exception {
    put("queue/users/ann/jobs/j1", "{\"state\": \"queued\"}");

    try (var listener = listen("ann", "ann")) {
      assertEquals("queued", value(listener).node().path("state").asText());

      put("queue/users/ann/jobs/j1", "{\"state\": \"running\", \"progress\": 10}");
      assertEquals("running", value(listener).node().path("state").asText());
    }
  }

  @Test
  void theRulesKeepOthersOut() throws Exception {
    put("queue/users/ben/jobs/j1", "{\"state\": \"queued\"}");

    try (var listener = listen("ben", "eve")) {
      var over = assertInstanceOf(Heard.Over.class, listener.next(PATIENCE).orElseThrow());
      assertTrue(over.why().contains("permission_denied"), over.why());
    }
  }

  @Test
  void aDatabaseThatIsNotThereIsNamed() throws IOException {
    String nobody;
    try (var socket = new ServerSocket(0)) {
      nobody = "127.0.0.1:" + socket.getLocalPort();
    }

    var problem =
        assertThrows(
            PartException.class, () -> DatabaseListener.listen(nobody, PROJECT, "queue", "t"));

    assertTrue(String.valueOf(problem.getMessage()).contains(nobody), problem.getMessage());
  }

  private static DatabaseListener listen(String owner, String reader) {
    var token = new SampleUsers(auth.host(), PROJECT).idToken(reader, false);
    var path = "queue/users/" + owner + "/jobs/j1";
    return DatabaseListener.listen(database.host(), PROJECT, path, token);
  }

  private static Heard.Value value(DatabaseListener listener) throws InterruptedException {
    return assertInstanceOf(Heard.Value.class, listener.next(PATIENCE).orElseThrow());
  }

  private static void put(String path, String json) {
    new HttpCalls(PATIENCE)
        .put(
            "writing as the server",
            URI.create(database.address() + "/" + path + ".json"),
            Map.of("Authorization", "Bearer owner"),
            json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
