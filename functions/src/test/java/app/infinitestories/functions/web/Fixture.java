package app.infinitestories.functions.web;

import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.ratelimit.Allowance;
import app.infinitestories.ratelimit.RateLimit;
import app.infinitestories.ratelimit.RateLimiter;
import app.infinitestories.ratelimit.SlidingRateLimiter;
import app.infinitestories.testkit.SetClock;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.api.gax.grpc.GrpcStatusCode;
import com.google.api.gax.rpc.ApiExceptionFactory;
import com.google.cloud.storage.StorageException;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A small product of its own, so that the router can be tested without any feature. */
final class Fixture {
  private Fixture() {}

  enum Mood {
    BRAVE,
    VERY_SHY
  }

  record Friend(@NotBlank @Size(max = 5) String name, @Nullable Boolean furry) {}

  record Toy(
      @NotBlank @Size(max = 10) String name,
      @NotNull @Min(1) @Max(18) Integer age,
      @Nullable @Size(max = 2) List<@OneOf({"kind", "loud"}) String> traits,
      @Nullable Mood mood,
      @Nullable @Pattern(regexp = "#[0-9a-f]{6}", message = "must be a colour") String colour,
      @Nullable Friend friend,
      @Nullable Instant madeAt,
      @Nullable String photo,
      @Nullable String heroId) {
    @AssertTrue(message = "give a photo or a heroId, not both")
    @About("photo")
    boolean isNotBoth() {
      return photo == null || heroId == null;
    }
  }

  record ToyQuery(@Nullable @Min(1) @Max(100) Integer limit, @Nullable Mood mood) {
    int limitOrDefault() {
      return limit == null ? 20 : limit;
    }
  }

  record ToyView(String id, String name, @Nullable String note, Mood mood, Instant at) {}

  record Seen(String caller, int limit) {}

