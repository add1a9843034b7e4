package app.infinitestories.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.infinitestories.local.oauth.SampleServiceAccount;
import com.google.common.hash.Hashing;
import com.sun.net.httpserver.HttpExchange;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Checks a V4 signature in a URL's query as Cloud Storage does: the signature must be of the
 * method, the path, the query and every header that the URL names.
 */
final class SignedUrl {
  private static final String ALGORITHM = "GOOG4-RSA-SHA256";
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final Duration SKEW = Duration.ofMinutes(15);

  private final SampleServiceAccount account;
  private final Clock clock;

  SignedUrl(SampleServiceAccount account, Clock clock) {
    this.account = account;
    this.clock = clock;
  }

  /**
   * @throws StorageFault 403 for a wrong signature, 400 for a malformed or expired one
   */
  void check(HttpExchange exchange, Query query) {
    if (!query.require("X-Goog-Algorithm").equals(ALGORITHM)) {
      throw malformed("X-Goog-Algorithm", "Unknown signature algorithm.");
    }
    var credential = Arrays.asList(query.require("X-Goog-Credential").split("/", 2));
    var date = query.require("X-Goog-Date");
    if (credential.size() != 2
        || !credential.get(1).matches("\\d{8}/[a-z0-9-]+/storage/goog4_request")
        || !date.startsWith(credential.get(1).substring(0, 8))) {
      throw malformed("X-Goog-Credential", "Invalid credential scope.");
    }
    checkTime(date, query.number("X-Goog-Expires").orElse(0L));
    var signedHeaders = List.of(query.require("X-Goog-SignedHeaders").split(";", -1));
    var canonical = canonicalRequest(exchange, signedHeaders);
    var toSign =
        String.join(
            "\n",
            ALGORITHM,
            date,
            credential.get(1),
            Hashing.sha256().hashString(canonical, UTF_8).toString());
    if (!credential.get(0).equals(account.email())
        || !account.signed(toSign, signature(query.require("X-Goog-Signature")))) {
      throw new StorageFault(
          403,
          "SignatureDoesNotMatch",
          "The request signature we calculated does not match the signature you provided."
              + " Check your Google secret key and signing method.");
    }
  }

  private void checkTime(String date, long expiresSeconds) {
    Instant signedAt;
    try {
      signedAt = LocalDateTime.parse(date, DATE).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw malformed("X-Goog-Date", "Invalid date.");
    }
    if (expiresSeconds < 1 || expiresSeconds > LONGEST.toSeconds()) {
      throw malformed("X-Goog-Expires", "X-Goog-Expires must be between 1 and 604800 seconds.");
    }
    var now = clock.instant();
    if (now.isBefore(signedAt.minus(SKEW))) {
      throw new StorageFault(403, "AccessDenied", "The provided token is not yet valid.");
    }
    if (!now.isBefore(signedAt.plusSeconds(expiresSeconds))) {
      throw new StorageFault(
          400,
          "ExpiredToken",
          "The provided token has expired. Request signature expired at: "
              + signedAt.plusSeconds(expiresSeconds));
    }
  }

  private static String canonicalRequest(HttpExchange exchange, List<String> signedHeaders) {
    var lines = new ArrayList<String>();
    lines.add(exchange.getRequestMethod());
    lines.add(exchange.getRequestURI().getRawPath());
    var parameters =
        new ArrayList<>(List.of(exchange.getRequestURI().getRawQuery().split("&", -1)));
    parameters.removeIf(parameter -> parameter.startsWith("X-Goog-Signature="));
    parameters.sort(null);
    lines.add(String.join("&", parameters));
    var headers = exchange.getRequestHeaders();
    for (String name : headers.keySet()) {
      var lower = name.toLowerCase(Locale.ROOT);
      if (lower.startsWith("x-goog-") && !signedHeaders.contains(lower)) {
        throw malformed(lower, "Header was not included in signedheaders, but in the request.");
      }
    }
    if (!signedHeaders.contains("host")) {
      throw malformed("host", "The host header must be signed.");
    }
    for (String name : signedHeaders) {
      var values = headers.get(name);
      if (values == null) {
        throw malformed(name, "Header was included in signedheaders, but not in the request.");
      }
      lines.add(name + ":" + String.join(",", values).strip().replaceAll("\\s+", " "));
    }
    lines.add("");
    lines.add(String.join(";", signedHeaders));
    var payload = headers.getFirst("x-goog-content-sha256");
    lines.add(payload == null ? "UNSIGNED-PAYLOAD" : payload);
    return String.join("\n", lines);
  }

  private static byte[] signature(String hex) {
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      throw malformed("X-Goog-Signature", "The signature is not hexadecimal.");
    }
  }

  private static StorageFault malformed(String parameter, String details) {
    return new StorageFault(
        400,
        "MalformedSecurityHeader",
        "Your request has a malformed header. ParameterName: " + parameter + ". " + details);
  }
}
