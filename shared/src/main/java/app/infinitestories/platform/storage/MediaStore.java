package app.infinitestories.platform.storage;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The project's bucket. Paths are as in the data model ({@code users/{uid}/…}, {@code
 * jobs/{jobId}/work/…}). Every call throws {@link com.google.cloud.storage.StorageException} when
 * the service does not answer within its time-outs.
 */
public interface MediaStore {
  /** Writes (or overwrites) an object. */
  StoredObject put(String path, byte[] bytes, String contentType);

  /** What is stored there, if anything. */
  Optional<StoredObject> stat(String path);

  /** All bytes of an object; throws StorageException with code 404 when it is not there. */
  byte[] read(String path);

  /** Copies an object inside the bucket, without the bytes passing through here. */
  void copy(String from, String to);

  /** Deletes an object; false when it was not there. */
  boolean delete(String path);

  /** Paths below a prefix, at most {@code limit}. */
  List<String> list(String prefix, int limit);

  /** Deletes everything below a prefix and says how many objects that were. */
  int deleteAll(String prefix);

  /**
   * An address that reads an object without further credentials. Aligned to windows of 10 minutes
   * and living 15 minutes beyond, so that the same picture keeps its address (and its ETag, and the
   * cached signature) for a while.
   */
  URI readUrl(String path);

  /** An address for one PUT of that content type and at most that many bytes, for 15 minutes. */
  SignedUpload uploadUrl(String path, String contentType, long maxBytes);
}
