package app.infinitestories.local.stores;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.infinitestories.local.part.HttpPart;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * RevenueCat on this machine: tells who has its key what a subscriber has, and signs webhooks.
 *
 * <p>{@code PUT /subscribers/{id}} with {@code {"subscriptions": …}} sets what a subscriber has;
 * {@code POST /webhooks} with the fields of an event answers {@code {authorization, signature,
 * body}}: what RevenueCat would post.
 */
public final class RevenueCatStandIn extends HttpPart {
  public static final String API_KEY = "sk_sample_offline";
  private static final String SUBSCRIBERS = "/v1/subscribers/";
  private static final String SETTING = "/subscribers/";

  private final String secret;
  private final String signingKey;
  private final Clock clock;
  private final Map<String, ObjectNode> subscribers = new ConcurrentHashMap<>();

  /**
   * @param secret what it sends as Authorization
   * @param signingKey what it signs with
   */
  public RevenueCatStandIn(int port, String secret, String signingKey, Clock clock) {
    super("revenuecat", port);
    this.secret = secret;
    this.signingKey = signingKey;
    this.clock = clock;
  }

  /** What a subscriber has from now on: {@code subscriptions} by product. */
  public void put(String user, ObjectNode subscriber) {
    subscribers.put(user, subscriber);
  }

  /** The body of a webhook about an event; id, time and environment are made up if not given. */
  public String webhook(ObjectNode event) {
    ObjectNode told = event.deepCopy();
    if (!told.has("id")) {
      told.put("id", UUID.randomUUID().toString());
    }
    if (!told.has("event_timestamp_ms")) {
      told.put("event_timestamp_ms", clock.millis());
    }
    if (!told.has("environment")) {
      told.put("environment", "PRODUCTION");
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("api_version", "1.0");
    body.set("event", told);
    return body.toString();
  }

  /** The signature header of a body that is sent now. */
  public String signature(String body) {
    try {
      String now = Long.toString(clock.instant().getEpochSecond());
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(signingKey.getBytes(UTF_8), "HmacSHA256"));
      byte[] hash = mac.doFinal((now + "." + body).getBytes(UTF_8));
      return "t=" + now + ",v1=" + HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no HmacSHA256", e);
    }
  }

  @Override
  protected void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String method = exchange.getRequestMethod();
    if (method.equals("PUT") && path.startsWith(SETTING)) {
      put(user(path, SETTING), (ObjectNode) JSON.readTree(body(exchange)));
      exchange.sendResponseHeaders(204, -1);
    } else if (method.equals("POST") && path.equals("/webhooks")) {
      String body = webhook((ObjectNode) JSON.readTree(body(exchange)));
      sendJson(
          exchange,
          200,
          JsonNodeFactory.instance
              .objectNode()
              .put("authorization", secret)
              .put("signature", signature(body))
              .put("body", body));
    } else if (!("Bearer " + API_KEY)
        .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      refuse(exchange, 401, 7225, "Invalid API Key.");
    } else if (method.equals("GET") && path.startsWith(SUBSCRIBERS)) {
      sendJson(exchange, 200, subscriber(user(path, SUBSCRIBERS)));
    } else {
      refuse(exchange, 404, 7259, "Not found.");
    }
  }

  /** As RevenueCat does, whoever is asked about exists from then on. */
  private ObjectNode subscriber(String user) {
    ObjectNode known = subscribers.computeIfAbsent(user, id -> nothing()).deepCopy();
    known.put("original_app_user_id", user);
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("request_date", clock.instant().toString())
            .put("request_date_ms", clock.millis());
    answer.set("subscriber", known);
    return answer;
  }

  private static ObjectNode nothing() {
    ObjectNode nothing = JsonNodeFactory.instance.objectNode();
    nothing.putObject("subscriptions");
    nothing.putObject("non_subscriptions");
    nothing.putObject("entitlements");
    return nothing;
  }

  private static String user(String path, String prefix) {
    return URLDecoder.decode(path.substring(prefix.length()), UTF_8);
  }

  private static void refuse(HttpExchange exchange, int status, int code, String message)
      throws IOException {
    sendJson(
        exchange,
        status,
        JsonNodeFactory.instance.objectNode().put("code", code).put("message", message));
  }
}
