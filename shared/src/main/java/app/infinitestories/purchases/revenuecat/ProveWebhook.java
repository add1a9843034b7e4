package app.infinitestories.purchases.revenuecat;

import app.infinitestories.platform.Redacted;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves that RevenueCat sent a webhook: by the Authorization header, and where a key for it is set
 * by the signature header {@code t=<unix seconds>,v1=<hex>} over {@code t.body} too. Takes the same
 * time for every wrong guess.
 */
public final class ProveWebhook {
  /** The header's name, and the one that it has in older material. */
  public static final List<String> SIGNATURE_HEADERS =
      List.of("X-RevenueCat-Webhook-Signature", "X-RevenueCat-Signature");

  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final String BEARER = "Bearer ";

  private final RevenueCatConfig config;
  private final Clock clock;

  public ProveWebhook(RevenueCatConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /** Whether a signature is asked for. */
  public boolean asksForSignature() {
    return !config.signingSecrets().isEmpty();
  }

  /** Whether an Authorization header is a secret of ours, as it is or behind {@code Bearer}. */
  public boolean isSecret(String authorization) {
    boolean found = false;
    for (Redacted<String> secret : config.secrets()) {
      found |= same(secret.value(), authorization);
      found |= same(BEARER + secret.value(), authorization);
    }
    return found;
  }

  /** Whether a signature header signs that body, not longer ago than five minutes. */
  public boolean isSignature(String header, byte[] body) {
    Optional<Parts> parts = Parts.of(header);
    if (parts.isEmpty() || !isNow(parts.get().time())) {
      return false;
    }
    boolean found = false;
    for (Redacted<String> key : config.signingSecrets()) {
      String right = hmac(key.value(), parts.get().time(), body);
      for (String signature : parts.get().signatures()) {
        found |= same(right, signature);
      }
    }
    return found;
  }

  private record Parts(String time, List<String> signatures) {
    static Optional<Parts> of(String header) {
      String time = "";
      List<String> signatures = new ArrayList<>();
      for (String part : header.split(",", -1)) {
        String plain = part.strip();
        if (plain.startsWith("t=") && time.isEmpty()) {
          time = plain.substring(2);
        } else if (plain.startsWith("v1=")) {
          signatures.add(plain.substring(3));
        } else if (plain.startsWith("t=")) {
          return Optional.empty();
        }
      }
      return time.isEmpty() || signatures.isEmpty()
          ? Optional.empty()
          : Optional.of(new Parts(time, signatures));
    }
  }

  private boolean isNow(String unixSeconds) {
    try {
      Instant told = Instant.ofEpochSecond(Long.parseLong(unixSeconds));
      return Duration.between(told, clock.instant()).abs().compareTo(TOLERANCE) <= 0;
    } catch (NumberFormatException | java.time.DateTimeException | ArithmeticException notATime) {
      return false;
    }
  }

  private static String hmac(String key, String time, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static boolean same(String right, String told) {
    return MessageDigest.isEqual(
        right.getBytes(StandardCharsets.UTF_8), told.getBytes(StandardCharsets.UTF_8));
  }
}
