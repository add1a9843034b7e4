package app.infinitestories.engagement;

import static app.infinitestories.platform.firestore.Times.timestamp;

import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.Firestore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stories that a user keeps, {@code users/{uid}/favorites/{storyId}}. */
public final class Favorites {
  private final Firestore firestore;
  private final Clock clock;

  public Favorites(Firestore firestore, Clock clock) {
    this.firestore = firestore;
    this.clock = clock;
  }

  /** Keeps the story; one that is kept already stays where it is in the list. */
  public void put(String uid, String storyId) {
    DocumentReference mark = mark(uid, storyId);
    MarkCommit.until(
        true, mark, () -> firestore.batch().create(mark, Map.of("at", timestamp(clock.instant()))));
  }

  /** Keeps the story no longer; also right when it was not kept. */
  public void delete(String uid, String storyId) {
    DocumentReference mark = mark(uid, storyId);
    MarkCommit.until(false, mark, () -> firestore.batch().delete(mark));
  }

  /** A page, the newest first. */
  public List<Marked> page(String uid, int limit, Optional<Marked> after) {
    return MarkedPages.newestFirst(new UserMarks(firestore, uid).favorites(), "at", limit, after);
  }

  private DocumentReference mark(String uid, String storyId) {
    return new UserMarks(firestore, uid).favorite(storyId);
  }
}
