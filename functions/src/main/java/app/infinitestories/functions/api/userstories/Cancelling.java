package app.infinitestories.functions.api.userstories;

import app.infinitestories.functions.web.Call;
import app.infinitestories.functions.web.User;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.queue.run.CancelJob;
import app.infinitestories.queue.run.ChangeResult;

/** Answers the wish to cancel a film that is not finished. */
public final class Cancelling {
  private final CancelJob cancelJob;
  private final Answers answers;

  public Cancelling(CancelJob cancelJob, Answers answers) {
    this.cancelJob = cancelJob;
    this.answers = answers;
  }

  /** The job as it is now, and what the account got back. */
  record Cancelled(JobAnswer job, Returned returned) {}

  /** Tokens, and units of the month's quota. */
  record Returned(long tokens, long quota) {}

  Cancelled cancel(Call<User> call) {
    return switch (cancelJob.cancel(call.user().uid(), call.path("id"))) {
      case ChangeResult.Changed changed ->
          new Cancelled(
              answers.job(changed.job(), null),
              new Returned(changed.returned().tokens(), changed.returned().quota()));
      case ChangeResult.NotFound unknown -> throw new Failure.NotFound();
      case ChangeResult.NotNow now ->
          throw new Failure.Conflict("The story is finished already.", now.state().shown());
      case ChangeResult.TooOften often ->
          throw new IllegalStateException("cancelling is not limited by the month");
      case ChangeResult.ChangedBefore before ->
          throw new IllegalStateException("cancelling changes nothing in the story");
      case ChangeResult.AccountClosing closing ->
          throw new Failure.Conflict("This account is being deleted.", "closing");
      case ChangeResult.TryLater later -> throw new Failure.Unavailable(later.retryAfter(), null);
    };
  }
}
