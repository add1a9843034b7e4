package app.infinitestories.functions.wiring;

import app.infinitestories.functions.web.Router;
import app.infinitestories.functions.web.RouterCaller;
import app.infinitestories.functions.web.RouterCaller.Answer;
import app.infinitestories.functions.web.User;
import app.infinitestories.local.oauth.OAuthStandIn;
import app.infinitestories.local.oauth.SampleServiceAccount;
import app.infinitestories.local.part.Ports;
import app.infinitestories.local.storage.StorageStandIn;
import app.infinitestories.platform.RandomIds;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.realtime.RealtimeNodes;
import app.infinitestories.platform.storage.CloudMediaStore;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.platform.tasks.TaskQueue;
import app.infinitestories.privacy.ForgetPhotos;
import app.infinitestories.queue.Timing;
import app.infinitestories.ratelimit.SlidingRateLimiter;
import app.infinitestories.users.Profiles;
import app.infinitestories.userstories.PhotoUses;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.firestore.Firestore;
import com.google.common.base.Supplier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The API as it is wired, over the real Firestore emulator and a bucket that checks signatures; a
 * bearer token is its user's uid. Tasks go nowhere: nothing works on what is ordered here.
 */
public final class ApiUnderTest implements AutoCloseable {
  private static final String PROJECT = "demo-api";
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final SampleServiceAccount account = new SampleServiceAccount(PROJECT);
  private final OAuthStandIn oauth = new OAuthStandIn(Ports.ANY, account, Clock.systemUTC());
  private final StorageStandIn storage =
      new StorageStandIn(Ports.ANY, Set.of("bucket"), account, oauth, Clock.systemUTC());
  private final RealtimeNodes nodes = new NodesInMemory();
  private final RouterCaller router;

  /**
   * @param changes names and values of settings that are not the usual ones, in turn
   */
  public ApiUnderTest(Firestore firestore, String... changes) {
    oauth.start();
    storage.start();
    var variables = new HashMap<String, String>();
    variables.put("ENVIRONMENT", "local");
    variables.put("GOOGLE_CLOUD_PROJECT", PROJECT);
    variables.put("FIRESTORE_EMULATOR_HOST", "127.0.0.1:1");
    variables.put("CLOUD_TASKS_EMULATOR_HOST", "127.0.0.1:1");
    variables.put("FIREBASE_STORAGE_EMULATOR_HOST", storage.host());
    variables.put("STORAGE_BUCKET", "bucket");
    variables.put("OPENAI_API_KEY", "sample");
    variables.put("RUNWAY_API_KEY", "sample");
    variables.put("AI_CHILD_DATA_ALLOWED", "true");
    variables.put("RATE_LIMIT_FACTOR", "1000");
    for (int i = 0; i < changes.length; i += 2) {
      variables.put(changes[i], changes[i + 1]);
    }
    router = new RouterCaller(router(Settings.of(variables), firestore));
  }

  private Router router(Settings settings, Firestore firestore) {
    var timing = Timing.system();
    var ids = new RandomIds();
    GoogleCredentials credentials = credentials();
    MediaStore media = new CloudMediaStore(settings.cloud(), timing.clock(), () -> credentials);
    var clients =
        new Clients(
            () -> firestore, () -> media, NoTasks::new, notHere("app"), notHere("messages"));
    var queue = new QueueWiring(settings, clients, nodes, timing, ids);
    var forgetPhotos = new ForgetPhotos(firestore, new PhotoUses(firestore), media, timing.clock());
    var api = new ApiWiring(settings, clients, nodes, () -> queue, timing, ids, () -> forgetPhotos);
    var profiles = new Profiles(firestore, queue.accounts, timing.clock(), ids);
    double factor = settings.rateLimitFactor().doubleValue();
    return new Router(
        api.routes(),
        token -> {
          if (token.equals("bad")) {
            throw new Failure.Unauthenticated();
          }
          profiles.meet(token, token + "@example.com");
          return new User(token, token + "@example.com", true, false);
        },
        new SlidingRateLimiter(factor, () -> firestore, timing.clock(), ids),
        settings.http(),
        timing.clock(),
        ids);
  }

