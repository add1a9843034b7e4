package app.infinitestories.functions.web;

import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.platform.firestore.Waiting;
import app.infinitestories.ratelimit.Allowance;
import app.infinitestories.ratelimit.RateLimit;
import app.infinitestories.ratelimit.RateLimiter;
import app.infinitestories.ratelimit.SlidingRateLimiter;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests. The order of checks is the product's promise: path and method, who, role, size
 * and kind of the body, its content, the limit; what follows is the handler's.
 */
public final class Router {
  private static final int LONGEST_REQUEST_ID = 128;
  private static final String BEARER = "bearer ";

  private final RouteTable table;
  private final Authenticator authenticator;
  private final RateLimiter limiter;
  private final HttpSettings settings;
  private final Cors cors;
  private final Clock clock;
  private final IdSource requestIds;

  /**
   * @param routes everything that is mounted; a mistake in a route is thrown from here
   * @param requestIds fresh ids for requests that bring none
   */
  public Router(
      RouteGroup routes,
      Authenticator authenticator,
      RateLimiter limiter,
      HttpSettings settings,
      Clock clock,
      IdSource requestIds) {
    this.table = new RouteTable(Routes.collect(routes));
    this.authenticator = authenticator;
    this.limiter = limiter;
    this.settings = settings;
    this.cors = new Cors(settings.corsOrigins());
    this.clock = clock;
    this.requestIds = requestIds;
  }

