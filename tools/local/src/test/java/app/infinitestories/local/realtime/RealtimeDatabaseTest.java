package app.infinitestories.local.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.auth.AuthEmulator;
import app.infinitestories.local.auth.SampleUsers;
import app.infinitestories.local.oauth.OAuthStandIn;
import app.infinitestories.local.oauth.SampleServiceAccount;
import app.infinitestories.local.part.Ports;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.database.DataSnapshot;
import com.google.firebase.database.DatabaseError;
import com.google.firebase.database.DatabaseReference;
import com.google.firebase.database.FirebaseDatabase;
import com.google.firebase.database.MutableData;
import com.google.firebase.database.Transaction;
import com.google.firebase.database.ValueEventListener;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drives the database with the real Admin SDK, and its rules with tokens of the Auth emulator. */
class RealtimeDatabaseTest {
  private static final String PROJECT = "demo-realtime";
  private static final String RULES =
      """
      {"rules": {"queue": {"users": {"$uid": {".read": "auth != null && auth.uid === $uid"}}}}}
      """;

  /** The WebSocket server answers an offer of HTTP/2 with 400. */
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir static Path folder;
  private static RealtimeDatabase database;
  private static AuthEmulator auth;
  private static OAuthStandIn oauth;
  private static FirebaseApp app;

  @BeforeAll
  static void start() throws Exception {
    var rules = Files.writeString(folder.resolve("database.rules.json"), RULES);
    var logs = Path.of("target", "emulators");
    database = new RealtimeDatabase(Ports.ANY, Optional.of(rules), logs);
    auth = new AuthEmulator(Ports.ANY, PROJECT, logs);
    var other = CompletableFuture.runAsync(auth::start);
    database.start();
    other.join();
    var account = new SampleServiceAccount(PROJECT);
    oauth = new OAuthStandIn(Ports.ANY, account, Clock.systemUTC());
    oauth.start();
    var key = folder.resolve("key.json");
    account.writeKeyFile(key, oauth.tokenEndpoint());
    GoogleCredentials credentials;
    try (var in = Files.newInputStream(key)) {
      credentials = GoogleCredentials.fromStream(in);
    }
    app =
        FirebaseApp.initializeApp(
            FirebaseOptions.builder()
                .setProjectId(PROJECT)
                .setCredentials(credentials)
                .setDatabaseUrl(database.address() + "?ns=" + PROJECT)
                .build(),
            PROJECT);
  }

  @AfterAll
  static void stop() {
    app.delete();
    oauth.stop();
    auth.stop();
    database.stop();
  }

  @Test
  void whatWasSetIsHeardAndUpdated() throws Exception {
    var node = FirebaseDatabase.getInstance(app).getReference("queue/users/ann/jobs/one");
    var heard = listen(node);

    node.setValueAsync(Map.of("state", "queued", "seq", 1)).get(20, TimeUnit.SECONDS);
    node.updateChildrenAsync(Map.of("state", "running")).get(20, TimeUnit.SECONDS);

    Object last = null;
    while (!Map.of("state", "running", "seq", 1L).equals(last)) {
      last = heard.poll(20, TimeUnit.SECONDS);
      assertNotNull(last, "the listener heard nothing more");
    }
  }

  @Test
  void aTransactionGivesWayToAGreaterValue() throws Exception {
    var node = FirebaseDatabase.getInstance(app).getReference("queue/system/seq");
    node.setValueAsync(5).get(20, TimeUnit.SECONDS);

    assertTrue(raise(node, 7));
    assertFalse(raise(node, 6));

    assertEquals("7", rest("GET", "queue/system/seq", "owner", "").body());
  }

  @Test
  void aUserReadsOnlyTheirOwnNode() throws Exception {
    rest("PUT", "queue/users/ben", "owner", "{\"queued\": 1}");
    var ben = new SampleUsers(auth.host(), PROJECT).idToken("ben", false);
    var eve = new SampleUsers(auth.host(), PROJECT).idToken("eve", false);

    assertEquals("{\"queued\":1}", rest("GET", "queue/users/ben", ben, "").body());
    assertEquals(401, rest("GET", "queue/users/ben", eve, "").statusCode());
    assertEquals(401, rest("GET", "queue/users/ben", "", "").statusCode());
    assertEquals(401, rest("PUT", "queue/users/ben", ben, "{\"queued\": 0}").statusCode());
  }

  @Test
  void anAdministratorsTokenSaysSo() {
    var token = new SampleUsers(auth.host(), PROJECT).idToken("root", true);

    var claims =
        new String(
            java.util.Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]),
            java.nio.charset.StandardCharsets.UTF_8);
    assertTrue(claims.contains("\"role\":\"admin\""), claims);
    assertTrue(claims.contains("\"user_id\":\"root\""), claims);
  }

  private static BlockingQueue<Object> listen(DatabaseReference node) {
    var heard = new LinkedBlockingQueue<Object>();
    node.addValueEventListener(
        new ValueEventListener() {
          @Override
          public void onDataChange(DataSnapshot snapshot) {
            if (snapshot.getValue() != null) {
              heard.add(snapshot.getValue());
            }
          }

          @Override
          public void onCancelled(DatabaseError error) {
            heard.add(error.getMessage());
          }
        });
    return heard;
  }

  private static boolean raise(DatabaseReference node, long value) throws Exception {
    var committed = new CompletableFuture<Boolean>();
    node.runTransaction(
        new Transaction.Handler() {
          @Override
          public Transaction.Result doTransaction(MutableData data) {
            var now = data.getValue(Long.class);
            if (now != null && now >= value) {
              return Transaction.abort();
            }
            data.setValue(value);
            return Transaction.success(data);
          }

          @Override
          public void onComplete(
              @Nullable DatabaseError error, boolean done, @Nullable DataSnapshot snapshot) {
            if (error == null) {
              committed.complete(done);
            } else {
              committed.completeExceptionally(error.toException());
            }
          }
        });
    return committed.get(20, TimeUnit.SECONDS);
  }

  private static java.net.http.HttpResponse<String> rest(
      String method, String path, String token, String body) throws Exception {
    var uri = URI.create(database.address() + "/" + path + ".json");
    var request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
