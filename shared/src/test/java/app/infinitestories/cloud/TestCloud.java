package app.infinitestories.cloud;

import app.infinitestories.local.fcm.FcmStandIn;
import app.infinitestories.local.oauth.OAuthStandIn;
import app.infinitestories.local.oauth.SampleServiceAccount;
import app.infinitestories.local.part.Part;
import app.infinitestories.local.part.Ports;
import app.infinitestories.local.realtime.RealtimeDatabase;
import app.infinitestories.local.storage.StorageStandIn;
import app.infinitestories.platform.config.CloudConfig;
import app.infinitestories.platform.config.Environment;
import app.infinitestories.platform.firebase.FirebaseApps;
import app.infinitestories.platform.realtime.FirebaseRealtimeNodes;
import app.infinitestories.platform.realtime.RealtimeNodes;
import app.infinitestories.platform.storage.CloudMediaStore;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.database.FirebaseDatabase;
import com.google.firebase.messaging.FirebaseMessaging;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Storage, Cloud Messaging and the Realtime Database behind the product's own adapters. */
public final class TestCloud implements AutoCloseable {
  private static final String PROJECT = "demo-cloud";

  /** How far the services' clocks are ahead of the machine's. */
  public final SetAhead ahead = new SetAhead();

  private final Deque<Runnable> open = new ArrayDeque<>();
  private final SampleServiceAccount account = new SampleServiceAccount(PROJECT);
  private final OAuthStandIn oauth = started(new OAuthStandIn(Ports.ANY, account, ahead));
  private final GoogleCredentials credentials;

  public TestCloud() {
    try {
      Path key = Files.createTempFile("sample", ".json");
      account.writeKeyFile(key, oauth.tokenEndpoint());
      try (var in = Files.newInputStream(key)) {
        credentials = GoogleCredentials.fromStream(in);
      }
      Files.delete(key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A bucket that checks signatures, behind the real client library. */
  public CloudMediaStore media(Clock clock) {
    var storage = started(new StorageStandIn(Ports.ANY, Set.of("bucket"), account, oauth, ahead));
    return new CloudMediaStore(
        config(
            Map.of("FIREBASE_STORAGE_EMULATOR_HOST", storage.host(), "STORAGE_BUCKET", "bucket")),
        clock,
        () -> credentials.createScoped("https://www.googleapis.com/auth/cloud-platform"));
  }

  public FcmStandIn fcm() {
    return started(new FcmStandIn(Ports.ANY, PROJECT, oauth, ahead));
  }

  /** The real Admin SDK, led to the stand-in. */
  public FirebaseMessaging messaging(FcmStandIn fcm) {
    FirebaseApp app =
        FirebaseApps.openMessaging(
            config(Map.of("FCM_BASE_URL", fcm.address().toString())),
            credentials.createScoped("https://www.googleapis.com/auth/firebase.messaging"));
    open.push(app::delete);
    return FirebaseMessaging.getInstance(app);
  }

  /** A database with the product's rules. */
  public RealtimeDatabase database() {
    return started(
        new RealtimeDatabase(
            Ports.ANY,
            Optional.of(Path.of("..", "database.rules.json")),
            Path.of("target", "emulators")));
  }

  /** The product's nodes in that database, over the real Admin SDK. */
  public RealtimeNodes nodes(RealtimeDatabase database) {
    FirebaseDatabase client = client(database);
    return new FirebaseRealtimeNodes(() -> client);
  }

  /** The same, given up sooner when nobody answers. */
  public RealtimeNodes nodes(RealtimeDatabase database, Duration timeout) {
    FirebaseDatabase client = client(database);
    return new FirebaseRealtimeNodes(() -> client, timeout);
  }

  private FirebaseDatabase client(RealtimeDatabase database) {
    FirebaseApp app =
        FirebaseApp.initializeApp(
            FirebaseOptions.builder()
                .setCredentials(credentials)
                .setProjectId(PROJECT)
                .setDatabaseUrl(database.address() + "?ns=" + PROJECT)
                .build(),
            "nodes-" + database.host() + "-" + open.size());
    open.push(app::delete);
    return FirebaseDatabase.getInstance(app);
  }

  private static CloudConfig config(Map<String, String> variables) {
    var all = new HashMap<>(variables);
    all.put("ENVIRONMENT", "local");
    all.put("GOOGLE_CLOUD_PROJECT", PROJECT);
    var env = new Environment(all);
    CloudConfig config = CloudConfig.from(env);
    env.check();
    return config;
  }

  private <P extends Part> P started(P part) {
    part.start();
    open.push(part::close);
    return part;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().run();
    }
  }

  /** The machine's clock, ahead by what the test says. */
  public static final class SetAhead extends Clock {
    private volatile Duration by = Duration.ZERO;

    public void set(Duration ahead) {
      by = ahead;
    }

    @Override
    public java.time.Instant instant() {
      return Clock.systemUTC().instant().plus(by);
    }

    @Override
    public java.time.ZoneId getZone() {
      return java.time.ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
