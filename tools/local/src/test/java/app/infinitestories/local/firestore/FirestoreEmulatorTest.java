package app.infinitestories.local.firestore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.firestore.FirestoreEmulator.Trigger;
import app.infinitestories.local.part.PortInUseException;
import app.infinitestories.local.part.Ports;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FirestoreEmulatorTest {
  private static final Path LOGS = Path.of("target", "emulators");
  private static final FirestoreEmulator emulator = new FirestoreEmulator(Ports.ANY, LOGS);
  private static final List<Firestore> clients = new ArrayList<>();

  @BeforeAll
  static void start() {
    emulator.start();
  }

  @AfterAll
  static void stop() throws Exception {
    for (Firestore client : clients) {
      client.close();
    }
    emulator.stop();
  }

  private record Event(String type, String source, String contentType, ByteString body) {}

  @Test
  void aCreatedDocumentReachesTheFunctionAsBytes() throws Exception {
    BlockingQueue<Event> events = new ArrayBlockingQueue<>(10);
    var function = function(events, 0);
    var firestore = client("demo-trigger");
    try {
      emulator.register(
          "demo-trigger",
          new Trigger("story-created", "created", "users/{uid}/stories/{storyId}", url(function)));

      firestore.document("users/ann/stories/one").set(Map.of("title", "The Fox")).get();

      var event = events.poll(20, TimeUnit.SECONDS);
      assertEquals("google.cloud.firestore.document.v1.created", event.type());
      assertEquals(
          "//firestore.googleapis.com/projects/demo-trigger/databases/(default)", event.source());
      assertEquals("application/protobuf", event.contentType());
      // DocumentEventData.value is field 1; the name of the document is inside.
      var value = UnknownFieldSet.parseFrom(event.body()).getField(1).getLengthDelimitedList();
      assertTrue(value.getFirst().toStringUtf8().contains("users/ann/stories/one"));
    } finally {
      function.stop(0);
    }
  }

  @Test
  void anEventIsSentAgainWhenTheFunctionFails() throws Exception {
    BlockingQueue<Event> events = new ArrayBlockingQueue<>(10);
    var function = function(events, 1);
    var firestore = client("demo-again");
    try {
      emulator.register(
          "demo-again", new Trigger("job-changed", "updated", "jobs/{jobId}", url(function)));

      firestore.document("jobs/one").set(Map.of("state", "running")).get();
      firestore.document("jobs/one").update("state", "failed").get();

      assertEquals(
          "google.cloud.firestore.document.v1.updated", events.poll(20, TimeUnit.SECONDS).type());
      assertEquals(
          "google.cloud.firestore.document.v1.updated", events.poll(20, TimeUnit.SECONDS).type());
    } finally {
      function.stop(0);
    }
  }

  @Test
  void rulesHoldForClientsWithoutTheOwnersToken() throws Exception {
    var firestore = client("demo-rules");
    firestore.document("things/one").set(Map.of("colour", "green")).get();
    var document =
        emulator
            .address()
            .resolve("/v1/projects/demo-rules/databases/(default)/documents/things/one");

    emulator.putRules(
        "demo-rules",
        "service cloud.firestore { match /databases/{d}/documents {"
            + " match /{all=**} { allow read, write: if false; } } }");

    assertEquals(403, get(document));
    assertEquals("green", firestore.document("things/one").get().get().getString("colour"));
  }

  @Test
  void aStoppedEmulatorComesBackEmptyAtItsAddress() throws Exception {
    var own = new FirestoreEmulator(Ports.ANY, LOGS);
    own.start();
    var before = own.address();
    own.stop();
    assertFalse(own.running());

    own.start();

    assertEquals(before, own.address());
    assertEquals(200, get(own.address()));
    own.stop();
  }

  @Test
  void aPortInUseIsReportedByName() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral(Ports.LOOPBACK))) {
      var own = new FirestoreEmulator(taken.getLocalPort(), LOGS);

      var refused = assertThrows(PortInUseException.class, own::start);

      var message = String.valueOf(refused.getMessage());
      assertTrue(message.contains("firestore"), message);
      assertTrue(message.contains("" + taken.getLocalPort()), message);
    }
  }

  @Test
  void anUnknownTriggerIsNotAnswered() throws Exception {
    var relay = new TriggerRelay();
    relay.start();
    var request =
        HttpRequest.newBuilder(
                URI.create("http://" + relay.host() + "/functions/projects/p/triggers/nobody"))
            .POST(BodyPublishers.ofString("AAAA"))
            .build();

    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.discarding());

    assertEquals(404, answer.statusCode());
  }

  private static Firestore client(String project) {
    var client =
        FirestoreOptions.newBuilder()
            .setProjectId(project)
            .setEmulatorHost(emulator.host())
            .build()
            .getService();
    clients.add(client);
    return client;
  }

  private static HttpServer function(BlockingQueue<Event> events, int failures) throws Exception {
    var server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(Ports.LOOPBACK), 0), 0);
    var left = new int[] {failures};
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var headers = exchange.getRequestHeaders();
            events.add(
                new Event(
                    String.valueOf(headers.getFirst("ce-type")),
                    String.valueOf(headers.getFirst("ce-source")),
                    String.valueOf(headers.getFirst("content-type")),
                    ByteString.readFrom(exchange.getRequestBody())));
            exchange.sendResponseHeaders(left[0]-- > 0 ? 503 : 200, -1);
          }
        });
    server.start();
    return server;
  }

  private static URI url(HttpServer server) {
    return URI.create("http://" + Ports.LOOPBACK + ":" + server.getAddress().getPort() + "/");
  }

  private static int get(URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString(StandardCharsets.UTF_8))
        .statusCode();
  }
}
