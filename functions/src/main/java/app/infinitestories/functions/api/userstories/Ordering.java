package app.infinitestories.functions.api.userstories;

import app.infinitestories.functions.web.Call;
import app.infinitestories.functions.web.Reply;
import app.infinitestories.functions.web.User;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.ratelimit.RateLimit;
import app.infinitestories.userstories.OrderStory;
import app.infinitestories.userstories.RetryStory;
import app.infinitestories.userstories.StoryLength;
import app.infinitestories.userstories.StoryOrder;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;

/** Answers the order of a film, and another try of one that failed. */
public final class Ordering {
  /** The limit's name in the account, the same for all versions of the API. */
  static final String GENERATION = "story-generation";

  static final String USUAL_LANGUAGE = "en";
  static final String USUAL_VOICE = "nova";

  private static final OncePerKey.Kind<JobAnswer.JobEnvelope> ORDER =
      new OncePerKey.Kind<>(
          GENERATION,
          RateLimit.STORY_GENERATION,
          JobAnswer.JobEnvelope.class,
          JobAnswer.JobEnvelope::accepted);
  private static final OncePerKey.Kind<LegacyStory> LEGACY_ORDER =
      new OncePerKey.Kind<>(
          GENERATION, RateLimit.STORY_GENERATION, LegacyStory.class, LegacyStory::accepted);
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

  /** The first version of the API has no word about consent: the profile's counts. */
  Reply<LegacyStory> orderLegacy(Call<User> call, SubmitLegacyStory body) {
    return once.answer(
        call,
        "",
        LEGACY_ORDER,
        (key, rate) -> {
          try {
            return orderStory.order(call.user().uid(), body.toOrder(), Optional.empty(), key, rate);
          } catch (Failure.BadInput bad) {
            throw inLegacyWords(bad);
          }
        });
  }

  Reply<JobAnswer.JobEnvelope> retry(Call<User> call) {
    String id = call.path("id");
    return once.answer(
        call, id, RETRY, (key, rate) -> retryStory.retry(call.user().uid(), id, key, rate));
  }

  /** Blames the one field that the old app sent: it knows neither the new names nor others. */
  private static Failure.BadInput inLegacyWords(Failure.BadInput bad) {
    if (bad.details().containsKey("appearance")) {
      return new Failure.BadInput(
          "imagePath",
          "is not enough: photos are not sent to providers here, order by /api/v2 with an"
              + " appearance");
    }
    var problems = new LinkedHashMap<String, String>();
    bad.details()
        .forEach((field, problem) ->
            problems.put(field.equals("photo") ? "imagePath" : field, String.valueOf(problem)));
    return new Failure.BadInput(problems);
  }

  private static StoryOrder order(SubmitStory body) {
    return new StoryOrder(
        body.photo(),
        body.name().strip(),
        body.nickname(),
        body.age(),
        body.genre(),
        Objects.requireNonNullElse(body.language(), USUAL_LANGUAGE),
        body.appearance(),
        body.theme(),
        body.lesson(),
        Objects.requireNonNullElse(body.voice(), USUAL_VOICE),
        StoryLength.ofText(Objects.requireNonNullElse(body.length(), "short")),
        body.video() == null || body.video(),
        body.voiceIdea(),
        body.secondLanguage(),
        body.dedication(),
        Boolean.TRUE.equals(body.requireApproval()));
  }
}
