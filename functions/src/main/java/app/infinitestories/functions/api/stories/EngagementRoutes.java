package app.infinitestories.functions.api.stories;

import static app.infinitestories.functions.web.Authority.USER;

import app.infinitestories.catalog.CatalogStory;
import app.infinitestories.catalog.StoryLookup;
import app.infinitestories.engagement.ContinueWatching;
import app.infinitestories.engagement.Favorites;
import app.infinitestories.engagement.Likes;
import app.infinitestories.engagement.Marked;
import app.infinitestories.engagement.RecordProgress;
import app.infinitestories.functions.web.Call;
import app.infinitestories.functions.web.Cursor;
import app.infinitestories.functions.web.RouteGroup;
import app.infinitestories.functions.web.Routes;
import app.infinitestories.functions.web.Status;
import app.infinitestories.functions.web.User;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.ratelimit.RateLimit;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a user does with the catalogue's stories: keeps them, likes them, watches them. */
public final class EngagementRoutes implements RouteGroup {
  private static final int PAGE = 20;

  /** Players stop a frame or two behind what we measured as the scene's end. */
  private static final double OVERSHOOT_SECONDS = 0.5;

  private final StoryLookup stories;
  private final Favorites favorites;
  private final Likes likes;
  private final RecordProgress progress;
  private final ContinueWatching continueWatching;
  private final StoryViews views;
  private final MarkedLists lists;

  public EngagementRoutes(
      StoryLookup stories,
      Favorites favorites,
      Likes likes,
      RecordProgress progress,
      ContinueWatching continueWatching,
      StoryViews views) {
    this.stories = stories;
    this.favorites = favorites;
    this.likes = likes;
    this.progress = progress;
    this.continueWatching = continueWatching;
    this.views = views;
    this.lists = new MarkedLists(stories);
  }

  /** Which page. */
  record Paging(
      @Min(1) @Max(100) @Nullable Integer limit,
      @Size(min = 1, max = 400) @Nullable String cursor) {}

  /** A page of a user's stories. */
  record OwnStories(List<CatalogStoryView> stories, @Nullable String nextCursor) {}

  /** How many like a story, the caller among them or not. */
  record LikeAnswer(long likes, boolean isLiked) {}

  /**
   * Where a viewer is.
   *
   * @param positionSeconds from the scene's beginning
   */
  record WatchedTo(
      @NotNull @Size(min = 1, max = 200) String chapterId,
      @NotNull @Size(min = 1, max = 200) String sceneId,
      @NotNull Double positionSeconds,
      @NotNull Instant watchedAt) {}

  @Override
  public void mount(Routes r) {
    r.get("/stories/favorites")
        .auth(USER)
        .limit(RateLimit.READS)
        .query(Paging.class)
        .returns(Status.OK, OwnStories.class)
        .to((call, paging) -> page(call, paging, favorites::page));
    r.get("/stories/continue-watching")
        .auth(USER)
        .limit(RateLimit.READS)
        .query(Paging.class)
        .returns(Status.OK, OwnStories.class)
        .to((call, paging) -> page(call, paging, continueWatching::page));
    r.put("/stories/{storyId}/favorite")
        .auth(USER)
        .limit(RateLimit.REACTIONS)
        .noBody()
        .returns(Status.NO_CONTENT)
        .to(call -> favorites.put(call.user().uid(), story(call).id()));
    r.delete("/stories/{storyId}/favorite")
        .auth(USER)
        .limit(RateLimit.REACTIONS)
        .noBody()
        .returns(Status.NO_CONTENT)
        .to(call -> favorites.delete(call.user().uid(), story(call).id()));
    r.put("/stories/{storyId}/progress")
        .auth(USER)
        .limit(RateLimit.PROGRESS)
        .body(WatchedTo.class)
        .returns(Status.NO_CONTENT)
        .to(this::watched);
    r.put("/stories/{storyId}/like")
        .auth(USER)
        .limit(RateLimit.REACTIONS)
        .noBody()
        .returns(Status.OK, LikeAnswer.class)
        .to(this::like);
    r.delete("/stories/{storyId}/like")
        .auth(USER)
        .limit(RateLimit.REACTIONS)
        .noBody()
        .returns(Status.OK, LikeAnswer.class)
        .to(this::unlike);
  }

  /** A list of one user. */
  private interface OwnList {
    List<Marked> page(String uid, int limit, Optional<Marked> after);
  }

  private OwnStories page(Call<User> call, Paging paging, OwnList list) {
    String uid = call.user().uid();
    Optional<Marked> after =
        Optional.ofNullable(paging.cursor())
            .map(Cursor::decode)
            .map(place -> new Marked(place.at(), place.id()));
    MarkedLists.Page page =
        lists.page(
            (limit, from) -> list.page(uid, limit, from),
            paging.limit() == null ? PAGE : paging.limit(),
            after);
    return new OwnStories(
        views.of(Optional.of(call.user()), page.stories()),
        page.next().map(last -> new Cursor(last.at(), last.storyId()).encode()).orElse(null));
  }

  private LikeAnswer like(Call<User> call) {
    CatalogStory story = story(call);
    likes.like(call.user().uid(), story.id(), story.genre(), story.language());
    return new LikeAnswer(likes.count(story.id()), true);
  }

  private LikeAnswer unlike(Call<User> call) {
    CatalogStory story = story(call);
    likes.unlike(call.user().uid(), story.id());
    return new LikeAnswer(likes.count(story.id()), false);
  }

  private void watched(Call<User> call, WatchedTo to) {
    Map<String, String> problems = new LinkedHashMap<>();
    if (to.positionSeconds() < 0) {
      problems.put("positionSeconds", "must not be negative");
    }
    progress.problem(to.watchedAt()).ifPresent(problem -> problems.put("watchedAt", problem));
    if (!problems.isEmpty()) {
      throw new Failure.BadInput(problems);
    }
    StoryLookup.Place place =
        stories
            .find(call.path("storyId"), to.chapterId(), to.sceneId())
            .orElseThrow(Failure.NotFound::new);
    double length = place.scene().durationSeconds();
    if (to.positionSeconds() > length + OVERSHOOT_SECONDS) {
      throw new Failure.BadInput(
          "positionSeconds", "is beyond the scene, which is " + length + " seconds long");
    }
    double position = Math.min(to.positionSeconds(), length);
    progress.record(
        call.user().uid(),
        new RecordProgress.Report(
            place.story().id(),
            place.story().genre(),
            place.story().language(),
            place.chapter().id(),
            place.scene().id(),
            position,
            place.startSeconds() + position,
            place.isLast(),
            to.watchedAt()));
  }

  private CatalogStory story(Call<User> call) {
    return stories.find(call.path("storyId")).orElseThrow(Failure.NotFound::new);
  }
}
