package app.infinitestories.catalog;

import java.util.List;
import java.util.Optional;

/** What can be asked of the catalogue. Only published stories are ever there. */
public interface CatalogReads {

  /**
   * A page of the stories that pass the filter, newest first.
   *
   * @param limit how many at most
   * @param after where the page before ended
   */
  StoryPage list(StoryFilter filter, int limit, Optional<StoryPage.After> after);

  /** A story; its likes are exact, not those of the last ranking. */
  Optional<CatalogStory> find(String storyId);

  /** A story's chapters with their scenes, by index; empty if there is no such story. */
  Optional<List<Chapter>> chapters(String storyId);

  /** One chapter with its scenes; empty if there is no such story or it has no such chapter. */
  Optional<Chapter> chapter(String storyId, String chapterId);
}
