package app.infinitestories.queue.projection;

import static app.infinitestories.platform.firestore.Times.micros;
import static app.infinitestories.platform.firestore.Waiting.on;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.AggregateQuery;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.QuerySnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One reading of a pool's queue: its slots, the jobs on them, and the head of its line. */
final class QueueLine {
  /** Positions are exact up to here. */
  static final int EXACT = 200;

  private static final int COUNT_LIMIT = 10_000;

  final List<DocumentSnapshot> slots;
  final Map<String, DocumentSnapshot> onSlots;
  final List<DocumentSnapshot> head;
  final long seq;

  private QueueLine(
      List<DocumentSnapshot> slots,
      Map<String, DocumentSnapshot> onSlots,
      List<DocumentSnapshot> head,
      long seq) {
    this.slots = slots;
    this.onSlots = onSlots;
    this.head = head;
    this.seq = seq;
  }

  /** Reads slots, the jobs on them, and the first 200 of the line. */
  static QueueLine read(Firestore firestore, String pool) {
    QuerySnapshot slots = on(firestore.collection("slots").whereEqualTo("pool", pool).get());
    QuerySnapshot ready = on(ready(firestore, pool).limit(EXACT).get());
    var busy = new ArrayList<DocumentReference>();
    for (DocumentSnapshot slot : slots.getDocuments()) {
      String jobId = slot.getString("jobId");
      if (jobId != null) {
        busy.add(firestore.collection("jobs").document(jobId));
      }
    }
    var onSlots = new HashMap<String, DocumentSnapshot>();
    if (!busy.isEmpty()) {
      for (DocumentSnapshot job : on(firestore.getAll(busy.toArray(DocumentReference[]::new)))) {
        if (job.exists()) {
          onSlots.put(job.getId(), job);
        }
      }
    }
    // The earlier of the two readings: what is written must not claim to be newer than it is.
    long seq = Math.min(micros(readTime(slots)), micros(readTime(ready)));
    return new QueueLine(
        List.copyOf(slots.getDocuments()), onSlots, List.copyOf(ready.getDocuments()), seq);
  }

  /** The line in its order. */
  static Query ready(Firestore firestore, String pool) {
    return firestore
        .collection("jobs")
        .whereEqualTo("pool", pool)
        .whereEqualTo("state", "ready")
        .orderBy("turn");
  }

  /** How many jobs are in a state, at most 10,000: a count costs one read per 1,000. */
  static long count(Firestore firestore, String pool, String state) {
    AggregateQuery query =
        firestore
            .collection("jobs")
            .whereEqualTo("pool", pool)
            .whereEqualTo("state", state)
            .limit(COUNT_LIMIT)
            .count();
    return on(query.get()).getCount();
  }

  /** Slots that take jobs; a drained one counts only while it is still busy. */
  int capacity() {
    return (int)
        slots.stream().filter(slot -> !Boolean.TRUE.equals(slot.getBoolean("drained"))).count();
  }

  private static Timestamp readTime(QuerySnapshot snapshot) {
    return Objects.requireNonNull(snapshot.getReadTime());
  }
}
