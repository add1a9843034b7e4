package app.infinitestories.queue;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.IdSource;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import com.google.cloud.firestore.WriteBatch;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The queue's documents by name, and the queries on them. */
public final class QueueStore {
  private final Firestore firestore;
  private final IdSource ids;

  public QueueStore(Firestore firestore, IdSource ids) {
    this.firestore = firestore;
    this.ids = ids;
  }

  public WriteBatch batch() {
    return firestore.batch();
  }

  /** A new id for a commit, a claim or a job. */
  public String newId() {
    return ids.next();
  }

  public CollectionReference jobs() {
    return firestore.collection("jobs");
  }

  public DocumentReference job(String jobId) {
    return jobs().document(jobId);
  }

  public CollectionReference steps(String jobId) {
    return job(jobId).collection("steps");
  }

  public CollectionReference slots() {
    return firestore.collection("slots");
  }

  public DocumentReference slot(String slotId) {
    return slots().document(slotId);
  }

  public CollectionReference providers() {
    return firestore.collection("providers");
  }

  public CollectionReference orphans() {
    return firestore.collection("orphans");
  }

  public DocumentReference document(String path) {
    return firestore.document(path);
  }

  public CollectionReference collection(String path) {
    return firestore.collection(path);
  }

  /** Several documents as of one moment, in one call. */
  public List<DocumentSnapshot> all(DocumentReference... refs) {
    return on(firestore.getAll(refs));
  }

  /** The job, if there is one. */
  public Optional<QueuedJob> findJob(String jobId) {
    return QueuedJob.of(on(job(jobId).get()));
  }

  /** The turn of the pool's first ready job. */
  public OptionalLong headTurn(String pool) {
    return on(readyJobs(pool).limit(1).get()).getDocuments().stream()
        .mapToLong(document -> Fields.number(document, "turn"))
        .findFirst();
  }

  /** The line of a pool. */
  public Query readyJobs(String pool) {
    return jobs()
        .whereEqualTo("pool", pool)
        .whereEqualTo("state", JobState.READY.word())
        .orderBy("turn");
  }

  /** The account's next job behind its window. */
  public Optional<QueuedJob> nextOfBacklog(String uid, String pool) {
    List<QueryDocumentSnapshot> found =
        on(jobs()
                .whereEqualTo("uid", uid)
                .whereEqualTo("pool", pool)
                .whereEqualTo("state", JobState.BACKLOG.word())
                .orderBy("priority", Query.Direction.DESCENDING)
                .orderBy("createdAt")
                .limit(1)
                .get())
            .getDocuments();
    return found.stream().findFirst().flatMap(QueuedJob::of);
  }
}
