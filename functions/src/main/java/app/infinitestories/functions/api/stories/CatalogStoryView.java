package app.infinitestories.functions.api.stories;

import app.infinitestories.catalog.CatalogStory;
import app.infinitestories.engagement.Progress;
import app.infinitestories.engagement.StoryState;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.net.URI;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A story of the catalogue as the API shows it.
 *
 * @param likes exact for a story by itself; in lists as of the last ranking
 * @param own null for callers who are not signed in: their answers do not have these fields
 */
record CatalogStoryView(
    String id,
    String title,
    String summary,
    String language,
    String genre,
    String ageBand,
    boolean premium,
    String posterUrl,
    int chapterCount,
    double durationSeconds,
    long likes,
    Instant publishedAt,
    @JsonUnwrapped @Nullable Own own) {

  /** What the story is to the user who asks. */
  record Own(boolean isFavorite, boolean isLiked, @Nullable WatchProgress progress) {
    static Own of(StoryState state) {
      Progress progress = state.progress();
      return new Own(
          state.isFavorite(),
          state.isLiked(),
          progress == null ? null : WatchProgress.of(progress));
    }
  }

  /** How far the user has watched; seconds count from the scene's beginning. */
  record WatchProgress(
      String chapterId,
      String sceneId,
      double positionSeconds,
      Instant watchedAt,
      boolean finished) {
    static WatchProgress of(Progress progress) {
      return new WatchProgress(
          progress.chapterId(),
          progress.sceneId(),
          progress.positionSeconds(),
          progress.watchedAt(),
          progress.finished());
    }
  }

  static CatalogStoryView of(
      CatalogStory story, @Nullable StoryState state, Function<String, URI> readUrl) {
    return new CatalogStoryView(
        story.id(),
        story.title(),
        story.summary(),
        story.language(),
        story.genre(),
        story.ageBand(),
        story.premium(),
        readUrl.apply(story.posterPath()).toString(),
        story.chapterCount(),
        story.durationSeconds(),
        story.likes(),
        story.publishedAt(),
        state == null ? null : Own.of(state));
  }
}