  private GoogleCredentials credentials() {
    try {
      Path key = Files.createTempFile("sample", ".json");
      account.writeKeyFile(key, oauth.tokenEndpoint());
      try (var in = Files.newInputStream(key)) {
        return GoogleCredentials.fromStream(in)
            .createScoped("https://www.googleapis.com/auth/cloud-platform");
      } finally {
        Files.delete(key);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> Supplier<T> notHere(String what) {
    return () -> {
      throw new IllegalStateException("no route of these tests needs " + what);
    };
  }

  /** What the sync would project. */
  public void project(String path, Map<String, @Nullable Object> node) {
    nodes.put(path, node, 1);
  }

  /** A request without a body, by that user. */
  public Answer as(String uid, String method, String target, String... headers) {
    return router.ask(method, target, new byte[0], and(headers, "Authorization", "Bearer " + uid));
  }

  /** A JSON body, by that user. */
  public Answer send(String uid, String method, String target, String json, String... headers) {
    return router.ask(
        method,
        target,
        json.getBytes(StandardCharsets.UTF_8),
        and(headers, "Authorization", "Bearer " + uid, "Content-Type", "application/json"));
  }

  /** The request as it is, without anybody signed in. */
  public Answer raw(String method, String target, byte[] body, String... headers) {
    return router.ask(method, target, body, headers);
  }

  /** Where to put a photo of that user. */
  public JsonNode offer(String uid) {
    return send(
            uid,
            "POST",
            "/api/v2/files/upload",
            "{\"fileName\":\"a.jpg\",\"mimeType\":\"image/jpeg\",\"fileSize\":%d,\"category\":\"photo\"}"
                .formatted(photo().length))
        .body();
  }

  /** Puts bytes to where an offer says; answers the status. */
  public int put(JsonNode offer, byte[] bytes) {
    var request =
        HttpRequest.newBuilder(URI.create(offer.path("uploadUrl").asText()))
            .PUT(BodyPublishers.ofByteArray(bytes));
    offer
        .path("headers")
        .properties()
        .forEach(header -> request.header(header.getKey(), header.getValue().asText()));
    try {
      return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A photo that is confirmed; its storage key. */
  public String photoOf(String uid) {
    JsonNode offer = offer(uid);
    put(offer, photo());
    String key = offer.path("storageKey").asText();
    Answer confirmed = send(uid, "POST", "/api/v2/files/confirm", json("storageKey", key));
    if (confirmed.status() != 200) {
      throw new AssertionError(confirmed);
    }
    return key;
  }

  /** An object of texts, from names and values in turn. */
  public static String json(String... fields) {
    var object = JSON.createObjectNode();
    for (int i = 0; i < fields.length; i += 2) {
      object.put(fields[i], fields[i + 1]);
    }
    return object.toString();
  }

  public static byte[] photo() {
    try (var in =
        Objects.requireNonNull(
            StorageStandIn.class.getResourceAsStream(
                "/app/infinitestories/local/samples/photo-1.jpg"))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String[] and(String[] headers, String... more) {
    String[] all = Arrays.copyOf(headers, headers.length + more.length);
    System.arraycopy(more, 0, all, headers.length, more.length);
    return all;
  }

  @Override
  public void close() {
    storage.close();
    oauth.close();
  }

  /** Takes every task and delivers none. */
  private static final class NoTasks implements TaskQueue {
    @Override
    public boolean enqueue(Work work) {
      return true;
    }

    @Override
    public void probe(String queue) {}
  }

  /** Nodes that nobody listens to. */
  private static final class NodesInMemory implements RealtimeNodes {
    private final Map<String, Map<String, Object>> nodes = new ConcurrentHashMap<>();

    @Override
    public boolean put(String path, Map<String, @Nullable Object> node, long seq) {
      var fields = new HashMap<String, Object>();
      node.forEach((name, value) -> {
        if (value != null) {
          fields.put(name, value);
        }
      });
      nodes.put(path, Map.copyOf(fields));
      return true;
    }

    @Override
    public Map<String, Object> read(String path) {
      return nodes.getOrDefault(path, Map.of());
    }

    @Override
    public void delete(Collection<String> paths) {
      paths.forEach(nodes::remove);
    }
  }
}
