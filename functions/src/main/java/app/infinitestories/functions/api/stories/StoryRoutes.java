package app.infinitestories.functions.api.stories;

import static app.infinitestories.functions.web.Authority.OPTIONAL;

import app.infinitestories.accounts.Entitlements;
import app.infinitestories.catalog.Catalog;
import app.infinitestories.catalog.CatalogReads;
import app.infinitestories.catalog.CatalogStory;
import app.infinitestories.catalog.Chapter;
import app.infinitestories.catalog.StoryFilter;
import app.infinitestories.catalog.StoryPage;
import app.infinitestories.engagement.StoryState;
import app.infinitestories.engagement.StoryStates;
import app.infinitestories.functions.api.values.AgeBand;
import app.infinitestories.functions.api.values.Genre;
import app.infinitestories.functions.api.values.Language;
import app.infinitestories.functions.web.Call;
import app.infinitestories.functions.web.Cursor;
import app.infinitestories.functions.web.RouteGroup;
import app.infinitestories.functions.web.Routes;
import app.infinitestories.functions.web.Status;
import app.infinitestories.functions.web.User;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.ratelimit.RateLimit;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/stories}: the catalogue, for everybody. Callers who are not signed in are answered
 * from what this instance read lately; signed-in ones see what is there now, and their own state.
 *
 * <p>A story and the heads of its chapters can always be seen. Scenes of a premium chapter take an
 * entitlement: without one the chapter, and the list of chapters that holds it, are 402 (401 for
 * who is not signed in). So a list that is answered can be played from beginning to end; without
 * entitlement an app shows the story's heads with locks, and gets its free chapters one by one.
 */
public final class StoryRoutes implements RouteGroup {
  private static final int PAGE = 20;
  private static final Duration FRESH = Duration.ofSeconds(60);

  private final Catalog catalog;
  private final CatalogReads recent;
  private final StoryStates states;
  private final StoryViews views;
  private final Entitlements entitlements;
  private final MediaStore media;

  /**
   * @param recent the same catalogue, as callers who are not signed in may see it
   */
  public StoryRoutes(
      Catalog catalog,
      CatalogReads recent,
      StoryStates states,
      Entitlements entitlements,
      MediaStore media) {
    this.catalog = catalog;
    this.recent = recent;
    this.states = states;
    this.views = new StoryViews(states, media);
    this.entitlements = entitlements;
    this.media = media;
  }

  /** Which page of which stories. */
  record Listing(
      @Language @Nullable String language,
      @Genre @Nullable String genre,
      @AgeBand @Nullable String ageBand,
      @Min(1) @Max(100) @Nullable Integer limit,
      @Size(min = 1, max = 400) @Nullable String cursor) {}

  /** A page of the catalogue. */
  record CatalogPage(List<CatalogStoryView> stories, @Nullable String nextCursor) {}

  /** A story with the heads of its chapters. */
  record StoryDetails(
      @JsonUnwrapped CatalogStoryView story, List<ChapterView.ChapterHeadView> chapters) {}

  /** One story. */
  record StoryEnvelope(StoryDetails story) {}

  /** All chapters of a story, by index. */
  record ChapterList(List<ChapterView> chapters) {}

  /** One chapter. */
  record ChapterEnvelope(ChapterView chapter) {}

  @Override
  public void mount(Routes r) {
    r.get("/stories")
        .auth(OPTIONAL)
        .limit(RateLimit.READS)
        .query(Listing.class)
        .returns(Status.OK, CatalogPage.class)
        .cached(FRESH)
        .to(this::list);
    r.get("/stories/{storyId}")
        .auth(OPTIONAL)
        .limit(RateLimit.READS)
        .returns(Status.OK, StoryEnvelope.class)
        .cached(FRESH)
        .to(this::get);
    r.get("/stories/{storyId}/chapters")
        .auth(OPTIONAL)
        .limit(RateLimit.READS)
        .returns(Status.OK, ChapterList.class)
        .cached(FRESH)
        .fails(FailureCode.ENTITLEMENT_REQUIRED)
        .to(this::chapters);
    r.get("/stories/{storyId}/chapters/{chapterId}")
        .auth(OPTIONAL)
        .limit(RateLimit.READS)
        .returns(Status.OK, ChapterEnvelope.class)
        .cached(FRESH)
        .fails(FailureCode.ENTITLEMENT_REQUIRED)
        .to(this::chapter);
  }

  private CatalogPage list(Call<Optional<User>> call, Listing query) {
    int limit = query.limit() == null ? PAGE : query.limit();
    Optional<StoryPage.After> after =
        Optional.ofNullable(query.cursor())
            .map(Cursor::decode)
            .map(place -> new StoryPage.After(place.at(), place.id()));
    StoryPage page =
        reads(call)
            .list(new StoryFilter(query.language(), query.genre(), query.ageBand()), limit, after);
    return new CatalogPage(
        views.of(call.user(), page.stories()),
        page.next().map(last -> new Cursor(last.publishedAt(), last.id()).encode()).orElse(null));
  }

  private StoryEnvelope get(Call<Optional<User>> call) {
    String storyId = call.path("storyId");
    Optional<StoryEnvelope> story =
        call.user().isPresent()
            ? own(call.user().get().uid(), storyId)
            : recent.find(storyId).map(found -> details(found, null));
    return story.orElseThrow(Failure.NotFound::new);
  }

  /** The story with the user's state: both lie in one batch of documents. */
  private Optional<StoryEnvelope> own(String uid, String storyId) {
    List<String> one = List.of(storyId);
    return catalog
        .find(storyId, states.references(uid, one))
        .map(found -> details(found.story(), states.read(one, found.beside()).get(storyId)));
  }

  private StoryEnvelope details(CatalogStory story, @Nullable StoryState state) {
    return new StoryEnvelope(
        new StoryDetails(
            CatalogStoryView.of(story, state, media::readUrl),
            story.chapters().stream().map(ChapterView.ChapterHeadView::of).toList()));
  }

  private ChapterList chapters(Call<Optional<User>> call) {
    List<Chapter> chapters =
        reads(call).chapters(call.path("storyId")).orElseThrow(Failure.NotFound::new);
    if (chapters.stream().anyMatch(Chapter::premium)) {
      requireEntitlement(call.user());
    }
    return new ChapterList(
        chapters.stream().map(chapter -> ChapterView.of(chapter, media::readUrl)).toList());
  }

  private ChapterEnvelope chapter(Call<Optional<User>> call) {
    Chapter chapter =
        reads(call)
            .chapter(call.path("storyId"), call.path("chapterId"))
            .orElseThrow(Failure.NotFound::new);
    if (chapter.premium()) {
      requireEntitlement(call.user());
    }
    return new ChapterEnvelope(ChapterView.of(chapter, media::readUrl));
  }

  private void requireEntitlement(Optional<User> user) {
    if (!entitlements.has(user.orElseThrow(Failure.Unauthenticated::new).uid())) {
      throw Failure.PaymentRequired.entitlementRequired();
    }
  }

  private CatalogReads reads(Call<Optional<User>> call) {
    return call.user().isPresent() ? catalog : recent;
  }
}
