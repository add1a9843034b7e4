package app.infinitestories.privacy;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.userstories.PhotoUses;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import java.time.Clock;

/** Deletes uploads that nobody used within 24 hours, with what was put there. */
public final class RemoveUnusedUploads {
  private static final int PAGE = 200;

  private final Firestore firestore;
  private final PhotoUses uses;
  private final MediaStore media;
  private final Clock clock;

  public RemoveUnusedUploads(Firestore firestore, PhotoUses uses, MediaStore media, Clock clock) {
    this.firestore = firestore;
    this.uses = uses;
    this.media = media;
    this.clock = clock;
  }

  /** Returns how many were deleted. */
  public int run() {
    int removed = 0;
    for (DocumentSnapshot upload :
        on(firestore
                .collectionGroup("files")
                .whereLessThan("expiresAt", timestamp(clock.instant()))
                .orderBy("expiresAt")
                .limit(PAGE)
                .get())
            .getDocuments()) {
      String key = upload.getString("storageKey");
      if (key != null && !uses.isUsed(key)) {
        media.delete(key);
        on(upload.getReference().delete());
        removed++;
      }
    }
    return removed;
  }
}
