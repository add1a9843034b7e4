package app.infinitestories.privacy;

import static app.infinitestories.platform.firestore.Times.timestamp;

import app.infinitestories.files.Arrivals;
import app.infinitestories.platform.firestore.Pages;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.userstories.PhotoUses;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.storage.StorageException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

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
    var removed = new AtomicInteger();
    Pages.each(
        firestore
            .collectionGroup("files")
            .whereLessThan("expiresAt", timestamp(clock.instant()))
            .orderBy("expiresAt"),
        PAGE,
        page -> page.forEach(upload -> removed.addAndGet(remove(upload) ? 1 : 0)));
    return removed.get();
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
