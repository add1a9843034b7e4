package app.infinitestories.functions.api.userstories;

import app.infinitestories.functions.web.Call;
import app.infinitestories.functions.web.User;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.queue.run.ApproveJob;
import app.infinitestories.queue.run.ChangeResult;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the parent's answer to a script and its pictures. */
public final class Approving {
  private final ApproveJob approveJob;
  private final Answers answers;

  public Approving(ApproveJob approveJob, Answers answers) {
    this.approveJob = approveJob;
    this.answers = answers;
  }

  /** The answer: yes, no, or either with wishes. May name a child: never printed. */
  record Approval(@NotNull Boolean approved, @Size(max = 500) @Nullable String changes) {
    @Override
    public String toString() {
      return "Approval[redacted]";
    }
  }

  JobAnswer.JobEnvelope approve(Call<User> call, Approval body) {
    Optional<String> changes =
        Optional.ofNullable(body.changes()).map(String::strip).filter(text -> !text.isEmpty());
    return switch (approveJob.answer(
        call.user().uid(), call.path("id"), body.approved(), changes)) {
      case ChangeResult.Changed changed ->
          new JobAnswer.JobEnvelope(answers.job(changed.job(), null));
      case ChangeResult.NotFound unknown -> throw new Failure.NotFound();
      case ChangeResult.NotNow now ->
          throw new Failure.Conflict("Nothing is waiting to be approved.", now.state().shown());
      case ChangeResult.ChangedBefore before ->
          throw new Failure.Conflict(
              "The script was rewritten once already: take it, or say no.", "rewritten");
      case ChangeResult.TooOften often ->
          throw new Failure.Conflict(
              "Three stories were turned down this month already: take this one, or cancel it.",
              "turned_down_too_often");
      case ChangeResult.AccountClosing closing ->
          throw new Failure.Conflict("This account is being deleted.", "closing");
      case ChangeResult.TryLater later -> throw new Failure.Unavailable(later.retryAfter(), null);
    };
  }
}
