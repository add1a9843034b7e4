package app.infinitestories.files;

import static app.infinitestories.platform.firestore.Times.instant;
import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.film.PhotoIntake;
import app.infinitestories.film.Speech;
import app.infinitestories.film.VoiceIntake;
import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.platform.storage.SignedUpload;
import app.infinitestories.platform.storage.StoredObject;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.WriteBatch;
import com.google.cloud.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes files in: the phone asks for a signed address, puts the bytes there itself, and confirms;
 * only then is the file looked at, cleaned and usable.
 */
public final class Uploads {
  /** Largest file in bytes. */
  public static final int MAX_BYTES = 10_000_000;

  private static final Duration UNUSED_LIFE = Duration.ofHours(24);

  /** After that nothing can arrive by the address of a confirmed upload any more. */
  private static final Duration LATE_ARRIVALS = Duration.ofHours(1);

  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
  private static final String[] NO_PARTS = {};
  private static final Map<String, String> EXTENSIONS =
      Map.of(
          "image/png", "png",
          "image/jpeg", "jpg",
          "image/webp", "webp",
          "audio/mpeg", "mp3",
          "audio/mp4", "m4a",
          "audio/wav", "wav",
          "audio/webm", "webm");

  /** An address for the bytes, and the name they will have. */
  public record Offer(String storageKey, SignedUpload upload) {}

  private final Firestore firestore;
  private final MediaStore media;
  private final Arrivals arrivals;
  private final Cleaning cleaning;
  private final Clock clock;
  private final IdSource ids;

  public Uploads(
      Firestore firestore, MediaStore media, PhotoIntake intake, Clock clock, IdSource ids) {
    this.firestore = firestore;
    this.media = media;
    this.arrivals = new Arrivals(firestore, media, clock);
    this.cleaning = new Cleaning(intake, new VoiceIntake(new Speech()));
    this.clock = clock;
    this.ids = ids;
  }

  /** Offers an address for a photo of that type and size in bytes. */
  public Offer offerPhoto(String uid, String mimeType, long fileSize) {
    return offer(uid, UploadCategory.PHOTO, mimeType, fileSize);
  }

  /** Offers an address for a file of that type and size in bytes. */
  public Offer offer(String uid, UploadCategory category, String mimeType, long fileSize) {
    String fileId = ids.next();
    String extension = String.valueOf(EXTENSIONS.get(mimeType));
    String key = "users/" + uid + "/" + category.folder() + "/" + fileId + "." + extension;
    // Not the storage key: the address stays valid after the confirmation.
    String arrival = Arrivals.path(uid, fileId, extension);
    SignedUpload upload = media.uploadUrl(arrival, mimeType, fileSize);
    Instant expires = clock.instant().plus(UNUSED_LIFE);
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put("storageKey", key);
    fields.put("arrival", arrival);
    // The name that the phone gave may be the child's: nothing of it is kept.
    fields.put("fileName", category.word() + "." + extension);
    fields.put("fileSize", fileSize);
    fields.put("mimeType", mimeType);
    fields.put("category", category.word());
    fields.put("isPublic", false);
    fields.put("state", "pending");
    fields.put("createdAt", timestamp(clock.instant()));
    fields.put("expiresAt", timestamp(expires));
    WriteBatch batch = firestore.batch();
    batch.create(document(uid, fileId), fields);
    arrivals.addTo(batch, fileId, arrival, expires);
    on(batch.commit());
    return new Offer(key, upload);
  }

  /**
   * Looks at what arrived and makes a clean file of it: a picture upright, a recording as MP3,
   * without EXIF, GPS or anything else but pixels or sound. Confirming twice gives the same answer,
   * and whatever arrives afterwards does not change it.
   *
   * @throws Failure.NotFound for a key that is not an upload of this user
   * @throws Failure.Conflict UPLOAD_NOT_CONFIRMED when nothing has arrived yet
   * @throws Failure.Unprocessable PHOTO_UNUSABLE when it is not a usable picture,
   *     RECORDING_UNUSABLE when it is no usable recording
   */
  public Upload confirm(String uid, String storageKey) {
    DocumentReference reference = reference(uid, storageKey).orElseThrow(Failure.NotFound::new);
    DocumentSnapshot document = on(reference.get());
    if (!document.exists() || !storageKey.equals(document.getString("storageKey"))) {
      throw new Failure.NotFound();
    }
    Upload upload = Upload.of(document);
    if (upload.confirmed()) {
      return upload;
    }
    if (isExpired(document)) {
      throw new Failure.NotFound();
    }
    String arrival = Objects.requireNonNull(document.getString("arrival"), "arrival");
    Cleaning.Clean clean;
    try {
      clean = clean(arrival, UploadCategory.ofWord(upload.category()));
    } catch (Failure.Conflict nothing) {
      // A twin of this confirmation has taken it away when it was done.
      return find(uid, storageKey).filter(Upload::confirmed).orElseThrow(() -> nothing);
    } catch (Failure.Unprocessable unusable) {
      arrivals.delete(arrival);
      throw unusable;
    }
    media.put(storageKey, clean.bytes(), clean.mimeType());
    Upload confirmed = confirm(document, clean);
    arrivals.delete(arrival);
    return confirmed;
  }

