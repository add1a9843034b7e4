package app.infinitestories.functions.wiring;

import app.infinitestories.local.stores.AppStoreStandIn;
import app.infinitestories.local.stores.PlayStandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** The stores' stand-ins, and the settings by which an API of the tests believes them. */
public final class StoresHere implements AutoCloseable {
  public static final String APP = "app.example.stories";
  public static final String REVENUECAT_SECRET = "sample-revenuecat";

  public final AppStoreStandIn apple = new AppStoreStandIn(0, APP, Clock.systemUTC());
  public final PlayStandIn play = new PlayStandIn(0, APP, header -> false, Clock.systemUTC());
  private final Path root;

  public StoresHere() {
    apple.start();
    play.start();
    try {
      root = Files.writeString(Files.createTempFile("sample-root", ".pem"), apple.rootPem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Name, value, name, value. */
  public String[] settings() {
    return new String[] {
      "REVENUECAT_WEBHOOK_SECRET",
      REVENUECAT_SECRET,
      "APPLE_BUNDLE_ID",
      APP,
      "APPLE_ENVIRONMENT",
      "sandbox",
      "APPLE_ONLINE_CHECKS",
      "false",
      "APPLE_ROOT_CERTIFICATES",
      root.toString(),
      "APPLE_API_BASE_URL",
      apple.address().toString(),
      "APPLE_API_KEY",
      apple.apiKeyPem(),
      "APPLE_API_KEY_ID",
      AppStoreStandIn.KEY_ID,
      "APPLE_API_ISSUER_ID",
      AppStoreStandIn.ISSUER_ID,
      "GOOGLE_PLAY_PACKAGE",
      APP,
      "GOOGLE_PLAY_PUSH_AUDIENCE",
      PlayStandIn.AUDIENCE,
      "GOOGLE_PLAY_PUSH_ACCOUNT",
      PlayStandIn.PUSH_ACCOUNT,
      "GOOGLE_PLAY_BASE_URL",
      play.address().toString(),
      "GOOGLE_CERTIFICATES_URL",
      play.address().resolve("/oauth2/v3/certs").toString()
    };
  }

  @Override
  public void close() {
    apple.stop();
    play.stop();
    try {
      Files.deleteIfExists(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
