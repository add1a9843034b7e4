package app.infinitestories.functions.wiring;

import app.infinitestories.functions.api.ApiRoutes;
import app.infinitestories.functions.contract.OpenApiContract;
import app.infinitestories.functions.web.JdkHttp;
import app.infinitestories.functions.web.User;
import app.infinitestories.local.oauth.OAuthStandIn;
import app.infinitestories.local.oauth.SampleServiceAccount;
import app.infinitestories.local.part.Ports;
import app.infinitestories.local.storage.StorageStandIn;
import app.infinitestories.platform.realtime.RealtimeNodes;
import app.infinitestories.platform.storage.CloudMediaStore;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.platform.tasks.TaskQueue;
import app.infinitestories.queue.Timing;
import app.infinitestories.testkit.TestProject;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.firestore.Firestore;
import com.google.common.base.Supplier;
import com.google.common.base.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The whole API in this process, wired as in production and asked over real HTTP: its Firestore is
 * the emulator, its bucket checks signatures, and a token is the name of its user. Every answer is
 * held against openapi.json.
 */
public final class RunningApi implements AutoCloseable {
  /** The token of somebody who may do what staff may. */
  public static final String ADMIN = "staff";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BUCKET = "bucket";

  /** Describes all answers but itself. */
  private static final String DOCUMENT = "/api/openapi.json";

  /** Nobody listens there. */
  private static final String NOWHERE = "http://127.0.0.1:1";

  private final OAuthStandIn oauth;
  private final StorageStandIn storage;
  private final CloudMediaStore media;
  private final ApiRoutes routes;
  private final JdkHttp http;
  private final HttpClient client = HttpClient.newHttpClient();
  private final OpenApiContract contract = OpenApiContract.checkedIn();

  /** What came back; the body is missing where there was none. */
  public record Answer(int status, JsonNode body, HttpResponse<String> raw) {
    public String header(String name) {
      return raw.headers().firstValue(name).orElse("(none)");
    }
  }

  /**
   * @param clock the API's, and what the bucket tells the age of signatures by
   */
  public RunningApi(Firestore firestore, TestProject project, Clock clock) throws IOException {
    var account = new SampleServiceAccount(project.id());
    oauth = new OAuthStandIn(Ports.ANY, account, Clock.systemUTC());
    oauth.start();
    storage = new StorageStandIn(Ports.ANY, Set.of(BUCKET), account, oauth, clock);
    storage.start();
    Path key = Files.createTempFile("sample", ".json");
    account.writeKeyFile(key, oauth.tokenEndpoint());
    GoogleCredentials credentials;
    try (var in = Files.newInputStream(key)) {
      credentials = GoogleCredentials.fromStream(in);
    }
    Files.delete(key);
    var settings =
        Settings.of(
            Map.of(
                "ENVIRONMENT",
                "local",
                "GOOGLE_CLOUD_PROJECT",
                project.id(),
                "FIREBASE_STORAGE_EMULATOR_HOST",
                storage.host(),
                "STORAGE_BUCKET",
                BUCKET,
                "RATE_LIMIT_FACTOR",
                "1000",
                "AI_CHILD_DATA_ALLOWED",
                "true",
                "OPENAI_API_KEY",
                "sample",
                "OPENAI_BASE_URL",
                NOWHERE,
                "RUNWAY_API_KEY",
                "sample",
                "RUNWAY_BASE_URL",
                NOWHERE));
    media =
        new CloudMediaStore(
            settings.cloud(),
            clock,
            () -> credentials.createScoped("https://www.googleapis.com/auth/cloud-platform"));
    var clients =
        new Clients(
            () -> firestore, () -> media, () -> new Tasks(), notHere("auth"), notHere("messaging"));
    ApiWiring api =
        new Wiring(
                settings,
                clients,
                new Nodes(),
                new Timing(clock, Ticker.systemTicker(), new Random(1), pause -> {}))
            .api();
    routes = api.routes();
    http = new JdkHttp(api.router(token -> new User(token, null, true, token.equals(ADMIN))));
  }

  private static <T> Supplier<T> notHere(String service) {
    return () -> {
      throw new IllegalStateException("there is no " + service + " here");
    };
  }

  /** Everything that is mounted. */
  public ApiRoutes routes() {
    return routes;
  }

  /** The bucket. */
  public MediaStore media() {
    return media;
  }

  /** A GET by a user, or by nobody for null; headers as name, value, name, value. */
  public Answer get(@Nullable String uid, String path, String... headers) {
    return send(uid, "GET", path, null, headers);
  }

  /** Any request by a user, or by nobody for null. */
  public Answer send(
      @Nullable String uid,
      String method,
      String path,
      @Nullable Map<String, ?> body,
      String... headers) {
    var request = HttpRequest.newBuilder(http.url(path));
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, BodyPublishers.ofString(JSON.valueToTree(body).toString()));
    }
    if (uid != null) {
      request.header("Authorization", "Bearer " + uid);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    Answer answer = send(request.build());
    if (!path.equals(DOCUMENT)) {
      contract.check(
          new OpenApiContract.Exchange(
              method,
              path.replaceFirst("\\?.*", ""),
              answer.status(),
              answer.raw().headers().map().entrySet().stream()
                  .collect(
                      Collectors.toMap(Map.Entry::getKey, header -> header.getValue().getFirst())),
              answer.raw().body()));
    }
    return answer;
  }

  /** The status that a media address is answered with. */
  public int open(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)).build()).status();
  }

  /** Sends a file as the API's offer says. */
  public void put(JsonNode offer, byte[] file) {
    var put =
        HttpRequest.newBuilder(URI.create(offer.path("uploadUrl").asText()))
            .PUT(BodyPublishers.ofByteArray(file));
    offer
        .path("headers")
        .properties()
        .forEach(header -> put.header(header.getKey(), header.getValue().asText()));
    Answer stored = send(put.build());
    if (stored.status() / 100 != 2) {
      throw new AssertionError("The file was not taken: " + stored.status());
    }
  }

  private Answer send(HttpRequest request) {
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      boolean json = answer.headers().firstValue("Content-Type").orElse("").contains("json");
      return new Answer(
          answer.statusCode(),
          json && !answer.body().isEmpty()
              ? JSON.readTree(answer.body())
              : JSON.getNodeFactory().missingNode(),
          answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
    client.close();
    storage.close();
    oauth.close();
  }

  /** Takes everything, and nobody comes to do it. */
  private static final class Tasks implements TaskQueue {
    @Override
    public boolean enqueue(Work work) {
      return true;
    }

    @Override
    public void probe(String queue) {}
  }

  /** The Realtime Database's promise, in memory. */
  private static final class Nodes implements RealtimeNodes {
    private final Map<String, Map<String, Object>> nodes = new ConcurrentHashMap<>();

    @Override
    public boolean put(String path, Map<String, @Nullable Object> node, long seq) {
      if (nodes.getOrDefault(path, Map.of()).get("seq") instanceof Long before && before >= seq) {
        return false;
      }
      Map<String, Object> merged = new HashMap<>(nodes.getOrDefault(path, Map.of()));
      node.forEach((field, value) -> {
        if (value == null) {
          merged.remove(field);
        } else {
          merged.put(field, value);
        }
      });
      merged.put("seq", seq);
      nodes.put(path, merged);
      return true;
    }

    @Override
    public Map<String, Object> read(String path) {
      return nodes.getOrDefault(path, Map.of());
    }

    @Override
    public void delete(Collection<String> paths) {
      nodes.keySet().removeAll(paths);
    }
  }
}
