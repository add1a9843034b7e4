package app.infinitestories.purchases.google;

import app.infinitestories.platform.config.CloudConfig.Stage;
import app.infinitestories.platform.config.Environment;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The app at Google Play, and who may push its notifications.
 *
 * @param audience the audience of the push subscription's tokens
 * @param pushAccount e-mail of the service account that they are made for
 * @param certificates where the keys are that sign them
 * @param sandboxCounts whether test purchases change accounts
 */
public record GoogleConfig(
    String packageName,
    String audience,
    String pushAccount,
    URI certificates,
    URI publisher,
    Duration patience,
    boolean sandboxCounts) {
  private static final String CERTIFICATES = "https://www.googleapis.com/oauth2/v3/certs";
  private static final String PUBLISHER = "https://androidpublisher.googleapis.com/";

  /** Reads it; empty without a package name, and then Google Play is refused. */
  public static Optional<GoogleConfig> from(Environment env, Stage stage, boolean sandboxCounts) {
    Optional<String> packageName =
        env.optional(
            "GOOGLE_PLAY_PACKAGE", "package of the app; without it Google Play is refused");
    Optional<String> audience =
        env.optional("GOOGLE_PLAY_PUSH_AUDIENCE", "audience of the push subscription's tokens");
    Optional<String> account =
        env.optional("GOOGLE_PLAY_PUSH_ACCOUNT", "service account of the push subscription");
    Optional<URI> certificates =
        env.optionalUrl(
            "GOOGLE_CERTIFICATES_URL", "other keys for its tokens; refused in production");
    URI publisher =
        env.url("GOOGLE_PLAY_BASE_URL", PUBLISHER, "address of the Android Publisher API");
    Duration patience =
        env.seconds("GOOGLE_PLAY_TIMEOUT_SECONDS", 10, "limit of one call to that API");
    if (packageName.isEmpty()) {
      return Optional.empty();
    }
    if (audience.isEmpty() || account.isEmpty()) {
      env.problem(
          "GOOGLE_PLAY_PACKAGE needs GOOGLE_PLAY_PUSH_AUDIENCE and GOOGLE_PLAY_PUSH_ACCOUNT");
    }
    if (stage == Stage.PRODUCTION && certificates.isPresent()) {
      env.problem("ENVIRONMENT is production, so GOOGLE_CERTIFICATES_URL must not be set");
    }
    return Optional.of(
        new GoogleConfig(
            packageName.get(),
            audience.orElse("unset"),
            account.orElse("unset"),
            certificates.orElse(URI.create(CERTIFICATES)),
            publisher,
            patience,
            sandboxCounts));
  }
}
