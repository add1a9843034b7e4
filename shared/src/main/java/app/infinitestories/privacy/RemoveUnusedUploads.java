package app.infinitestories.privacy;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.files.Arrivals;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.userstories.PhotoUses;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Query;
import com.google.cloud.storage.StorageException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Deletes uploads that nobody used within 24 hours, and what arrived and was never taken. */
public final class RemoveUnusedUploads {
  private static final EventLog LOG = EventLog.of(RemoveUnusedUploads.class);
  private static final int PAGE = 200;

  private final Firestore firestore;
  private final PhotoUses uses;
  private final ForgetPhotos forgetPhotos;
  private final Arrivals arrivals;
  private final Clock clock;

  public RemoveUnusedUploads(
      Firestore firestore,
      PhotoUses uses,
      ForgetPhotos forgetPhotos,
      Arrivals arrivals,
      Clock clock) {
    this.firestore = firestore;
    this.uses = uses;
    this.forgetPhotos = forgetPhotos;
    this.arrivals = arrivals;
    this.clock = clock;
  }

  /** Returns how many were deleted. */
  public int run() {
    arrivals.removeExpired();
    Query expired =
        firestore
            .collectionGroup("files")
            .whereLessThan("expiresAt", timestamp(clock.instant()))
            .orderBy("expiresAt")
            .limit(PAGE);
    int removed = 0;
    List<? extends DocumentSnapshot> page = on(expired.get()).getDocuments();
    while (!page.isEmpty()) {
      for (DocumentSnapshot upload : page) {
        removed += remove(upload) ? 1 : 0;
      }
      // Those in use stay; they must not hide the ones behind them.
      page =
          page.size() < PAGE
              ? List.of()
              : on(expired.startAfter(page.getLast()).get()).getDocuments();
    }
    return removed;
  }

  private boolean remove(DocumentSnapshot upload) {
    String key = upload.getString("storageKey");
    DocumentReference user = upload.getReference().getParent().getParent();
    if (key == null || user == null || uses.isUsed(key)) {
      return false;
    }
    Optional<PhotoUses.Use> note = uses.withdrawUnused(upload, user.getId(), key);
    if (note.isEmpty()) {
      return false;
    }
    try {
      forgetPhotos.now(note.get().jobId());
    } catch (StorageException e) {
      // The note stays: the next clean-up tries again.
      LOG.error("upload.not_removed", e, "upload", upload.getId());
    }
    return true;
  }
}
