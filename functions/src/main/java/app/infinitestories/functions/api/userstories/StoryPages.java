package app.infinitestories.functions.api.userstories;

import app.infinitestories.functions.web.Cursor;
import app.infinitestories.queue.JobState;
import app.infinitestories.userstories.UserStories;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A user's stories page by page, newest first, whichever version of the API shows them. */
final class StoryPages {
  private static final int USUAL_LIMIT = 20;

  private StoryPages() {}

  /**
   * One page.
   *
   * @param nextCursor absent on the last one
   */
  record Page(List<UserStories.Item> items, @Nullable String nextCursor) {}

  static Page read(
      UserStories stories,
      String uid,
      List<JobState> states,
      @Nullable Integer asked,
      @Nullable String cursor) {
    int limit = asked == null ? USUAL_LIMIT : asked;
    Optional<UserStories.Cursor> after =
        Optional.ofNullable(cursor)
            .map(Cursor::decode)
            .map(place -> new UserStories.Cursor(place.at(), place.id()));
    List<UserStories.Item> found = stories.list(uid, states, limit + 1, after);
    List<UserStories.Item> page = found.subList(0, Math.min(limit, found.size()));
    return new Page(page, found.size() > limit ? cursor(page.getLast()) : null);
  }

  private static String cursor(UserStories.Item last) {
    return new Cursor(last.orderedAt(), last.id()).encode();
  }
}
