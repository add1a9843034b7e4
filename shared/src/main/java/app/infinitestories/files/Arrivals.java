package app.infinitestories.files;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.platform.firestore.Pages;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.platform.storage.MediaStore;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.firestore.WriteBatch;
import com.google.cloud.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where signed addresses write to, {@code arrivals/{fileId}}: an object of its own for each upload,
 * which nobody uses. A signed address stays valid after the confirmation, so what it writes to must
 * never be what was checked; the note sees to it that a late arrival does not stay either.
 */
public final class Arrivals {
  private static final EventLog LOG = EventLog.of(Arrivals.class);
  private static final int PAGE = 200;

  /** After that nothing can arrive by a signed address any more. */
  private static final Duration LATE = Duration.ofHours(1);

  private final Firestore firestore;
  private final MediaStore media;
  private final Clock clock;

  public Arrivals(Firestore firestore, MediaStore media, Clock clock) {
    this.firestore = firestore;
    this.media = media;
    this.clock = clock;
  }

  /** The object that an upload arrives in; below its user, so that it goes with the user's data. */
  static String path(String uid, String fileId, String extension) {
    return "users/" + uid + "/uploads/" + fileId + "." + extension;
  }

  /** Notes an object that somebody may write to from now on. */
  void addTo(WriteBatch batch, String fileId, String path, Instant removedAfter) {
    batch.create(
        notes().document(fileId), Map.of("path", path, "expiresAt", timestamp(removedAfter)));
  }

  /** From then on nothing can arrive there any more. */
  void expire(WriteBatch batch, String fileId, Instant removedAfter) {
    batch.update(notes().document(fileId), Map.of("expiresAt", timestamp(removedAfter)));
  }

  /**
   * Deletes what has arrived of an upload that nobody may use any more; what comes late by its
   * address goes within the hour.
   *
   * @throws StorageException when it cannot be deleted now
   */
  public void abandon(DocumentSnapshot upload) {
    String path = upload.getString("arrival");
    if (path == null) {
      return;
    }
    media.delete(path);
    Instant soon = clock.instant().plus(LATE);
    try {
      on(notes().document(upload.getId()).update("expiresAt", timestamp(soon)));
    } catch (FirestoreException e) {
      if (!Commits.isDoubtful(e) || on(notes().document(upload.getId()).get()).exists()) {
        throw e;
      }
      // Nothing can arrive any more.
    }
  }

  /** Deletes what was looked at; should that fail, its note sees to it. */
  void delete(String path) {
    try {
      media.delete(path);
    } catch (StorageException e) {
      LOG.error("arrival.not_removed", e);
    }
  }

  /** Deletes what arrived and is past its time, also what arrived late. Says how many notes. */
  public int removeExpired() {
    var removed = new AtomicInteger();
    Pages.each(
        notes().whereLessThan("expiresAt", timestamp(clock.instant())).orderBy("expiresAt"),
        PAGE,
        page -> page.forEach(note -> removed.addAndGet(remove(note) ? 1 : 0)));
    return removed.get();
  }

  private boolean remove(DocumentSnapshot note) {
    try {
      media.delete(Objects.requireNonNull(note.getString("path")));
    } catch (StorageException e) {
      // The note stays: the next clean-up tries again.
      LOG.error("arrival.not_removed", e, "upload", note.getId());
      return false;
    }
    on(note.getReference().delete());
    return true;
  }

  private CollectionReference notes() {
    return firestore.collection("arrivals");
  }
}
