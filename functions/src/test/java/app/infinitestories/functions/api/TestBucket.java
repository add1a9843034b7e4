package app.infinitestories.functions.api;

import app.infinitestories.local.oauth.OAuthStandIn;
import app.infinitestories.local.oauth.SampleServiceAccount;
import app.infinitestories.local.part.Ports;
import app.infinitestories.local.storage.StorageStandIn;
import app.infinitestories.platform.config.CloudConfig;
import app.infinitestories.platform.config.Environment;
import app.infinitestories.platform.storage.CloudMediaStore;
import app.infinitestories.platform.storage.MediaStore;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/** A bucket that answers the real client library over the wire. */
public final class TestBucket implements AutoCloseable {
  private static final String PROJECT = "demo-bucket";

  private final OAuthStandIn oauth;
  private final StorageStandIn storage;
  private final MediaStore media;

  /**
   * Starts it, empty.
   *
   * @param clock what it tells the age of signatures by
   */
  public static TestBucket open(Clock clock) {
    try {
      return new TestBucket(clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TestBucket(Clock clock) throws IOException {
    var account = new SampleServiceAccount(PROJECT);
    oauth = new OAuthStandIn(Ports.ANY, account, Clock.systemUTC());
    oauth.start();
    storage = new StorageStandIn(Ports.ANY, Set.of("bucket"), account, oauth, clock);
    storage.start();
    var env =
        new Environment(
            Map.of(
                "ENVIRONMENT",
                "local",
                "GOOGLE_CLOUD_PROJECT",
                PROJECT,
                "FIREBASE_STORAGE_EMULATOR_HOST",
                storage.host(),
                "STORAGE_BUCKET",
                "bucket"));
    var config = CloudConfig.from(env);
    env.check();
    var credentials = credentials(account);
    media = new CloudMediaStore(config, clock, () -> credentials);
  }

  private GoogleCredentials credentials(SampleServiceAccount account) throws IOException {
    Path key = Files.createTempFile("sample", ".json");
    account.writeKeyFile(key, oauth.tokenEndpoint());
    try (var in = Files.newInputStream(key)) {
      return GoogleCredentials.fromStream(in)
          .createScoped("https://www.googleapis.com/auth/cloud-platform");
    } finally {
      Files.delete(key);
    }
  }

  public MediaStore media() {
    return media;
  }

  @Override
  public void close() {
    storage.stop();
    oauth.stop();
  }
}
