package app.infinitestories.functions.api.userstories;

import static app.infinitestories.functions.web.Authority.USER;

import app.infinitestories.functions.web.Call;
import app.infinitestories.functions.web.OneOf;
import app.infinitestories.functions.web.RouteGroup;
import app.infinitestories.functions.web.Routes;
import app.infinitestories.functions.web.Status;
import app.infinitestories.functions.web.User;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.privacy.DeleteStory;
import app.infinitestories.ratelimit.RateLimit;
import app.infinitestories.userstories.UserStories;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v2/user-stories}: order a film, follow it, approve it, cancel it, try it again, watch
 * it, delete it.
 */
public final class UserStoryRoutes implements RouteGroup {
  private final Ordering ordering;
  private final UserStories stories;
  private final DeleteStory deleteStory;
  private final Cancelling cancelling;
  private final Approving approving;
  private final Costs costs;
  private final Answers answers;

  public UserStoryRoutes(
      Ordering ordering,
      UserStories stories,
      DeleteStory deleteStory,
      Cancelling cancelling,
      Approving approving,
      Costs costs,
      Answers answers) {
    this.ordering = ordering;
    this.stories = stories;
    this.deleteStory = deleteStory;
    this.cancelling = cancelling;
    this.approving = approving;
    this.costs = costs;
    this.answers = answers;
  }

  /** Which page of which stories. */
  record Listing(
      @OneOf({"queued", "running", "awaiting_approval", "succeeded", "failed", "cancelled"})
          @Nullable String state,
      @Min(1) @Max(100) @Nullable Integer limit,
      @Size(min = 1, max = 200) @Nullable String cursor) {}

  /** A story in a list or by itself: its job, what came of it, or both. */
  record StoryItem(@Nullable JobAnswer job, @Nullable StoryAnswer story) {}

  /** A page, newest first. */
  record StoryPage(List<StoryItem> items, @Nullable String nextCursor) {}

  /** Something was done and there is nothing more to tell. */
  record Success(boolean success) {}

  @Override
  public void mount(Routes r) {
    r.post("/user-stories")
        .auth(USER)
        .limit(RateLimit.STORY_GENERATION)
        .idempotent()
        .body(SubmitStory.class)
        .returns(Status.ACCEPTED, JobAnswer.JobEnvelope.class)
        .fails(
            FailureCode.NOT_FOUND,
            FailureCode.CONSENT_REQUIRED,
            FailureCode.UPLOAD_NOT_CONFIRMED,
            FailureCode.QUEUE_FULL,
            FailureCode.INSUFFICIENT_TOKENS)
        .toReply(ordering::order);
    r.get("/user-stories")
        .auth(USER)
        .limit(RateLimit.READS)
        .query(Listing.class)
        .returns(Status.OK, StoryPage.class)
        .to(this::list);
    r.get("/user-stories/queue")
        .auth(USER)
        .limit(RateLimit.LOOKUPS)
        .returns(Status.OK, QueueLoad.class)
        .to(call -> answers.load());
    r.get("/user-stories/{id}")
        .auth(USER)
        .limit(RateLimit.READS)
        .returns(Status.OK, StoryItem.class)
        .to(this::get);
    r.delete("/user-stories/{id}")
        .auth(USER)
        .limit(RateLimit.DELETIONS)
        .returns(Status.OK, Success.class)
        .fails(FailureCode.CONFLICT)
        .to(this::delete);
    r.post("/user-stories/{id}/cancel")
        .auth(USER)
        .limit(RateLimit.WRITES)
        .returns(Status.OK, Cancelling.Cancelled.class)
        .fails(FailureCode.CONFLICT)
        .to(cancelling::cancel);
    r.post("/user-stories/{id}/retry")
        .auth(USER)
        .limit(RateLimit.STORY_RETRY)
        .idempotent()
        .returns(Status.ACCEPTED, JobAnswer.JobEnvelope.class)
        .fails(
            FailureCode.CONSENT_REQUIRED,
            FailureCode.CONFLICT,
            FailureCode.INPUT_FORGOTTEN,
            FailureCode.QUEUE_FULL,
            FailureCode.INSUFFICIENT_TOKENS)
        .toReply(ordering::retry);
    r.post("/user-stories/{id}/approve")
        .auth(USER)
        .limit(RateLimit.WRITES)
        .body(Approving.Approval.class)
        .returns(Status.OK, JobAnswer.JobEnvelope.class)
        .fails(FailureCode.CONFLICT)
        .to(approving::approve);
    r.get("/user-stories/{id}/cost")
        .auth(USER)
        .limit(RateLimit.LOOKUPS)
        .returns(Status.OK, Costs.CostSheet.class)
        .to(costs::report);
  }

  private StoryPage list(Call<User> call, Listing query) {
    var page =
        StoryPages.read(
            stories,
            call.user().uid(),
            Answers.states(query.state()),
            query.limit(),
            query.cursor());
    return new StoryPage(
        page.items().stream().map(item -> answer(item)).toList(), page.nextCursor());
  }

  private StoryItem get(Call<User> call) {
    return stories
        .find(call.user().uid(), call.path("id"))
        .map(item -> answer(item))
        .orElseThrow(Failure.NotFound::new);
  }

  private StoryItem answer(UserStories.Item item) {
    return new StoryItem(
        item.job() == null ? null : answers.job(item.job(), item.draft()),
        item.story() == null ? null : answers.story(item.story()));
  }

  private Success delete(Call<User> call) {
    deleteStory.delete(call.user().uid(), call.path("id"));
    return new Success(true);
  }
}
