package app.infinitestories.privacy;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.files.Upload;
import app.infinitestories.files.UploadCategory;
import app.infinitestories.files.Uploads;
import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.users.Profile;
import app.infinitestories.users.Profiles;
import app.infinitestories.userstories.PhotoUses;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldValue;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.WriteBatch;
import com.google.cloud.storage.StorageException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes an upload the picture of its owner and forgets the one before: one batch changes the
 * profile, keeps the new upload from being cleaned up as unused, and notes the old file, whose
 * object is deleted then or, should this process end, by the clean-up.
 */
public final class ChangePicture {
  private static final EventLog LOG = EventLog.of(ChangePicture.class);
  private static final int ATTEMPTS = 20;
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  private final Firestore firestore;
  private final Uploads uploads;
  private final Profiles profiles;
  private final PhotoUses uses;
  private final ForgetPhotos forgetPhotos;
  private final IdSource ids;

  public ChangePicture(
      Firestore firestore,
      Uploads uploads,
      Profiles profiles,
      PhotoUses uses,
      ForgetPhotos forgetPhotos,
      IdSource ids) {
    this.firestore = firestore;
    this.uploads = uploads;
    this.profiles = profiles;
    this.uses = uses;
    this.forgetPhotos = forgetPhotos;
    this.ids = ids;
  }

  /**
   * Changes it; the same picture again changes nothing.
   *
   * @throws Failure.NotFound for an unknown or a foreign upload
   * @throws Failure.BadInput for one that is not of category avatar
   * @throws Failure.Conflict UPLOAD_NOT_CONFIRMED for one that was not confirmed
   */
  public Profile change(String uid, String storageKey) {
    profiles.get(uid);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Upload upload = uploads.require(uid, storageKey, UploadCategory.AVATAR, "storageKey");
      if (!upload.confirmed()) {
        throw new Failure.Conflict(
            FailureCode.UPLOAD_NOT_CONFIRMED, "The picture's upload has not been confirmed.");
      }
      if (attempt(uid, storageKey)) {
        return profiles.get(uid);
      }
      // Profile or upload changed meanwhile; an upload that was cleaned up is not found then.
    }
    throw new Failure.Unavailable(TRY_AGAIN, null);
  }

  private boolean attempt(String uid, String storageKey) {
    DocumentSnapshot before = on(profiles.ref(uid).get());
    String old = before.getString("picturePath");
    if (storageKey.equals(old)) {
      return true;
    }
    DocumentReference file = firestore.document(uploads.path(uid, storageKey).orElseThrow());
    String commitId = ids.next();
    WriteBatch batch = firestore.batch();
    profiles.pictureIn(batch, before, storageKey, commitId);
    Map<String, @Nullable Object> used = new HashMap<>();
    used.put("usedAs", "picture");
    used.put("expiresAt", FieldValue.delete());
    batch.update(file, used);
    Optional<PhotoUses.Use> note = old == null ? Optional.empty() : dropIn(batch, uid, old);
    // Both at once, so that the batch stands or falls as a whole also when the upload is gone.
    if (Commits.commit(batch, before.getReference(), commitId) instanceof Commits.Outcome.Refused) {
      return false;
    }
    note.ifPresent(this::forget);
    return true;
  }

  /** The old picture's record goes with the batch; a note stays until its object is gone too. */
  private Optional<PhotoUses.Use> dropIn(WriteBatch batch, String uid, String old) {
    Optional<String> path = uploads.path(uid, old);
    path.ifPresent(document -> batch.delete(firestore.document(document), Precondition.NONE));
    return path.map(document ->
        uses.noteUnused(batch, uid, document.substring(document.lastIndexOf('/') + 1), old));
  }

  private void forget(PhotoUses.Use old) {
    try {
      forgetPhotos.now(old.jobId());
    } catch (StorageException e) {
      // The note stays: the next clean-up tries again.
      LOG.error("picture.not_forgotten", e, "file", old.jobId());
    }
  }
}
