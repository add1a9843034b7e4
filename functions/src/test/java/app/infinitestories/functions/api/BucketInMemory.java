package app.infinitestories.functions.api;

import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.platform.storage.SignedUpload;
import app.infinitestories.platform.storage.StoredObject;
import com.google.cloud.storage.StorageException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** A bucket for tests of routes: what signatures allow is tested where they are made. */
public final class BucketInMemory implements MediaStore {
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
    return URI.create("https://media.example.com/" + path);
  }

  @Override
  public SignedUpload uploadUrl(String path, String contentType, long maxBytes) {
    return new SignedUpload(
        URI.create("https://media.example.com/" + path),
        Map.of("Content-Type", contentType),
        Instant.EPOCH);
  }
}
