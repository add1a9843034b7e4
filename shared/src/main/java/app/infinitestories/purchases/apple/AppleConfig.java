package app.infinitestories.purchases.apple;

import app.infinitestories.platform.Redacted;
import app.infinitestories.platform.config.CloudConfig.Stage;
import app.infinitestories.platform.config.Environment;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The app at Apple, and whose signatures count.
 *
 * @param appAppleId the app's number in the App Store; null only in the sandbox
 * @param rootCertificates in PEM; Apple's own unless this is a local system
 * @param onlineChecks whether revocation is asked of Apple and chains must be valid today
 * @param api the App Store Server API; empty without its key
 */
public record AppleConfig(
    String bundleId,
    @Nullable Long appAppleId,
    Where environment,
    List<String> rootCertificates,
    boolean onlineChecks,
    Optional<Api> api) {

  /** Apple's environments that sign: its library's other two skip signatures. */
  public enum Where {
    PRODUCTION("https://api.storekit.apple.com"),
    SANDBOX("https://api.storekit-sandbox.apple.com");

    private final String api;

    Where(String api) {
      this.api = api;
    }
  }

  /**
   * The App Store Server API.
   *
   * @param key a private key in PKCS#8 PEM
   */
  public record Api(
      URI baseUrl, Redacted<String> key, String keyId, String issuerId, Duration patience) {}

  /** Reads it; empty without a bundle id, and then Apple is refused. */
  public static Optional<AppleConfig> from(Environment env, Stage stage) {
    Optional<String> bundleId =
        env.optional("APPLE_BUNDLE_ID", "bundle id of the app; without it Apple is refused");
    Optional<String> appId =
        env.optional("APPLE_APP_ID", "the app's number in the App Store, for its production");
    Where where =
        env.choice("APPLE_ENVIRONMENT", Where.PRODUCTION, "production or sandbox of the App Store");
    List<String> files =
        env.list(
            "APPLE_ROOT_CERTIFICATES",
            "PEM files to trust instead of Apple's root; refused in production");
    boolean online =
        env.flag("APPLE_ONLINE_CHECKS", true, "ask Apple whether a certificate was revoked");
    Optional<Api> api = api(env, where);
    if (bundleId.isEmpty()) {
      return Optional.empty();
    }
    if (stage == Stage.PRODUCTION && (!files.isEmpty() || where == Where.SANDBOX || !online)) {
      env.problem(
          "ENVIRONMENT is production, so APPLE_ROOT_CERTIFICATES must not be set,"
              + " APPLE_ENVIRONMENT must be production and APPLE_ONLINE_CHECKS true");
    }
    Long number = appId.filter(id -> id.matches("[0-9]{1,18}")).map(Long::valueOf).orElse(null);
    if (number == null && (where == Where.PRODUCTION || appId.isPresent())) {
      env.problem("APPLE_APP_ID must be the app's number in the App Store");
    }
    return Optional.of(
        new AppleConfig(bundleId.get(), number, where, roots(env, files), online, api));
  }

  private static Optional<Api> api(Environment env, Where where) {
    Optional<Redacted<String>> key =
        env.optionalSecret(
            "APPLE_API_KEY",
            "PKCS#8 PEM of the App Store Server API; \\n may stand for a new line");
    Optional<String> keyId = env.optional("APPLE_API_KEY_ID", "id of that key");
    Optional<String> issuer = env.optional("APPLE_API_ISSUER_ID", "issuer id of App Store Connect");
    Optional<URI> base =
        env.optionalUrl("APPLE_API_BASE_URL", "another address for the App Store Server API");
    Duration patience = env.seconds("APPLE_API_TIMEOUT_SECONDS", 10, "limit of one call to it");
    if (key.isPresent() != keyId.isPresent() || key.isPresent() != issuer.isPresent()) {
      env.problem("APPLE_API_KEY, APPLE_API_KEY_ID and APPLE_API_ISSUER_ID belong together");
    }
    return key.isEmpty() || keyId.isEmpty() || issuer.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Api(
                base.orElse(URI.create(where.api)),
                new Redacted<>(key.get().value().replace("\\n", "\n")),
                keyId.get(),
                issuer.get(),
                patience));
  }

  /** Apple Root CA - G3, SHA-256 63343abf…9179: https://www.apple.com/certificateauthority/. */
  public static List<String> appleRoots() {
    try {
      return List.of(
          Resources.toString(
              Resources.getResource("app/infinitestories/purchases/apple/AppleRootCA-G3.pem"),
              StandardCharsets.US_ASCII));
    } catch (IOException inTheJar) {
      throw new UncheckedIOException(inTheJar);
    }
  }

  private static List<String> roots(Environment env, List<String> files) {
    if (files.isEmpty()) {
      return appleRoots();
    }
    try {
      var roots = new java.util.ArrayList<String>();
      for (String file : files) {
        roots.add(Files.readString(Path.of(file)));
      }
      return List.copyOf(roots);
    } catch (IOException e) {
      env.problem("APPLE_ROOT_CERTIFICATES cannot be read: " + e.getMessage());
      return appleRoots();
    }
  }
}