  /** A twin of this confirmation may have been faster, and the clean-up as well. */
  private Upload confirm(DocumentSnapshot pending, Cleaning.Clean clean) {
    WriteBatch batch = firestore.batch();
    batch.update(
        pending.getReference(),
        confirmed(clean),
        Precondition.updatedAt(Commits.updateTime(pending)));
    arrivals.expire(batch, pending.getId(), clock.instant().plus(LATE_ARRIVALS));
    try {
      on(batch.commit());
    } catch (FirestoreException e) {
      if (!Commits.isDoubtful(e)) {
        throw e;
      }
    }
    DocumentSnapshot now = on(pending.getReference().get());
    if (!now.exists()) {
      media.delete(Upload.of(pending).storageKey());
      throw new Failure.NotFound();
    }
    Upload upload = Upload.of(now);
    if (!upload.confirmed()) {
      throw new Failure.Unavailable(TRY_AGAIN, null);
    }
    return upload;
  }

  private boolean isExpired(DocumentSnapshot document) {
    Timestamp expires = document.getTimestamp("expiresAt");
    return expires != null && !instant(expires).isAfter(clock.instant());
  }

  /** An upload of this user, confirmed or not; empty for an unknown or a foreign one. */
  public Optional<Upload> find(String uid, String storageKey) {
    return reference(uid, storageKey)
        .map(reference -> on(reference.get()))
        .filter(DocumentSnapshot::exists)
        .map(Upload::of)
        .filter(upload -> upload.storageKey().equals(storageKey));
  }

  /**
   * An upload that is to be used as what it was announced for, confirmed or not.
   *
   * @param field names the request's field that brought the key
   * @throws Failure.NotFound for an unknown or a foreign one
   * @throws Failure.BadInput for one of another category
   */
  public Upload require(String uid, String storageKey, UploadCategory category, String field) {
    Upload upload = find(uid, storageKey).orElseThrow(Failure.NotFound::new);
    if (!upload.category().equals(category.word())) {
      throw new Failure.BadInput(field, "must be an upload of category " + category.word());
    }
    return upload;
  }

  /** Looks at what arrived; a twin of this confirmation may have found it bad and deleted it. */
  private Cleaning.Clean clean(String arrival, UploadCategory category) {
    try {
      StoredObject arrived = media.stat(arrival).orElseThrow(Uploads::nothingThere);
      // More than was announced cannot arrive by a signed address; more than we take is not read.
      if (arrived.size() > MAX_BYTES) {
        throw Cleaning.tooLarge(category);
      }
      return cleaning.of(category, media.read(arrival));
    } catch (StorageException e) {
      throw e.getCode() == 404 ? nothingThere() : e;
    }
  }

  private static Failure.Conflict nothingThere() {
    return new Failure.Conflict(
        FailureCode.UPLOAD_NOT_CONFIRMED, "The upload has not arrived yet.");
  }

  private Map<String, Object> confirmed(Cleaning.Clean clean) {
    var fields = new HashMap<String, Object>(clean.facts());
    fields.put("state", "confirmed");
    fields.put("mimeType", clean.mimeType());
    fields.put("fileSize", (long) clean.bytes().length);
    fields.put("confirmedAt", timestamp(clock.instant()));
    return fields;
  }

  /** The path of an upload's document, for batches that rest on its being there. */
  public Optional<String> path(String uid, String storageKey) {
    return reference(uid, storageKey).map(DocumentReference::getPath);
  }

  /** The document that such a key would have; empty for a key that is not of this user. */
  private Optional<DocumentReference> reference(String uid, String storageKey) {
    String user = "users/" + uid + "/";
    String[] parts =
        storageKey.startsWith(user) ? storageKey.substring(user.length()).split("/", -1) : NO_PARTS;
    if (parts.length != 2 || UploadCategory.ofFolder(parts[0]).isEmpty()) {
      return Optional.empty();
    }
    int dot = parts[1].lastIndexOf('.');
    String fileId = dot <= 0 ? "" : parts[1].substring(0, dot);
    return fileId.matches("[0-9A-Za-z]{1,40}")
        ? Optional.of(document(uid, fileId))
        : Optional.empty();
  }

  private DocumentReference document(String uid, String fileId) {
    return firestore.collection("users").document(uid).collection("files").document(fileId);
  }
}
