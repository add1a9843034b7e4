package app.infinitestories.functions.api.userstories;

import app.infinitestories.functions.web.Call;
import app.infinitestories.functions.web.Reply;
import app.infinitestories.functions.web.User;
import app.infinitestories.ratelimit.RateLimit;
import app.infinitestories.userstories.OrderStory;
import app.infinitestories.userstories.RetryStory;
import app.infinitestories.userstories.StoryLength;
import app.infinitestories.userstories.StoryOrder;
import java.util.Objects;
import java.util.Optional;

/** Answers the order of a film, and another try of one that failed. */
public final class Ordering {
  /** The limit's name in the account, the same for all versions of the API. */
  static final String GENERATION = "story-generation";

  private static final OncePerKey.Kind<JobAnswer.JobEnvelope> ORDER =
      new OncePerKey.Kind<>(
          GENERATION,
          RateLimit.STORY_GENERATION,
          JobAnswer.JobEnvelope.class,
          JobAnswer.JobEnvelope::accepted);
  private static final OncePerKey.Kind<JobAnswer.JobEnvelope> RETRY =
      new OncePerKey.Kind<>(
          "story-retry",
          RateLimit.STORY_RETRY,
          JobAnswer.JobEnvelope.class,
          JobAnswer.JobEnvelope::accepted);

  private final OrderStory orderStory;
  private final RetryStory retryStory;
  private final OncePerKey once;

  public Ordering(OrderStory orderStory, RetryStory retryStory, OncePerKey once) {
    this.orderStory = orderStory;
    this.retryStory = retryStory;
    this.once = once;
  }

  Reply<JobAnswer.JobEnvelope> order(Call<User> call, SubmitStory body) {
    return once.answer(
        call,
        "",
        ORDER,
        (key, rate) ->
            orderStory.order(
                call.user().uid(),
                order(body),
                Optional.ofNullable(body.guardianConsent()),
                key,
                rate));
  }

  Reply<JobAnswer.JobEnvelope> retry(Call<User> call) {
    String id = call.path("id");
    return once.answer(
        call, id, RETRY, (key, rate) -> retryStory.retry(call.user().uid(), id, key, rate));
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
        body.voiceIdea(),
        body.secondLanguage(),
        body.dedication(),
        Boolean.TRUE.equals(body.requireApproval()));
  }
}
