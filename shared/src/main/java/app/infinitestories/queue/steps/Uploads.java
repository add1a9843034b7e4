package app.infinitestories.queue.steps;

import app.infinitestories.platform.log.EventLog;
import app.infinitestories.platform.storage.MediaStore;
import com.google.cloud.storage.StorageException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a run put into Storage, by step, until the step is recorded. */
final class Uploads {
  private static final EventLog LOG = EventLog.of(Uploads.class);

  private final MediaStore media;
  private final Map<String, Set<String>> unrecorded = new ConcurrentHashMap<>();

  Uploads(MediaStore media) {
    this.media = media;
  }

  void put(String key, String path, byte[] bytes, String contentType) {
    unrecorded.computeIfAbsent(key, k -> ConcurrentHashMap.newKeySet()).add(path);
    media.put(path, bytes, contentType);
  }

  byte[] read(String path) {
    return media.read(path);
  }

  /** The step is recorded: its media belong to the job now. */
  void recorded(String key) {
    unrecorded.remove(key);
  }

  /** The lease is lost: whatever no record names goes again. */
  void deleteUnrecorded() {
    unrecorded.values().forEach(paths -> paths.forEach(this::delete));
    unrecorded.clear();
  }

  private void delete(String path) {
    try {
      media.delete(path);
    } catch (StorageException e) {
      // The job's scratch goes with the job; deletion of a user sweeps again.
      LOG.error("upload.not-deleted", e);
    }
  }
}
