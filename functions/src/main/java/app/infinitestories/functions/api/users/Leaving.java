package app.infinitestories.functions.api.users;

import app.infinitestories.functions.web.Call;
import app.infinitestories.functions.web.User;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.privacy.CloseAccount;
import app.infinitestories.queue.line.RateLeft;
import app.infinitestories.queue.line.RatePolicy;
import app.infinitestories.queue.line.SubmitResult;
import app.infinitestories.ratelimit.Allowance;
import app.infinitestories.ratelimit.RateLimit;
import app.infinitestories.ratelimit.RateLimiter;
import java.time.Duration;

/** Answers the wish to be deleted. */
public final class Leaving {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

  private final CloseAccount closeAccount;
  private final RateLimiter limits;

  public Leaving(CloseAccount closeAccount, RateLimiter limits) {
    this.closeAccount = closeAccount;
    this.limits = limits;
  }

  /** The job that deletes everything. */
  record DeletionJob(String id) {}

  /** The answer: it goes on without the app. */
  record DeletionEnvelope(DeletionJob job) {}

  DeletionEnvelope delete(Call<User> call) {
    RateLimit limit = RateLimit.ACCOUNT_DELETION;
    var policy = new RatePolicy("account-deletion", limits.limitOf(limit), limit.window());
    return switch (closeAccount.close(call.user().uid(), policy)) {
      case CloseAccount.Result.Closing closing -> {
        closing
            .accepted()
            .flatMap(SubmitResult.Accepted::rate)
            .ifPresent(rate -> call.report(allowance(rate, true)));
        yield new DeletionEnvelope(new DeletionJob(closing.jobId()));
      }
      case CloseAccount.Result.Refused(SubmitResult.RateLimited limited) -> {
        call.report(allowance(limited.rate(), false));
        throw new Failure.TooMany(FailureCode.RATE_LIMITED, limited.retryAfter());
      }
      case CloseAccount.Result.Refused(SubmitResult.QueueFull full) ->
          throw new Failure.TooMany(FailureCode.QUEUE_FULL, full.retryAfter());
      case CloseAccount.Result.Refused(SubmitResult.TryLater later) ->
          throw new Failure.Unavailable(later.retryAfter(), null);
      case CloseAccount.Result.Refused other -> throw new Failure.Unavailable(TRY_AGAIN, null);
    };
  }

  private static Allowance allowance(RateLeft rate, boolean granted) {
    return new Allowance(granted, rate.limit(), rate.remaining(), rate.reset());
  }
}
