package app.infinitestories.platform.firestore;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.firestore.WriteBatch;
import com.google.cloud.firestore.WriteResult;
import io.grpc.Status;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Commits a batch and finds out what became of it. A refusal is not yet a failure: the client sends
 * a commit again after UNAVAILABLE, and the second copy of one that worked is refused. So every
 * batch writes a fresh {@code commitId} into a document of its own, and that is read again.
 */
public final class Commits {
  private static final Set<Status.Code> DOUBTFUL =
      Set.of(
          Status.Code.FAILED_PRECONDITION,
          Status.Code.ALREADY_EXISTS,
          Status.Code.NOT_FOUND,
          Status.Code.ABORTED,
          Status.Code.UNAVAILABLE,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.CANCELLED,
          Status.Code.RESOURCE_EXHAUSTED,
          Status.Code.INTERNAL,
          Status.Code.UNKNOWN);

  /** What became of a batch. */
  public sealed interface Outcome {
    /** It is in; {@code at} is Firestore's commit time. */
    record Applied(Timestamp at) implements Outcome {}

    /** It is not in: decide anew from what is there now. */
    record Refused(String why) implements Outcome {}
  }

  private Commits() {}

  /**
   * Commits the batch.
   *
   * @param proof a document that the batch writes {@code commitId} into
   * @throws FirestoreException when the batch can never be accepted (a fault of ours), or when
   *     Firestore cannot even be read
   */
  public static Outcome commit(WriteBatch batch, DocumentReference proof, String commitId) {
    try {
      return new Outcome.Applied(latest(Waiting.on(batch.commit())));
    } catch (FirestoreException e) {
      if (!isDoubtful(e)) {
        throw e;
      }
      return lookAgain(proof, commitId, String.valueOf(e.getStatus()));
    } catch (FirestoreTimeout e) {
      return lookAgain(proof, commitId, "no answer");
    }
  }

  /** Whether a commit that ended so may have worked all the same, or may work when repeated. */
  public static boolean isDoubtful(FirestoreException e) {
    Status status = e.getStatus();
    return status != null && DOUBTFUL.contains(status.getCode());
  }

  /** The time of a commit: the newest of its documents' update times. */
  public static Timestamp latest(List<WriteResult> results) {
    return results.stream()
        .map(WriteResult::getUpdateTime)
        .max(Timestamp::compareTo)
        .orElseThrow(() -> new IllegalArgumentException("an empty batch has no commit time"));
  }

  /** When an existing document was last changed: what preconditions and leases are made of. */
  public static Timestamp updateTime(DocumentSnapshot document) {
    return Objects.requireNonNull(
        document.getUpdateTime(), () -> document.getReference().getPath() + " does not exist");
  }

  private static Outcome lookAgain(DocumentReference proof, String commitId, String why) {
    DocumentSnapshot now = Waiting.on(proof.get());
    if (now.exists() && commitId.equals(now.getString("commitId"))) {
      return new Outcome.Applied(updateTime(now));
    }
    return new Outcome.Refused(why);
  }
}
