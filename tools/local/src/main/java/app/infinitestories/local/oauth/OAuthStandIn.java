package app.infinitestories.local.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.infinitestories.local.part.HttpPart;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Google's token endpoint for one sample service account: trades a signed JWT for an access token,
 * and tells the other stand-ins which tokens are good.
 */
public final class OAuthStandIn extends HttpPart {
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

  /** google-auth names Google as the audience whatever the key file's token_uri says. */
  private static final String GOOGLE = "https://oauth2.googleapis.com/token";

  private static final Duration LIFE = Duration.ofHours(1);
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final SampleServiceAccount account;
  private final Clock clock;
  private final Map<String, Instant> issued = new ConcurrentHashMap<>();

  public OAuthStandIn(int port, SampleServiceAccount account, Clock clock) {
    super("oauth", port);
    this.account = account;
    this.clock = clock;
  }

  /** What the key file's {@code token_uri} says. */
  public URI tokenEndpoint() {
    return address().resolve("/token");
  }

  /**
   * Whether an {@code Authorization} header carries a token issued here, or a JWT that the account
   * signed itself, as Google's services take it too.
   */
  public boolean accepts(@Nullable String authorization) {
    if (authorization == null || !authorization.startsWith("Bearer ")) {
      return false;
    }
    var token = authorization.substring("Bearer ".length());
    var expires = issued.get(token);
    if (expires != null) {
      return clock.instant().isBefore(expires);
    }
    return token.chars().filter(c -> c == '.').count() == 2 && claims(token).isPresent();
  }

  @Override
  protected void handle(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestURI().getPath().equals("/token")) {
      refuse(exchange, 404, "not_found", "Only /token is here");
      return;
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      refuse(exchange, 405, "invalid_request", "POST only");
      return;
    }
    var form = form(new String(body(exchange).readAllBytes(), UTF_8));
    if (!GRANT.equals(form.get("grant_type"))) {
      refuse(exchange, 400, "unsupported_grant_type", "Invalid grant_type");
      return;
    }
    var claims = claims(form.getOrDefault("assertion", ""));
    if (claims.isEmpty()) {
      refuse(exchange, 400, "invalid_grant", "Invalid JWT Signature.");
      return;
    }
    if (!Set.of(GOOGLE, tokenEndpoint().toString()).contains(claims.get().path("aud").asText())) {
      refuse(exchange, 400, "invalid_grant", "Invalid JWT: wrong audience.");
      return;
    }
    if (claims.get().path("scope").asText().isBlank()) {
      refuse(exchange, 400, "invalid_scope", "Invalid OAuth scope or ID token audience provided.");
      return;
    }
    var token = "sample-access-token-" + UUID.randomUUID();
    issued.put(token, clock.instant().plus(LIFE));
    sendJson(
        exchange,
        200,
        JsonNodeFactory.instance
            .objectNode()
            .put("access_token", token)
            .put("expires_in", LIFE.toSeconds())
            .put("token_type", "Bearer"));
  }

  /** The claims of a JWT that the account signed and that is not expired. */
  private Optional<JsonNode> claims(String jwt) {
    var parts = jwt.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      var decoder = Base64.getUrlDecoder();
      if (!account.signed(parts[0] + "." + parts[1], decoder.decode(parts[2]))) {
        return Optional.empty();
      }
      var claims = JSON.readTree(decoder.decode(parts[1]));
      var expires = Instant.ofEpochSecond(claims.path("exp").asLong());
      boolean good =
          claims.path("iss").asText().equals(account.email())
              && clock.instant().isBefore(expires.plus(SKEW));
      return good ? Optional.of(claims) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // not base64 or not JSON: not a JWT
    }
  }

  private static Map<String, String> form(String body) {
    var fields = new HashMap<String, String>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(
            URLDecoder.decode(pair.substring(0, equals), UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), UTF_8));
      }
    }
    return fields;
  }

  private static void refuse(HttpExchange exchange, int status, String error, String description)
      throws IOException {
    sendJson(
        exchange,
        status,
        JsonNodeFactory.instance
            .objectNode()
            .put("error", error)
            .put("error_description", description));
  }
}
