package app.infinitestories.userstories;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.jobs.StepOutcome.NewDocument;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Firestore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which job uses which photo, {@code photoUses/{jobId}}: created in the batch that accepts the job
 * and dropped when the photo is forgotten, so that no photo can be overlooked.
 */
public final class PhotoUses {
  /** One job's use of one photo. */
  public record Use(String jobId, String uid, String storageKey) {}

  private final Firestore firestore;

  public PhotoUses(Firestore firestore) {
    this.firestore = firestore;
  }

  /** The document that notes a use. */
  static NewDocument document(String jobId, String uid, String storageKey) {
    return new NewDocument("photoUses/" + jobId, Map.of("uid", uid, "storageKey", storageKey));
  }

  /** The photo that a job uses, if it was not forgotten yet. */
  public Optional<Use> find(String jobId) {
    DocumentSnapshot document = on(uses().document(jobId).get());
    return document.exists() ? Optional.of(use(document)) : Optional.empty();
  }

  /** Uses in the order of their jobs' ids, after that one. */
  public List<Use> page(String afterJobId, int limit) {
    var query = uses().orderBy(FieldPath.documentId()).limit(limit);
    return on((afterJobId.isEmpty() ? query : query.startAfter(afterJobId)).get())
        .getDocuments()
        .stream()
        .map(PhotoUses::use)
        .toList();
  }

  /** Whether no other job uses the same photo. */
  public boolean onlyUser(Use use) {
    return on(uses().whereEqualTo("storageKey", use.storageKey()).limit(2).get())
        .getDocuments()
        .stream()
        .allMatch(other -> other.getId().equals(use.jobId()));
  }

  /** Whether any job uses the photo. */
  public boolean isUsed(String storageKey) {
    return !on(uses().whereEqualTo("storageKey", storageKey).limit(1).get()).isEmpty();
  }

  /** The photo is gone: so is the note of its use. */
  public void drop(Use use) {
    on(uses().document(use.jobId()).delete());
  }

  /** The photo is gone: so is the record of its upload. */
  public void dropUpload(Use use) {
    for (DocumentSnapshot upload :
        on(firestore
                .collection("users")
                .document(use.uid())
                .collection("files")
                .whereEqualTo("storageKey", use.storageKey())
                .get())
            .getDocuments()) {
      on(upload.getReference().delete());
    }
  }

  private CollectionReference uses() {
    return firestore.collection("photoUses");
  }

  private static Use use(DocumentSnapshot document) {
    return new Use(
        document.getId(),
        Objects.requireNonNull(document.getString("uid")),
        Objects.requireNonNull(document.getString("storageKey")));
  }
}
