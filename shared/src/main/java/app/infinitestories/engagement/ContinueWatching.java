package app.infinitestories.engagement;

import com.google.cloud.firestore.Firestore;
import java.util.List;
import java.util.Optional;

/** The stories that a user began, or began again, and has not finished since. */
public final class ContinueWatching {
  private final Firestore firestore;

  public ContinueWatching(Firestore firestore) {
    this.firestore = firestore;
  }

  /** A page, the last watched first. */
  public List<Marked> page(String uid, int limit, Optional<Marked> after) {
    return MarkedPages.newestFirst(
        new UserMarks(firestore, uid).progress().whereEqualTo("finished", false),
        "watchedAt",
        limit,
        after);
  }
}
