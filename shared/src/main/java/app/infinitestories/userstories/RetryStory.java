package app.infinitestories.userstories;

import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.queue.JobState;
import app.infinitestories.queue.line.Idempotency;
import app.infinitestories.queue.line.RatePolicy;
import app.infinitestories.queue.line.RetryJob;
import app.infinitestories.queue.line.SubmitResult;
import app.infinitestories.users.Profiles;
import java.util.Optional;

/** Lets a failed film go on from its last good step, with a new hold. */
public final class RetryStory {
  private final UserStories stories;
  private final Profiles profiles;
  private final RetryJob retry;

  public RetryStory(UserStories stories, Profiles profiles, RetryJob retry) {
    this.stories = stories;
    this.profiles = profiles;
    this.retry = retry;
  }

  /**
   * Puts the job in line once more.
   *
   * @throws Failure.NotFound for an unknown or a foreign story
   * @throws Failure.Forbidden CONSENT_REQUIRED when the guardian has taken the consent back
   */
  public SubmitResult retry(
      String uid, String id, Optional<Idempotency> idempotency, RatePolicy rate) {
    UserStories.Item item = stories.find(uid, id).orElseThrow(Failure.NotFound::new);
    if (profiles.get(uid).guardianConsentAt() == null) {
      throw new Failure.Forbidden(
          FailureCode.CONSENT_REQUIRED, "A guardian must agree before a child's photo is used.");
    }
    return item.job() == null
        ? new SubmitResult.NotNow(JobState.SUCCEEDED)
        : retry.retry(uid, id, idempotency, Optional.of(rate));
  }
}
