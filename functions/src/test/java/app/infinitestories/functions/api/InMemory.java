package app.infinitestories.functions.api;

import app.infinitestories.platform.realtime.RealtimeNodes;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.platform.storage.SignedUpload;
import app.infinitestories.platform.storage.StoredObject;
import app.infinitestories.platform.tasks.TaskQueue;
import com.google.cloud.storage.StorageException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Services beside Firestore that keep everything in memory and never fail. */
public final class InMemory {
  private InMemory() {}

  /** A bucket. */
  public static final class Bucket implements MediaStore {
    private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();

    @Override
    public StoredObject put(String path, byte[] bytes, String contentType) {
      objects.put(path, bytes.clone());
      return new StoredObject(path, contentType, bytes.length, 1);
    }

    @Override
    public Optional<StoredObject> stat(String path) {
      return Optional.ofNullable(objects.get(path))
          .map(bytes -> new StoredObject(path, "", bytes.length, 1));
    }

    @Override
    public byte[] read(String path) {
      byte[] bytes = objects.get(path);
      if (bytes == null) {
        throw new StorageException(404, path);
      }
      return bytes.clone();
    }

    @Override
    public void copy(String from, String to) {
      objects.put(to, read(from));
    }

    @Override
    public boolean delete(String path) {
      return objects.remove(path) != null;
    }

    @Override
    public List<String> list(String prefix, int limit) {
      return objects.keySet().stream().filter(p -> p.startsWith(prefix)).limit(limit).toList();
    }

    @Override
    public int deleteAll(String prefix) {
      List<String> found = list(prefix, Integer.MAX_VALUE);
      found.forEach(objects::remove);
      return found.size();
    }

    @Override
    public URI readUrl(String path) {
      return URI.create("https://media.invalid/" + path);
    }

    @Override
    public SignedUpload uploadUrl(String path, String contentType, long maxBytes) {
      return new SignedUpload(
          readUrl(path), Map.of("Content-Type", contentType), Instant.EPOCH.plusSeconds(900));
    }
  }

  /** The Realtime Database's promise, that a later truth is not overwritten. */
  public static final class Nodes implements RealtimeNodes {
    private final Map<String, Map<String, Object>> nodes = new ConcurrentHashMap<>();

    @Override
    public boolean put(String path, Map<String, @Nullable Object> node, long seq) {
      if (nodes.getOrDefault(path, Map.of()).get("seq") instanceof Long before && before >= seq) {
        return false;
      }
      Map<String, Object> merged = new HashMap<>(nodes.getOrDefault(path, Map.of()));
      node.forEach((field, value) -> {
        if (value == null) {
          merged.remove(field);
        } else {
          merged.put(field, value);
        }
      });
      merged.put("seq", seq);
      nodes.put(path, merged);
      return true;
    }

    @Override
    public Map<String, Object> read(String path) {
      return nodes.getOrDefault(path, Map.of());
    }

    @Override
    public void delete(Collection<String> paths) {
      nodes.keySet().removeAll(paths);
    }
  }

  /** Tasks that the test delivers. */
  public static final class Tasks implements TaskQueue {
    private final Deque<Work> taken = new ArrayDeque<>();
    private final Set<String> names = new HashSet<>();

    @Override
    public synchronized boolean enqueue(Work work) {
      if (!names.add(work.queue() + "/" + work.name())) {
        return false;
      }
      taken.add(work);
      return true;
    }

    @Override
    public void probe(String queue) {}

    /** The oldest task for a worker that was not taken yet. */
    public synchronized Optional<Work> nextWork() {
      Optional<Work> next =
          taken.stream().filter(work -> work.body().containsKey("jobId")).findFirst();
      next.ifPresent(taken::remove);
      return next;
    }
  }
}
