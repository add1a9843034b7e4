package app.infinitestories.local.stores;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.infinitestories.local.part.HttpPart;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The App Store on this machine: signs notifications and transactions with its own chain, and
 * answers the one call of the App Store Server API that is made, to who signs as Apple asks.
 *
 * <p>{@code POST /transactions} with the fields of a transaction makes one; {@code POST
 * /notifications} with {@code {notificationType, subtype?, transactionId}} answers the body that
 * Apple would post.
 */
public final class AppStoreStandIn extends HttpPart {
  public static final String KEY_ID = "SAMPLEKEY1";
  public static final String ISSUER_ID = "00000000-0000-4000-8000-000000000000";
  private static final String TRANSACTIONS = "/inApps/v1/transactions/";

  private final String bundleId;
  private final Clock clock;
  private final SigningChain chain;
  private final KeyPair apiKey = SigningChain.ecKey();
  private final Map<String, ObjectNode> transactions = new ConcurrentHashMap<>();

  public AppStoreStandIn(int port, String bundleId, Clock clock) {
    super("app-store", port);
    this.bundleId = bundleId;
    this.clock = clock;
    this.chain = new SigningChain(clock.instant());
  }

  /** What to trust instead of Apple's root. */
  public String rootPem() {
    return chain.rootPem();
  }

  /** The private key that opens the API, in PEM. */
  public String apiKeyPem() {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(apiKey.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  /** Somebody bought something: what is not given is made up. Answers the transaction's id. */
  public String buy(ObjectNode given) {
    ObjectNode transaction = given.deepCopy();
    long now = clock.millis();
    String id =
        transaction
            .path("transactionId")
            .asText(Long.toString(2_000_000_000L + transactions.size()));
    transaction.put("transactionId", id);
    if (!transaction.has("originalTransactionId")) {
      transaction.put("originalTransactionId", id);
    }
    if (!transaction.has("purchaseDate")) {
      transaction.put("purchaseDate", now);
    }
    transaction.put("bundleId", bundleId).put("environment", "Sandbox");
    transactions.put(id, transaction);
    return id;
  }

  /** The body that Apple posts about a transaction. */
  public String notification(
      String type, @Nullable String subtype, String transactionId, @Nullable ObjectNode renewal) {
    ObjectNode payload =
        JsonNodeFactory.instance
            .objectNode()
            .put("notificationType", type)
            .put("notificationUUID", UUID.randomUUID().toString())
            .put("version", "2.0")
            .put("signedDate", clock.millis());
    if (subtype != null) {
      payload.put("subtype", subtype);
    }
    ObjectNode data =
        payload.putObject("data").put("bundleId", bundleId).put("environment", "Sandbox");
    ObjectNode transaction = transactions.get(transactionId);
    if (transaction != null) {
      data.put("signedTransactionInfo", signed(transaction));
    }
    if (renewal != null) {
      data.put("signedRenewalInfo", signed(renewal.deepCopy().put("environment", "Sandbox")));
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("signedPayload", chain.sign(payload))
        .toString();
  }

  private String signed(ObjectNode data) {
    return chain.sign(data.deepCopy().put("signedDate", clock.millis()));
  }

  @Override
  protected void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    if (method.equals("POST") && path.equals("/transactions")) {
      String id = buy((ObjectNode) JSON.readTree(body(exchange)));
      sendJson(exchange, 201, JsonNodeFactory.instance.objectNode().put("transactionId", id));
    } else if (method.equals("POST") && path.equals("/notifications")) {
      JsonNode asked = JSON.readTree(body(exchange));
      send(
          exchange,
          200,
          "application/json",
          notification(
                  asked.path("notificationType").asText(),
                  asked.hasNonNull("subtype") ? asked.path("subtype").asText() : null,
                  asked.path("transactionId").asText(),
                  asked.path("renewal").isObject() ? (ObjectNode) asked.path("renewal") : null)
              .getBytes(UTF_8));
    } else if (!opens(exchange.getRequestHeaders().getFirst("Authorization"))) {
      send(exchange, 401, "text/plain", "Unauthenticated\n".getBytes(UTF_8));
    } else if (method.equals("GET") && path.startsWith(TRANSACTIONS)) {
      ObjectNode transaction = transactions.get(path.substring(TRANSACTIONS.length()));
      if (transaction == null) {
        refuse(exchange, 404, 4040010, "Transaction id not found.");
      } else {
        sendJson(
            exchange,
            200,
            JsonNodeFactory.instance
                .objectNode()
                .put("signedTransactionInfo", signed(transaction)));
      }
    } else {
      refuse(exchange, 404, 4040000, "Not found.");
    }
  }

  private static void refuse(HttpExchange exchange, int status, long code, String message)
      throws IOException {
    sendJson(
        exchange,
        status,
        JsonNodeFactory.instance.objectNode().put("errorCode", code).put("errorMessage", message));
  }

  /** Apple's rules for the token: ES256 by the key, 20 minutes at most, for this app. */
  private boolean opens(@Nullable String authorization) throws IOException {
    String[] parts =
        authorization == null
            ? new String[0]
            : authorization.replace("Bearer ", "").split("\\.", -1);
    if (parts.length != 3) {
      return false;
    }
    var decoder = Base64.getUrlDecoder();
    JsonNode header = JSON.readTree(decoder.decode(parts[0]));
    JsonNode claims = JSON.readTree(decoder.decode(parts[1]));
    Instant ends = Instant.ofEpochSecond(claims.path("exp").asLong());
    // the client tells the time by the machine's clock, whatever time this one shows
    Instant now = Instant.now();
    return header.path("alg").asText().equals("ES256")
        && header.path("kid").asText().equals(KEY_ID)
        && claims.path("iss").asText().equals(ISSUER_ID)
        && claims.path("aud").asText().equals("appstoreconnect-v1")
        && claims.path("bid").asText().equals(bundleId)
        && ends.isAfter(now)
        && ends.isBefore(now.plusSeconds(20 * 60))
        && signs(parts[0] + "." + parts[1], decoder.decode(parts[2]));
  }

  private boolean signs(String text, byte[] signature) {
    try {
      var check = Signature.getInstance("SHA256withECDSAinP1363Format");
      check.initVerify(apiKey.getPublic());
      check.update(text.getBytes(UTF_8));
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // of a wrong length, for example
    }
  }
}
