package app.infinitestories.purchases.revenuecat;

import app.infinitestories.platform.Redacted;
import app.infinitestories.platform.config.Environment;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What RevenueCat's webhooks are known by, and how its REST API is asked.
 *
 * @param secrets what the Authorization header may be, the current one first; with none every
 *     webhook is refused
 * @param signingSecrets keys of the signature header; with none no signature is asked for
 * @param apiKey without it subscribers are not read back
 * @param sandboxCounts whether purchases of the stores' sandboxes change accounts
 */
public record RevenueCatConfig(
    List<Redacted<String>> secrets,
    List<Redacted<String>> signingSecrets,
    Optional<Redacted<String>> apiKey,
    URI baseUrl,
    Duration patience,
    boolean sandboxCounts) {

  /** Reads it. */
  public static RevenueCatConfig from(Environment env, boolean sandboxCounts) {
    return new RevenueCatConfig(
        both(
            env.optionalSecret(
                "REVENUECAT_WEBHOOK_SECRET",
                "what RevenueCat sends as Authorization; without it its webhooks are refused"),
            env.optionalSecret(
                "REVENUECAT_WEBHOOK_SECRET_PREVIOUS", "accepted too, while the secret changes")),
        both(
            env.optionalSecret(
                "REVENUECAT_WEBHOOK_HMAC_SECRET",
                "key of RevenueCat's signature header, which is asked for when this is set"),
            env.optionalSecret(
                "REVENUECAT_WEBHOOK_HMAC_SECRET_PREVIOUS", "accepted too, while the key changes")),
        env.optionalSecret(
            "REVENUECAT_API_KEY", "with it subscribers are read back after each event"),
        env.url("REVENUECAT_BASE_URL", "https://api.revenuecat.com", "address of its REST API"),
        env.seconds("REVENUECAT_TIMEOUT_SECONDS", 5, "limit of one reading back"),
        sandboxCounts);
  }

  private static List<Redacted<String>> both(
      Optional<Redacted<String>> current, Optional<Redacted<String>> previous) {
    return Stream.of(current, previous).flatMap(Optional::stream).toList();
  }
}
