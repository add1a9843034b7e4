package app.infinitestories.functions.api.stories;

import app.infinitestories.catalog.CatalogStory;
import app.infinitestories.catalog.StoryLookup;
import app.infinitestories.engagement.Marked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A user's list of stories, page by page. Stories that are no longer published are left out, and
 * the page goes on behind them until it is full.
 */
final class MarkedLists {
  /** A page that meets more gaps than that is short, and says where it goes on. */
  private static final int ROUNDS = 5;

  private final StoryLookup stories;

  MarkedLists(StoryLookup stories) {
    this.stories = stories;
  }

  /** Reads a list's next entries. */
  interface Marks {
    List<Marked> next(int limit, Optional<Marked> after);
  }

  /**
   * The stories of a page.
   *
   * @param next behind which entry the next page begins, if there may be one
   */
  record Page(List<CatalogStory> stories, Optional<Marked> next) {}

  Page page(Marks marks, int limit, Optional<Marked> after) {
    List<CatalogStory> shown = new ArrayList<>();
    Optional<Marked> last = after;
    for (int round = 0; round < ROUNDS && shown.size() < limit; round++) {
      int wanted = limit - shown.size();
      List<Marked> found = marks.next(wanted + 1, last); // one more tells whether there is more
      List<Marked> read = found.subList(0, Math.min(wanted, found.size()));
      Map<String, CatalogStory> published =
          stories.all(read.stream().map(Marked::storyId).toList());
      for (Marked mark : read) {
        Optional.ofNullable(published.get(mark.storyId())).ifPresent(shown::add);
      }
      if (found.size() <= wanted) {
        return new Page(shown, Optional.empty());
      }
      last = Optional.of(read.getLast());
    }
    return new Page(shown, last);
  }
}
