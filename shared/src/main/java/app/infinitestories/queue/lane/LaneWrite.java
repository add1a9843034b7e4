package app.infinitestories.queue.lane;

import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.WriteBatch;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that a run writes. It is put into a batch anew for each attempt, and may read what it
 * needs then.
 */
public interface LaneWrite {
  /** Adds its writes; {@link #proof} must get {@code commitId} among them. */
  void addTo(WriteBatch batch, String commitId);

  /** The document that tells later whether the batch was accepted. */
  DocumentReference proof();

  /** More fields for the slot, beside those that each batch changes. */
  default Map<String, @Nullable Object> slotFields(long beat, String commitId) {
    return Map.of();
  }
}
