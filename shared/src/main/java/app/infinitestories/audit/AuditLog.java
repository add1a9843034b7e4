package app.infinitestories.audit;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.IdSource;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.WriteBatch;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Writes {@code audit/{id}}. A row is created and never touched again. */
public final class AuditLog {
  private final Firestore firestore;
  private final Clock clock;
  private final IdSource ids;

  public AuditLog(Firestore firestore, Clock clock, IdSource ids) {
    this.firestore = firestore;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * What is to be remembered.
   *
   * @param action a stable name, for example {@code catalog.publish}
   * @param uid who did it
   * @param about to what, and how it ended: ids, numbers and codes, never a child's data
   */
  public record Entry(String action, String uid, Map<String, Object> about) {
    public Entry {
      about = Map.copyOf(about);
    }

    /** The same with one thing more. */
    public Entry with(String name, Object value) {
      var more = new HashMap<>(about);
      more.put(name, value);
      return new Entry(action, uid, more);
    }
  }

  /**
   * Adds the row to a batch: it is there exactly if what it tells of is.
   *
   * @return the row, which can prove the commit: its {@code commitId} is its own id
   */
  public DocumentReference add(WriteBatch batch, Entry entry) {
    DocumentReference row = firestore.collection("audit").document(ids.next());
    batch.create(row, fields(row, entry));
    return row;
  }

  /** Writes the row by itself, for what changed nothing. */
  public void write(Entry entry) {
    DocumentReference row = firestore.collection("audit").document(ids.next());
    // set, not create: the client repeats a write whose answer was lost
    on(row.set(fields(row, entry)));
  }

  private Map<String, Object> fields(DocumentReference row, Entry entry) {
    var fields = new HashMap<String, Object>(entry.about());
    fields.put("action", entry.action());
    fields.put("uid", entry.uid());
    fields.put("at", timestamp(clock.instant()));
    fields.put("commitId", row.getId());
    return fields;
  }
}
