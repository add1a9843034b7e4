package app.infinitestories.engagement;

import static app.infinitestories.platform.firestore.Waiting.on;

import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Joins stories with what one user did with them, in one round trip for a whole page. */
public final class StoryStates {
  private static final int MARKS = 3;

  private final Firestore firestore;

  public StoryStates(Firestore firestore) {
    this.firestore = firestore;
  }

  /** The state of each of these stories, also of those that the user never touched. */
  public Map<String, StoryState> of(String uid, Collection<String> storyIds) {
    if (storyIds.isEmpty()) {
      return Map.of();
    }
    List<String> ids = storyIds.stream().distinct().toList();
    return read(ids, on(firestore.getAll(references(uid, ids).toArray(DocumentReference[]::new))));
  }

  /** What tells the state of these stories, for who reads other documents in the same batch. */
  public List<DocumentReference> references(String uid, List<String> storyIds) {
    var marks = new UserMarks(firestore, uid);
    return storyIds.stream()
        .flatMap(id -> Stream.of(marks.favorite(id), marks.like(id), marks.progress(id)))
        .toList();
  }

  /** The states in the documents of those references, in their order. */
  public Map<String, StoryState> read(List<String> storyIds, List<DocumentSnapshot> found) {
    Map<String, StoryState> states = new HashMap<>();
    for (int i = 0; i < storyIds.size(); i++) {
      DocumentSnapshot progress = found.get(i * MARKS + 2);
      states.put(
          storyIds.get(i),
          new StoryState(
              found.get(i * MARKS).exists(),
              found.get(i * MARKS + 1).exists(),
              progress.exists() ? Progress.of(progress) : null));
    }
    return states;
  }
}
