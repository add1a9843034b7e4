package app.infinitestories.local.stores;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.infinitestories.local.part.HttpPart;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Google Play on this machine: the calls of the Android Publisher API that are made, the keys of
 * its tokens, and the pushes of its notifications.
 *
 * <p>{@code PUT /purchases/{token}} with a SubscriptionPurchaseV2 or a ProductPurchase makes one;
 * {@code POST /notifications} with the fields of a developer notification answers {@code {token,
 * body}}: what Pub/Sub would push, and the token that it would push it with.
 */
public final class PlayStandIn extends HttpPart {
  public static final String AUDIENCE = "https://sample.example.com/play";
  public static final String PUSH_ACCOUNT = "play-push@sample.iam.gserviceaccount.com";
  private static final String KEY_ID = "sample-key-1";
  private static final String API = "/androidpublisher/v3/applications/";

  private final String packageName;
  private final Predicate<@Nullable String> opens;
  private final Clock clock;
  private final Map<String, ObjectNode> purchases = new ConcurrentHashMap<>();
  private final List<String> orders = new CopyOnWriteArrayList<>();
  private final AtomicLong messages;
  private @Nullable KeyPair key;

  /**
   * @param opens whether an Authorization header opens the API
   */
  public PlayStandIn(int port, String packageName, Predicate<@Nullable String> opens, Clock clock) {
    super("play", port);
    this.packageName = packageName;
    this.opens = opens;
    this.clock = clock;
    // as Pub/Sub's: never one that another start gave out
    this.messages = new AtomicLong(clock.millis() * 1_000);
  }

  /** Google Play knows a purchase from now on, or knows something else of it. */
  public void put(String token, ObjectNode purchase) {
    purchases.put(token, purchase);
  }

  /** What was acknowledged and consumed, in order: {@code consume token}. */
  public List<String> orders() {
    return List.copyOf(orders);
  }

  /** The claims of a token that is right in everything. */
  public ObjectNode claims() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("iss", "https://accounts.google.com")
        .put("aud", AUDIENCE)
        .put("email", PUSH_ACCOUNT)
        .put("email_verified", true)
        .put("iat", clock.instant().getEpochSecond())
        .put("exp", clock.instant().getEpochSecond() + 3600);
  }

  /** A token with those claims, signed with the key that is published here. */
  public String token(JsonNode claims) {
    var base64 = Base64.getUrlEncoder().withoutPadding();
    ObjectNode header =
        JsonNodeFactory.instance
            .objectNode()
            .put("alg", "RS256")
            .put("kid", KEY_ID)
            .put("typ", "JWT");
    String text =
        base64.encodeToString(header.toString().getBytes(UTF_8))
            + "."
            + base64.encodeToString(claims.toString().getBytes(UTF_8));
    try {
      var signer = Signature.getInstance("SHA256withRSA");
      signer.initSign(key().getPrivate());
      signer.update(text.getBytes(UTF_8));
      return text + "." + base64.encodeToString(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no SHA256withRSA", e);
    }
  }

  /** The push of a notification: its own fields, such as {@code subscriptionNotification}. */
  public String push(ObjectNode notification) {
    ObjectNode data = notification.deepCopy().put("version", "1.0").put("packageName", packageName);
    if (!data.has("eventTimeMillis")) {
      data.put("eventTimeMillis", Long.toString(clock.millis()));
    }
    ObjectNode push = JsonNodeFactory.instance.objectNode();
    push.putObject("message")
        .put("data", Base64.getEncoder().encodeToString(data.toString().getBytes(UTF_8)))
        .put("messageId", Long.toString(messages.incrementAndGet()))
        .put("publishTime", clock.instant().toString());
    return push.put("subscription", "projects/sample/subscriptions/play").toString();
  }

  @Override
  protected void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    if (path.equals("/oauth2/v3/certs")) {
      sendJson(exchange, 200, keys());
    } else if (method.equals("PUT") && path.startsWith("/purchases/")) {
      put(path.substring("/purchases/".length()), (ObjectNode) JSON.readTree(body(exchange)));
      exchange.sendResponseHeaders(204, -1);
    } else if (method.equals("POST") && path.equals("/notifications")) {
      String push = push((ObjectNode) JSON.readTree(body(exchange)));
      sendJson(
          exchange,
          200,
          JsonNodeFactory.instance.objectNode().put("token", token(claims())).put("body", push));
    } else if (!opens.test(exchange.getRequestHeaders().getFirst("Authorization"))) {
      refuse(exchange, 401, "UNAUTHENTICATED");
    } else if (path.startsWith(API + packageName + "/purchases/")) {
      answer(exchange, method, path.substring((API + packageName + "/purchases/").length()));
    } else {
      refuse(exchange, 404, "NOT_FOUND");
    }
  }

  /** {@code subscriptionsv2/tokens/T}, {@code products/P/tokens/T} and the two orders. */
  private void answer(HttpExchange exchange, String method, String rest) throws IOException {
    String last = rest.substring(rest.lastIndexOf('/') + 1);
    int colon = last.indexOf(':');
    String token = colon < 0 ? last : last.substring(0, colon);
    String order = colon < 0 ? "" : last.substring(colon + 1);
    ObjectNode purchase = purchases.get(token);
    boolean isProduct = rest.startsWith("products/");
    if (purchase == null
        || isProduct == purchase.has("lineItems")
        || (isProduct && !isOf(purchase, rest))) {
      refuse(exchange, 404, "NOT_FOUND");
    } else if (method.equals("GET") && order.isEmpty()) {
      sendJson(exchange, 200, purchase);
    } else if (method.equals("POST") && order.equals("consume") && isProduct) {
      orders.add("consume " + token);
      put(token, purchase.deepCopy().put("consumptionState", 1).put("acknowledgementState", 1));
      exchange.sendResponseHeaders(204, -1);
    } else if (method.equals("POST") && order.equals("acknowledge")) {
      orders.add("acknowledge " + token);
      ObjectNode known = purchase.deepCopy();
      put(
          token,
          isProduct
              ? known.put("acknowledgementState", 1)
              : known.put("acknowledgementState", "ACKNOWLEDGEMENT_STATE_ACKNOWLEDGED"));
      exchange.sendResponseHeaders(204, -1);
    } else {
      refuse(exchange, 400, "INVALID_ARGUMENT");
    }
  }

  /** Google may leave the product out of its answer, but never knows a token under another. */
  private static boolean isOf(JsonNode purchase, String rest) {
    String product = purchase.path("productId").asText();
    return product.isEmpty() || rest.startsWith("products/" + product + "/");
  }

  private JsonNode keys() {
    var published = (RSAPublicKey) key().getPublic();
    ObjectNode set = JsonNodeFactory.instance.objectNode();
    set.putArray("keys")
        .addObject()
        .put("kty", "RSA")
        .put("alg", "RS256")
        .put("use", "sig")
        .put("kid", KEY_ID)
        .put("n", unsigned(published.getModulus()))
        .put("e", unsigned(published.getPublicExponent()));
    return set;
  }

  private static String unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int from = bytes[0] == 0 ? 1 : 0;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
  }

  /** Made when it is first needed: that takes longer than all the rest. */
  private synchronized KeyPair key() {
    KeyPair made = key;
    if (made == null) {
      made = rsaKey();
      key = made;
    }
    return made;
  }

  private static KeyPair rsaKey() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no RSA", e);
    }
  }

  private static void refuse(HttpExchange exchange, int status, String word) throws IOException {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.putObject("error").put("code", status).put("message", word).put("status", word);
    sendJson(exchange, status, answer);
  }
}
