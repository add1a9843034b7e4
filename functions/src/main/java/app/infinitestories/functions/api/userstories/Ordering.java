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
import app.infinitestories.userstories.OrderStory;
import app.infinitestories.userstories.StoryLength;
import app.infinitestories.userstories.StoryOrder;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Answers the order of a film, once per idempotency key however often it is sent. */
public final class Ordering {
  private static final String REPLAYED = "Idempotent-Replayed";

  private final OrderStory orderStory;
  private final KeepAnswer kept;
  private final RateLimiter limits;

  public Ordering(OrderStory orderStory, KeepAnswer kept, RateLimiter limits) {
    this.orderStory = orderStory;
    this.kept = kept;
    this.limits = limits;
  }

  Reply<JobAnswer.JobEnvelope> order(Call<User> call, SubmitStory body) {
    Optional<Idempotency> key = key(call);
    if (key.isPresent()) {
      // Before anything can refuse: a repeated order is answered as the first one was.
      Optional<SubmitResult> answered = kept.find(key.get());
      if (answered.isPresent()) {
        return reply(call, answered.get());
      }
    }
    int limit = limits.limitOf(RateLimit.STORY_GENERATION);
    var policy = new RatePolicy("story-generation", limit, RateLimit.STORY_GENERATION.window());
    try {
      return reply(
          call,
          orderStory.order(
              call.user().uid(),
              order(body),
              Optional.ofNullable(body.guardianConsent()),
              key,
              policy));
    } catch (Failure.Conflict | Failure.PaymentRequired | Failure.Unprocessable refused) {
      throw key.isPresent() ? keep(key.get(), refused) : refused;
    }
  }

  private Reply<JobAnswer.JobEnvelope> reply(Call<User> call, SubmitResult result) {
    return switch (result) {
      case SubmitResult.Accepted accepted -> {
        accepted.rate().ifPresent(rate -> call.report(allowance(rate, true)));
        yield Reply.of(Status.ACCEPTED, envelope(accepted.job()));
      }
      case SubmitResult.Replayed replayed -> replay(replayed.answer());
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
  private static Reply<JobAnswer.JobEnvelope> replay(StoredAnswer answer) {
    if (answer.status() >= 400) {
      throw KeptFailure.of(answer);
    }
    return Reply.of(Status.ACCEPTED, Json.read(answer.body(), JobAnswer.JobEnvelope.class))
        .with(REPLAYED, "true");
  }

  private Failure keep(Idempotency key, Failure refused) {
    kept.keep(key, KeptFailure.store(refused));
    return refused;
  }

  private static Optional<Idempotency> key(Call<User> call) {
    return call.idempotencyKey()
        .map(value ->
            new Idempotency(
                Hashes.sha256(call.user().uid(), call.route(), value),
                call.bodyHash(),
                job -> new StoredAnswer(202, Json.write(envelope(job)))));
  }

  /** Just accepted: its place in the line is not projected yet. */
  private static JobAnswer.JobEnvelope envelope(JobView job) {
    return new JobAnswer.JobEnvelope(
        JobAnswer.of(
            job,
            null,
            path -> {
              throw new IllegalStateException("a job just accepted has no pictures");
            }));
  }

  private static Allowance allowance(RateLeft rate, boolean granted) {
    return new Allowance(granted, rate.limit(), rate.remaining(), rate.reset());
  }

  private static StoryOrder order(SubmitStory body) {
    return new StoryOrder(
        body.photo(),
        body.name().strip(),
        body.nickname(),
        body.age(),
        body.genre(),
        Objects.requireNonNullElse(body.language(), "en"),
        body.appearance(),
        body.theme(),
        body.lesson(),
        Objects.requireNonNullElse(body.voice(), "nova"),
        StoryLength.ofText(Objects.requireNonNullElse(body.length(), "short")),
        body.video() == null || body.video(),
        body.dedication());
  }
}
