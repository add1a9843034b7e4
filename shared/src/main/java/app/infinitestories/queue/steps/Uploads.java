package app.infinitestories.queue.steps;

import app.infinitestories.platform.log.EventLog;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.platform.storage.StoredObject;
import com.google.cloud.storage.StorageException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a run put into Storage, by step, until the step is recorded. */
public final class Uploads {
  private static final EventLog LOG = EventLog.of(Uploads.class);

  private final MediaStore media;
  private final Map<String, Map<String, Long>> unrecorded = new ConcurrentHashMap<>();

  Uploads(MediaStore media) {
    this.media = media;
  }

  void put(String key, String path, byte[] bytes, String contentType) {
    StoredObject stored = media.put(path, bytes, contentType);
    unrecorded.computeIfAbsent(key, k -> new ConcurrentHashMap<>()).put(path, stored.generation());
  }

  byte[] read(String path) {
    return media.read(path);
  }

  /** The step is recorded: its media belong to the job now. */
  void recorded(String key) {
    unrecorded.remove(key);
  }

  /** Nothing names them: whatever this run put and nobody has written over since goes again. */
  public void deleteUnrecorded() {
    unrecorded.values().forEach(paths -> paths.forEach(this::delete));
    unrecorded.clear();
  }

  private void delete(String path, long generation) {
    try {
      // Another worker may have put the same bytes at the same path by now: those are not ours.
      if (media.stat(path).filter(now -> now.generation() == generation).isPresent()) {
        media.delete(path);
      }
    } catch (StorageException e) {
      // The job's scratch goes with the job; deletion of a user sweeps again.
      LOG.error("upload.not-deleted", e);
    }
  }
}
