package app.infinitestories.engagement;

import static app.infinitestories.platform.firestore.Waiting.on;

import com.google.cloud.firestore.AggregateField;
import com.google.cloud.firestore.AggregateQuerySnapshot;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.FieldValue;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.SetOptions;
import com.google.cloud.firestore.WriteBatch;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A story's counters, {@code stories/{storyId}/shards/{0–9}}: spread over ten documents, because
 * one takes only about one write a second. Their sum is exact.
 */
final class Shards {
  private static final int COUNT = 10;

  private final Firestore firestore;
  private final RandomGenerator random;

  Shards(Firestore firestore, RandomGenerator random) {
    this.firestore = firestore;
    this.random = random;
  }

  /** Adds to a counter within the batch whose other writes decide whether it happens. */
  void add(WriteBatch batch, String storyId, String counter, long by) {
    batch.set(
        shards(storyId).document(Integer.toString(random.nextInt(COUNT))),
        Map.of(counter, FieldValue.increment(by)),
        SetOptions.merge());
  }

  /** The counter now: one read. */
  long sum(String storyId, String counter) {
    AggregateField sum = AggregateField.sum(counter);
    AggregateQuerySnapshot answer = on(shards(storyId).aggregate(sum).get());
    return answer.get(sum) instanceof Number number ? number.longValue() : 0;
  }

  private CollectionReference shards(String storyId) {
    return firestore.collection("stories").document(storyId).collection("shards");
  }
}
