package app.infinitestories.userstories;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.jobs.StepOutcome.NewDocument;
import app.infinitestories.platform.firestore.Commits;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.WriteBatch;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which job uses which photo or recording, {@code photoUses/{jobId}} and {@code
 * photoUses/{jobId}:voice}: created in the batch that accepts the job and dropped when the file is
 * forgotten, so that none can be overlooked.
 */
public final class PhotoUses {
  /** One job's use of one photo or recording. */
  public record Use(String jobId, String uid, String storageKey) {
    /** Whether it is a spoken idea, and not a photo. */
    public boolean isRecording() {
      return storageKey.startsWith("users/" + uid + "/voices/");
    }

    /** Of the note. */
    public String id() {
      return isRecording() ? jobId + RECORDING : jobId;
    }
  }

  private static final String RECORDING = ":voice";

  /** No job has such an id. */
  private static final String UNUSED = "unused-";

  private final Firestore firestore;

  public PhotoUses(Firestore firestore) {
    this.firestore = firestore;
  }

  /** The document that notes a use. */
  static NewDocument document(String jobId, String uid, String storageKey) {
    var use = new Use(jobId, uid, storageKey);
    return new NewDocument("photoUses/" + use.id(), Map.of("uid", uid, "storageKey", storageKey));
  }

  /** The photo and the recording that a job uses, as far as they were not forgotten yet. */
  public List<Use> ofJob(String jobId) {
    return on(firestore.getAll(uses().document(jobId), uses().document(jobId + RECORDING))).stream()
        .filter(DocumentSnapshot::exists)
        .map(PhotoUses::use)
        .toList();
  }

  /** Uses in the order of their notes' ids, after that one. */
  public List<Use> page(String afterId, int limit) {
    var query = uses().orderBy(FieldPath.documentId()).limit(limit);
    return on((afterId.isEmpty() ? query : query.startAfter(afterId)).get()).getDocuments().stream()
        .map(PhotoUses::use)
        .toList();
  }

  /** All jobs that use that photo. */
  public List<Use> of(String storageKey) {
    return on(uses().whereEqualTo("storageKey", storageKey).get()).getDocuments().stream()
        .map(PhotoUses::use)
        .toList();
  }

  /** All uses by jobs of that user, and notes of files of theirs that are to go. */
  public List<Use> ofUser(String uid) {
    return on(uses().whereEqualTo("uid", uid).get()).getDocuments().stream()
        .map(PhotoUses::use)
        .toList();
  }

  /** Whether any job uses the photo. */
  public boolean isUsed(String storageKey) {
    return !on(uses().whereEqualTo("storageKey", storageKey).limit(1).get()).isEmpty();
  }

  /** The photo is gone: so is the note of its use. */
  public void drop(Use use) {
    on(uses().document(use.id()).delete());
  }

  /**
   * Takes the record of an upload away, so that no job can begin to use it any more. False when it
   * changed since its uses were looked at: a job may have begun to use it meanwhile.
   *
   * @param upload as it was read before the uses were
   */
  public boolean withdraw(DocumentSnapshot upload) {
    WriteBatch batch = firestore.batch();
    batch.delete(upload.getReference(), Precondition.updatedAt(Commits.updateTime(upload)));
    return commit(batch, upload);
  }

  /**
   * The same for an upload that no job uses: leaves a note in its place, by which the photo is
   * forgotten also when this process ends here.
   */
  public Optional<Use> withdrawUnused(DocumentSnapshot upload, String uid, String storageKey) {
    WriteBatch batch = firestore.batch();
    batch.delete(upload.getReference(), Precondition.updatedAt(Commits.updateTime(upload)));
    Use note = noteUnused(batch, uid, upload.getId(), storageKey);
    return commit(batch, upload) ? Optional.of(note) : Optional.empty();
  }

  /** Puts into a batch that a file is used by nobody: it is deleted, at the latest by clean-up. */
  public Use noteUnused(WriteBatch batch, String uid, String fileId, String storageKey) {
    var use = new Use(UNUSED + fileId, uid, storageKey);
    batch.set(uses().document(use.id()), Map.of("uid", uid, "storageKey", storageKey));
    return use;
  }

  /** The record of a photo's upload, if it is still there. */
  public Optional<DocumentSnapshot> upload(Use use) {
    return on(
            firestore
                .collection("users")
                .document(use.uid())
                .collection("files")
                .whereEqualTo("storageKey", use.storageKey())
                .limit(1)
                .get())
        .getDocuments()
        .stream()
        .map(DocumentSnapshot.class::cast)
        .findFirst();
  }

  /** Refused is as good as done when the record is gone: an earlier copy of the commit worked. */
  private static boolean commit(WriteBatch batch, DocumentSnapshot upload) {
    try {
      on(batch.commit());
      return true;
    } catch (FirestoreException e) {
      if (!Commits.isDoubtful(e)) {
        throw e;
      }
      return !on(upload.getReference().get()).exists();
    }
  }

  private CollectionReference uses() {
    return firestore.collection("photoUses");
  }

  private static Use use(DocumentSnapshot document) {
    String id = document.getId();
    return new Use(
        id.endsWith(RECORDING) ? id.substring(0, id.length() - RECORDING.length()) : id,
        Objects.requireNonNull(document.getString("uid")),
        Objects.requireNonNull(document.getString("storageKey")));
  }
}
