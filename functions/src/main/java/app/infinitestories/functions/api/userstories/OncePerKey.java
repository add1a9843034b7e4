package app.infinitestories.functions.api.userstories;

import app.infinitestories.functions.web.Call;
import app.infinitestories.functions.web.Reply;
import app.infinitestories.functions.web.Status;
import app.infinitestories.functions.web.User;
import app.infinitestories.platform.Hashes;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.platform.json.Json;
import app.infinitestories.queue.JobView;
import app.infinitestories.queue.line.Idempotency;
import app.infinitestories.queue.line.KeepAnswer;
import app.infinitestories.queue.line.RateLeft;
import app.infinitestories.queue.line.RatePolicy;
import app.infinitestories.queue.line.StoredAnswer;
import app.infinitestories.queue.line.SubmitResult;
import app.infinitestories.ratelimit.Allowance;
import app.infinitestories.ratelimit.RateLimit;
import app.infinitestories.ratelimit.RateLimiter;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Answers requests that put a job in line, once per idempotency key however often they come. */
public final class OncePerKey {
  private static final String REPLAYED = "Idempotent-Replayed";

  private final KeepAnswer kept;
  private final RateLimiter limits;

  public OncePerKey(KeepAnswer kept, RateLimiter limits) {
    this.kept = kept;
    this.limits = limits;
  }

  /**
   * A kind of request.
   *
   * @param limit charged by the batch that accepts, whichever route the request came by
   * @param answer what an accepted job looks like, before it has a place or pictures
   */
  record Kind<T>(String policy, RateLimit limit, Class<T> type, Function<JobView, T> answer) {}

  /** Puts the job in line, or says why not. */
  @FunctionalInterface
  interface Request {
    SubmitResult send(Optional<Idempotency> key, RatePolicy rate);
  }

  /**
   * Sends the request unless its key was answered before.
   *
   * @param resource what of the path the route's template does not tell
   */
  <T> Reply<T> answer(Call<User> call, String resource, Kind<T> kind, Request request) {
    Optional<Idempotency> key = key(call, resource, kind);
    if (key.isPresent()) {
      // Before anything can refuse: a repeated request is answered as the first one was.
      Optional<SubmitResult> answered = kept.find(key.get());
      if (answered.isPresent()) {
        return reply(call, kind, answered.get());
      }
    }
    var policy = new RatePolicy(kind.policy(), limits.limitOf(kind.limit()), kind.limit().window());
    try {
      return reply(call, kind, request.send(key, policy));
    } catch (Failure.Conflict | Failure.PaymentRequired | Failure.Unprocessable refused) {
      throw key.isPresent() ? keep(key.get(), refused) : refused;
    }
  }

  private <T> Reply<T> reply(Call<User> call, Kind<T> kind, SubmitResult result) {
    return switch (result) {
      case SubmitResult.Accepted accepted -> {
        accepted.rate().ifPresent(rate -> call.report(allowance(rate, true)));
        yield Reply.of(Status.ACCEPTED, kind.answer().apply(accepted.job()));
      }
      case SubmitResult.Replayed replayed -> replay(kind, replayed.answer());
      case SubmitResult.KeyReused reused ->
          throw new Failure.Unprocessable(
              FailureCode.IDEMPOTENCY_KEY_REUSED,
              "This Idempotency-Key was used with another body.",
              Map.of());
      case SubmitResult.RateLimited limited -> {
        call.report(allowance(limited.rate(), false));
        throw new Failure.TooMany(FailureCode.RATE_LIMITED, limited.retryAfter());
      }
      case SubmitResult.QueueFull full ->
          throw new Failure.TooMany(FailureCode.QUEUE_FULL, full.retryAfter());
      case SubmitResult.InsufficientTokens poor ->
          throw Failure.PaymentRequired.insufficientTokens(poor.needed(), poor.available());
      case SubmitResult.AccountClosing closing ->
          throw new Failure.Conflict("This account is being deleted.", "closing");
      case SubmitResult.Conflict conflict ->
          throw new Failure.Conflict("Something that this rests on has changed.", "changed");
      case SubmitResult.TryLater later -> throw new Failure.Unavailable(later.retryAfter(), null);
      case SubmitResult.NotFound unknown -> throw new Failure.NotFound();
      case SubmitResult.NotNow now ->
          throw new Failure.Conflict("The story is in another state.", now.state().shown());
      case SubmitResult.InputForgotten forgotten ->
          throw new Failure.Conflict(
              FailureCode.INPUT_FORGOTTEN, "What the story was made from is gone by now.");
    };
  }

  /** The first answer once more, whether it was a success or a refusal. */
  private static <T> Reply<T> replay(Kind<T> kind, StoredAnswer answer) {
    if (answer.status() >= 400) {
      throw KeptFailure.of(answer);
    }
    return Reply.of(Status.ACCEPTED, Json.read(answer.body(), kind.type())).with(REPLAYED, "true");
  }

  private Failure keep(Idempotency key, Failure refused) {
    kept.keep(key, KeptFailure.store(refused));
    return refused;
  }

  private static <T> Optional<Idempotency> key(Call<User> call, String resource, Kind<T> kind) {
    return call.idempotencyKey()
        .map(value ->
            new Idempotency(
                resource.isEmpty()
                    ? Hashes.sha256(call.user().uid(), call.route(), value)
                    : Hashes.sha256(call.user().uid(), call.route(), resource, value),
                call.bodyHash(),
                job -> new StoredAnswer(202, Json.write(kind.answer().apply(job)))));
  }

  private static Allowance allowance(RateLeft rate, boolean granted) {
    return new Allowance(granted, rate.limit(), rate.remaining(), rate.reset());
  }
}
