package app.infinitestories.functions.web;

import app.infinitestories.platform.Hashes;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.ratelimit.Allowance;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request as a handler sees it, after all checks that need no feature.
 *
 * @param <P> who calls: {@link User}, {@code Optional<User>} or {@link Nobody}
 */
public final class Call<P> {
  private static final int LONGEST_ID = 200;

  private final Incoming incoming;
  private final String requestId;
  private final String route;
  private final P user;
  private final Map<String, String> pathParameters;
  private final String clientAddress;
  private final byte[] body;
  private @Nullable Allowance allowance;

  Call(
      Incoming incoming,
      String requestId,
      String route,
      P user,
      Map<String, String> pathParameters,
      String clientAddress,
      byte[] body) {
    this.incoming = incoming;
    this.requestId = requestId;
    this.route = route;
    this.user = user;
    this.pathParameters = pathParameters;
    this.clientAddress = clientAddress;
    this.body = body;
  }

  /** Names this request in logs and in the answer's X-Request-Id. */
  public String requestId() {
    return requestId;
  }

  /** Method and path template: {@code POST /api/v2/user-stories}. */
  public String route() {
    return route;
  }

  /** Who calls. */
  public P user() {
    return user;
  }

  /**
   * An id from the path.
   *
   * @throws Failure.NotFound if it is not made of URL-safe characters, so that no such thing exists
   */
  public String path(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException(route + " has no parameter {" + name + "}");
    }
    if (!isId(value)) {
      throw new Failure.NotFound();
    }
    return value;
  }

  /** Whether a text that a client sent may be the id of something of ours. */
  public static boolean isId(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_ID
        && text.chars().allMatch(Call::isUrlSafe)
        && !isReserved(text);
  }

  /** Names that Firestore keeps for itself, so that nothing of ours has them. */
  private static boolean isReserved(String id) {
    return id.equals(".") || id.equals("..") || (id.startsWith("__") && id.endsWith("__"));
  }

  /**
   * A number from the path.
   *
   * @throws Failure.NotFound if it is none
   */
  public int pathInt(String name) {
    try {
      return Integer.parseInt(path(name));
    } catch (NumberFormatException notANumber) {
      throw new Failure.NotFound();
    }
  }

  /** The client's Idempotency-Key: present only on idempotent routes, and well-formed. */
  public Optional<String> idempotencyKey() {
    return incoming.header(IdempotencyKey.HEADER);
  }

  /** SHA-256 of the body's bytes as hex: tells whether a repeated request is the same. */
  public String bodyHash() {
    return Hashes.sha256(body);
  }

  /** The client's address as the trusted proxies tell it. */
  public String clientAddress() {
    return clientAddress;
  }

  /** A request header, if it was sent. */
  public Optional<String> header(String name) {
    return incoming.header(name);
  }

  /**
   * Tells what a limit said that the accepting batch charged, for the answer's RateLimit headers;
   * also when the request fails afterwards.
   */
  public void report(Allowance charged) {
    this.allowance = charged;
  }

  @Nullable Allowance allowance() {
    return allowance;
  }

  private static boolean isUrlSafe(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.'
        || c == '~'
        || c == ':';
  }
}
