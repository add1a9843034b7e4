package app.infinitestories.functions.api.userstories;

import static app.infinitestories.functions.web.Authority.USER;

import app.infinitestories.functions.web.Call;
import app.infinitestories.functions.web.RouteGroup;
import app.infinitestories.functions.web.Routes;
import app.infinitestories.functions.web.Status;
import app.infinitestories.functions.web.User;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.ratelimit.RateLimit;
import app.infinitestories.userstories.UserStories;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/user-stories}: what the first version of the app speaks. The same stories, line,
 * limit and money as {@link UserStoryRoutes}, in fewer words.
 */
public final class LegacyStoryRoutes implements RouteGroup {
  private final Ordering ordering;
  private final UserStories stories;
  private final Answers answers;

  public LegacyStoryRoutes(Ordering ordering, UserStories stories, Answers answers) {
    this.ordering = ordering;
    this.stories = stories;
    this.answers = answers;
  }

  /** Which page. */
  record LegacyListing(
      @Min(1) @Max(100) @Nullable Integer limit,
      @Size(min = 1, max = 200) @Nullable String cursor) {}

  /** A page, newest first. */
  record LegacyPage(List<LegacyStory> stories, @Nullable String nextCursor) {}

  @Override
  public void mount(Routes r) {
    r.post("/user-stories")
        .auth(USER)
        .limit(RateLimit.STORY_GENERATION)
        .idempotent()
        .body(SubmitLegacyStory.class)
        .returns(Status.ACCEPTED, LegacyStory.class)
        .fails(
            FailureCode.NOT_FOUND,
            FailureCode.CONSENT_REQUIRED,
            FailureCode.UPLOAD_NOT_CONFIRMED,
            FailureCode.QUEUE_FULL,
            FailureCode.INSUFFICIENT_TOKENS)
        .toReply(ordering::orderLegacy);
    r.get("/user-stories")
        .auth(USER)
        .limit(RateLimit.READS)
        .query(LegacyListing.class)
        .returns(Status.OK, LegacyPage.class)
        .to(this::list);
    r.get("/user-stories/{id}")
        .auth(USER)
        .limit(RateLimit.READS)
        .returns(Status.OK, LegacyStory.class)
        .to(this::get);
  }

  private LegacyPage list(Call<User> call, LegacyListing query) {
    var page =
        StoryPages.read(stories, call.user().uid(), List.of(), query.limit(), query.cursor());
    return new LegacyPage(page.items().stream().map(answers::legacy).toList(), page.nextCursor());
  }

  private LegacyStory get(Call<User> call) {
    return stories
        .find(call.user().uid(), call.path("id"))
        .map(answers::legacy)
        .orElseThrow(Failure.NotFound::new);
  }
}
