package app.infinitestories.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Some stories of a list, newest first.
 *
 * @param next where the next page begins, if there is one
 */
public record StoryPage(List<CatalogStory> stories, Optional<After> next) {

  /**
   * A place in the list: behind this story.
   *
   * @param id breaks ties between stories published at the same microsecond
   */
  public record After(Instant publishedAt, String id) {}
}