  static final class Toys implements RouteGroup {
    @Override
    public void mount(Routes r) {
      r.post("/toys")
          .auth(Authority.USER)
          .limit(RateLimit.WRITES)
          .idempotent()
          .body(Toy.class)
          .returns(Status.CREATED, ToyView.class)
          .or(Status.OK)
          .fails(FailureCode.CONFLICT)
          .toReply((call, toy) ->
              Reply.of(
                  toy.age() == 1 ? Status.OK : Status.CREATED,
                  new ToyView("t1", toy.name(), null, Mood.VERY_SHY, Instant.EPOCH)));
      r.get("/toys")
          .auth(Authority.OPTIONAL)
          .limit(RateLimit.READS)
          .query(ToyQuery.class)
          .returns(Status.OK, Seen.class)
          .to((call, query) ->
              new Seen(call.user().map(User::uid).orElse("nobody"), query.limitOrDefault()));
      r.get("/toys/best")
          .auth(Authority.NONE)
          .unlimited()
          .returns(Status.OK, Seen.class)
          .toReply(call ->
              Reply.of(Status.OK, new Seen("best", 0)).with("Cache-Control", "public, max-age=60"));
      r.get("/toys/{id}")
          .auth(Authority.USER)
          .limit(RateLimit.READS)
          .returns(Status.OK, Seen.class)
          .to(call -> new Seen(call.path("id"), 0));
      r.delete("/toys/{id}")
          .auth(Authority.USER)
          .limit(RateLimit.DELETIONS)
          .noBody()
          .returns(Status.NO_CONTENT)
          .to(call -> {});
      r.post("/toys/{id}/fail/{how}")
          .auth(Authority.USER)
          .unlimited()
          .returns(Status.OK, Seen.class)
          .to(call -> fail(call.path("how")));
      r.post("/stories")
          .auth(Authority.USER)
          .limit(RateLimit.STORY_GENERATION)
          .returns(Status.ACCEPTED, Seen.class)
          .to(call -> {
            call.report(new Allowance(true, 10, 7, Duration.ofMinutes(30)));
            return new Seen(call.user().uid(), 0);
          });
      r.post("/stories/refused")
          .auth(Authority.USER)
          .limit(RateLimit.STORY_GENERATION)
          .returns(Status.ACCEPTED, Seen.class)
          .to(call -> {
            throw new Failure.TooMany(FailureCode.RATE_LIMITED, Duration.ofMillis(1500));
          });
      r.post("/register")
          .auth(Authority.USER)
          .limit(RateLimit.REGISTRATION)
          .noBody()
          .returns(Status.NO_CONTENT)
          .to(call -> {});
      r.get("/admin/jobs/{index}")
          .auth(Authority.ADMIN)
          .limit(RateLimit.READS)
          .returns(Status.OK, Seen.class)
          .to(call -> new Seen(call.user().uid(), call.pathInt("index")));
      r.get("/page")
          .auth(Authority.NONE)
          .unlimited()
          .returns(Status.OK, RawBody.class)
          .to(call -> new RawBody("text/plain", new byte[] {'h', 'i'}));
      r.get("/raw")
          .auth(Authority.NONE)
          .unlimited()
          .returns(Status.OK, JsonNode.class)
          .to(call ->
              StrictJson.read("{\"a\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static Seen fail(String how) {
      throw switch (how) {
        case "tokens" -> Failure.PaymentRequired.insufficientTokens(3, 1);
        case "premium" -> Failure.PaymentRequired.entitlementRequired();
        case "consent" -> new Failure.Forbidden(FailureCode.CONSENT_REQUIRED, "Ask the guardian.");
        case "conflict" -> new Failure.Conflict("It runs.", "running");
        case "redeemed" -> new Failure.Conflict(FailureCode.ALREADY_REDEEMED, "Taken.");
        case "rejected" ->
            new Failure.Unprocessable(
                FailureCode.CONTENT_REJECTED, "Not for children.", Map.of("category", "violence"));
        case "full" -> new Failure.TooMany(FailureCode.QUEUE_FULL, Duration.ofSeconds(90));
        case "down" ->
            new Failure.Unavailable(Duration.ofSeconds(7), new IllegalStateException("secret"));
        case "store-down" -> new StorageException(503, "secret");
        case "store-bug" -> new StorageException(412, "secret");
        case "service-down" ->
            ApiExceptionFactory.createException(
                new IllegalStateException("secret"),
                GrpcStatusCode.of(io.grpc.Status.Code.DEADLINE_EXCEEDED),
                true);
        case "service-bug" ->
            ApiExceptionFactory.createException(
                new IllegalStateException("secret"),
                GrpcStatusCode.of(io.grpc.Status.Code.FAILED_PRECONDITION),
                false);
        case "gone" -> new Failure.NotFound();
        default -> new IllegalStateException("secret inside");
      };
    }
  }

  static final SetClock CLOCK = new SetClock(Instant.parse("2026-01-01T00:00:00Z"));

  /** Tokens are their own names: {@code user-x}, {@code admin-x}; {@code down} finds no service. */
  static User authenticate(String token) {
    if (token.equals("down")) {
      throw new Failure.Unavailable(Duration.ofSeconds(5), null);
    }
    if (!token.startsWith("user-") && !token.startsWith("admin-")) {
      throw new Failure.Unauthenticated();
    }
    return new User(token, null, true, token.startsWith("admin-"));
  }

  static RateLimiter limiter() {
    return new SlidingRateLimiter(
        1,
        () -> {
          throw new Failure.Unavailable(Duration.ofSeconds(5), null);
        },
        CLOCK,
        () -> "mark");
  }

  static Router router(RouteGroup group) {
    return router(group, limiter(), new HttpSettings(Set.of("https://app.example.com"), 1));
  }

  static Router router(RouteGroup group, RateLimiter limiter, HttpSettings settings) {
    AtomicInteger ids = new AtomicInteger();
    return new Router(
        group,
        Fixture::authenticate,
        limiter,
        settings,
        CLOCK,
        () -> "request-" + ids.incrementAndGet());
  }
}