  /** Answers one request of the functions framework. */
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    Incoming incoming = FrameworkHttp.read(request);
    FrameworkHttp.write(answer(incoming), incoming.method().equals("HEAD"), response);
  }

  /** What one request has come to so far; its answer's headers and its log line are made of it. */
  private static final class Progress {
    final String requestId;
    String route = "-";
    @Nullable Authority<?> authority;
    @Nullable User user;
    @Nullable RateLimit limit;
    @Nullable Allowance allowance;
    @Nullable Call<?> call;

    Progress(String requestId) {
      this.requestId = requestId;
    }
  }

  Outgoing answer(Incoming incoming) {
    Instant begin = clock.instant();
    Progress progress = new Progress(requestId(incoming));
    Outgoing answer =
        Waiting.within(settings.answerWithin(), () -> answerOrFailure(incoming, progress));
    addHeaders(answer.headers(), incoming, progress);
    AccessLog.answered(
        progress.requestId,
        progress.route,
        answer.status(),
        Duration.between(begin, clock.instant()),
        progress.user == null ? null : progress.user.uid());
    return answer;
  }

  // the edge of the process: whatever was thrown becomes a 500
  private Outgoing answerOrFailure(Incoming incoming, Progress progress) {
    try {
      return switch (table.find(incoming.method(), incoming.rawPath())) {
        case RouteTable.Match.Nothing nothing -> throw new Failure.NotFound();
        case RouteTable.Match.WrongMethod(List<String> allowed)
            when incoming.method().equals("OPTIONS") ->
            cors.preflight(incoming, allowed);
        case RouteTable.Match.WrongMethod(List<String> allowed) ->
            throw new Failure.MethodNotAllowed(allowed);
        case RouteTable.Match.Found found ->
            run(incoming, found.endpoint(), found.parameters(), progress);
      };
    } catch (Failure.Unavailable unavailable) {
      AccessLog.unavailable(progress.requestId, progress.route, unavailable.getCause());
      return ErrorMapper.answer(unavailable);
    } catch (Failure failure) {
      noteRefusal(failure, progress);
      return ErrorMapper.answer(failure);
    } catch (RuntimeException fault) {
      Optional<Failure.Unavailable> outage = Outages.of(fault);
      if (outage.isPresent()) {
        AccessLog.unavailable(progress.requestId, progress.route, fault);
        return ErrorMapper.answer(outage.get());
      }
      AccessLog.failed(progress.requestId, progress.route, fault);
      return ErrorMapper.internal();
    }
  }

  private <P, I> Outgoing run(
      Incoming incoming,
      Endpoint<P, I> endpoint,
      Map<String, String> parameters,
      Progress progress) {
    progress.route = endpoint.name();
    progress.authority = endpoint.authority();
    String address = ClientAddress.of(incoming, settings.trustedProxies());
    SenderCheck<P> check = endpoint.authority().check();
    P caller =
        check == null
            ? person(incoming, endpoint.authority(), progress)
            : machine(check, incoming, endpoint.name(), address, progress);
    User user = progress.user;
    byte[] body = RequestReader.body(incoming, endpoint);
    I input = RequestReader.input(incoming, endpoint, body);
    if (endpoint.limit().isPresent()) {
      charge(endpoint.limit().get(), endpoint.name(), user, address, progress);
    }
    Call<P> call =
        new Call<>(
            incoming, progress.requestId, endpoint.name(), caller, parameters, address, body);
    progress.call = call;
    Outgoing answer = write(endpoint.handler().apply(call, input));
    return user == null && endpoint.cached().isPresent()
        ? EntityTags.tagged(answer, incoming, endpoint.cached().get())
        : answer;
  }

  private <P> P person(Incoming incoming, Authority<P> authority, Progress progress) {
    User user = authenticate(incoming, authority);
    progress.user = user;
    if (user != null && user.leaving() && !authority.letsLeavingIn()) {
      throw new Failure.Unauthenticated(
          FailureCode.UNAUTHENTICATED, "This account is being deleted.");
    }
    if (authority.needsAdmin() && (user == null || !user.admin())) {
      throw new Failure.Forbidden();
    }
    return authority.principal(user);
  }

  /** Whoever proves themselves is never counted; who does not may try a few times a minute. */
  private <P> P machine(
      SenderCheck<P> check, Incoming incoming, String route, String address, Progress progress) {
    try {
      return check.check(new Letter(incoming));
    } catch (Failure.Unauthenticated unproven) {
      charge(RateLimit.UNPROVEN_WEBHOOKS, route, null, address, progress);
      throw unproven;
    }
  }

  private @Nullable User authenticate(Incoming incoming, Authority<?> authority) {
    if (authority.token() == Authority.Token.IGNORED) {
      return null;
    }
    List<String> values = incoming.headerValues("Authorization");
    if (values.isEmpty() && authority.token() == Authority.Token.ALLOWED) {
      return null;
    }
    String value = values.size() == 1 ? values.getFirst() : "";
    if (!value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw new Failure.Unauthenticated();
    }
    String token = value.substring(BEARER.length()).strip();
    if (token.isEmpty()) {
      throw new Failure.Unauthenticated();
    }
    return authenticator.authenticate(token);
  }

  private void charge(
      RateLimit limit, String route, @Nullable User user, String address, Progress progress) {
    progress.limit = limit;
    String caller = user == null ? "address:" + address : SlidingRateLimiter.caller(user.uid());
    Optional<Allowance> charged = limiter.charge(limit, route, caller);
    if (charged.isPresent()) {
      progress.allowance = charged.get();
      if (!charged.get().granted()) {
        throw new Failure.TooMany(FailureCode.RATE_LIMITED, charged.get().untilReset());
      }
    }
  }

  /** A limit that the accepting batch refused: its numbers follow from the refusal. */
  private void noteRefusal(Failure failure, Progress progress) {
    boolean reported = progress.call != null && progress.call.allowance() != null;
    if (failure instanceof Failure.TooMany tooMany
        && tooMany.code() == FailureCode.RATE_LIMITED
        && progress.limit != null
        && progress.allowance == null
        && !reported) {
      progress.allowance =
          new Allowance(
              false,
              limiter.limitOf(progress.limit),
              0,
              tooMany.retryAfter().orElse(progress.limit.window()));
    }
  }

  private static Outgoing write(Reply<?> reply) {
    Object body = reply.body();
    Outgoing answer =
        switch (body) {
          case null -> new Outgoing(reply.status().code(), new byte[0]);
          case RawBody raw -> {
            Outgoing page = new Outgoing(reply.status().code(), raw.bytes());
            page.headers().put("Content-Type", raw.contentType());
            yield page;
          }
          default -> Outgoing.json(reply.status().code(), AnswerJson.write(body));
        };
    answer.headers().putAll(reply.headers());
    return answer;
  }

  private void addHeaders(Map<String, String> headers, Incoming incoming, Progress progress) {
    headers.put("X-Request-Id", progress.requestId);
    headers.put("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    if (progress.user != null) {
      // whatever the handler says: what belongs to a person is kept by nobody on the way
      headers.put("Cache-Control", "private, no-store");
    } else {
      headers.putIfAbsent("Cache-Control", "no-store");
    }
    if (progress.authority == Authority.OPTIONAL) {
      headers.merge("Vary", "Authorization", (before, more) -> before + ", " + more);
    }
    cors.addTo(headers, incoming);
    Allowance reported = progress.call == null ? null : progress.call.allowance();
    Allowance allowance = reported == null ? progress.allowance : reported;
    if (allowance != null) {
      headers.put("RateLimit-Limit", Integer.toString(allowance.limit()));
      headers.put("RateLimit-Remaining", Integer.toString(allowance.remaining()));
      headers.put("RateLimit-Reset", Long.toString(allowance.resetSeconds()));
    }
  }

  /** The client's own id if it is harmless in logs, else a fresh one. */
  private String requestId(Incoming incoming) {
    return incoming
        .header("X-Request-Id")
        .filter(id -> !id.isEmpty() && id.length() <= LONGEST_REQUEST_ID)
        .filter(id -> id.chars().allMatch(Router::isSane))
        .orElseGet(requestIds::next);
  }

  private static boolean isSane(int c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
  }
}
