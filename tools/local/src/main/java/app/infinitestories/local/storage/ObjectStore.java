package app.infinitestories.local.storage;

import app.infinitestories.local.storage.StoredObject.ObjectSettings;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** Live objects of the local buckets: bytes in a temporary folder, the rest in memory. */
final class ObjectStore {
  private final Clock clock;
  private final Path folder;
  private final Consumer<String> watcher;
  private final NavigableMap<String, NavigableMap<String, StoredObject>> buckets = new TreeMap<>();
  private long lastGeneration;
  private long lastFile;

  /**
   * @param watcher told the name of each object that becomes live
   */
  ObjectStore(Set<String> buckets, Clock clock, Consumer<String> watcher) {
    this.clock = clock;
    this.watcher = watcher;
    try {
      this.folder = Files.createTempDirectory("infinitestories-storage-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    buckets.forEach(bucket -> this.buckets.put(bucket, new TreeMap<>()));
  }

  /** Bytes that were received but belong to no object yet, with their checksums. */
  record Received(Path file, long size, String md5, String crc32c) {}

  /**
   * Keeps the bytes of an upload.
   *
   * @throws StorageFault 400 when there are more than {@code maxBytes}
   */
  Received receive(InputStream bytes, long maxBytes) throws IOException {
    var file = newFile();
    var md5 = md5();
    var crc = new CRC32C();
    long size = 0;
    try (var out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[64 * 1024];
      for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
        size += read;
        if (size > maxBytes) {
          throw new StorageFault(
              400,
              "EntityTooLarge",
              "Your proposed upload is larger than the maximum object size specified in your"
                  + " Policy Document.");
        }
        md5.update(buffer, 0, read);
        crc.update(buffer, 0, read);
        out.write(buffer, 0, read);
      }
    }
    return new Received(file, size, base64(md5.digest()), base64(crc));
  }

  synchronized Path newFile() {
    return folder.resolve("bytes-" + ++lastFile);
  }

  synchronized boolean hasBucket(String bucket) {
    return buckets.containsKey(bucket);
  }

  synchronized void createBucket(String bucket) {
    if (buckets.putIfAbsent(bucket, new TreeMap<>()) != null) {
      throw new StorageFault(
          409, "BucketAlreadyOwnedByYou", "Your previous request to create the bucket succeeded.");
    }
  }

  synchronized Optional<StoredObject> find(String bucket, String name) {
    return Optional.ofNullable(objects(bucket).get(name));
  }

  /** A live object; only its present generation exists, since the bucket has no versioning. */
  StoredObject get(
      String bucket, String name, Optional<Long> generation, Preconditions preconditions) {
    var found =
        find(bucket, name)
            .filter(object -> generation.map(g -> g == object.generation()).orElse(true));
    var object = found.orElseThrow(() -> StorageFault.notFound(bucket, name));
    preconditions.check(found, true);
    return object;
  }

  /** Makes received bytes the live object of that name, if the conditions hold. */
  synchronized StoredObject commit(
      String bucket,
      String name,
      Received bytes,
      int components,
      ObjectSettings settings,
      Preconditions preconditions) {
    if (name.isEmpty() || name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > 1024) {
      throw StorageFault.invalid("Invalid object name");
    }
    var objects = objects(bucket);
    preconditions.check(Optional.ofNullable(objects.get(name)), false);
    var now = clock.instant();
    long micros = Math.multiplyExact(now.toEpochMilli(), 1_000L);
    lastGeneration = Math.max(lastGeneration + 1, micros);
    var object =
        new StoredObject(
            bucket,
            name,
            lastGeneration,
            1,
            bytes.file(),
            bytes.size(),
            components > 0 ? Optional.empty() : Optional.of(bytes.md5()),
            bytes.crc32c(),
            components,
            settings,
            now,
            now);
    objects.put(name, object);
    watcher.accept(name);
    return object;
  }

  synchronized StoredObject update(
      String bucket, String name, ObjectSettings settings, Preconditions preconditions) {
    var objects = objects(bucket);
    var object =
        Optional.ofNullable(objects.get(name))
            .orElseThrow(() -> StorageFault.notFound(bucket, name));
    preconditions.check(Optional.of(object), false);
    var changed = object.with(settings, clock.instant());
    objects.put(name, changed);
    return changed;
  }

  synchronized void delete(
      String bucket, String name, Optional<Long> generation, Preconditions preconditions) {
    var objects = objects(bucket);
    var found =
        Optional.ofNullable(objects.get(name))
            .filter(object -> generation.map(g -> g == object.generation()).orElse(true));
    if (found.isEmpty()) {
      throw StorageFault.notFound(bucket, name);
    }
    preconditions.check(found, false);
    objects.remove(name);
    // The file stays until the store is closed: a download may still be reading it.
  }

  /** A copy of the bucket's objects, in the order of their names. */
  synchronized NavigableMap<String, StoredObject> list(String bucket) {
    return new TreeMap<>(objects(bucket));
  }

  void close() {
    try {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private NavigableMap<String, StoredObject> objects(String bucket) {
    var objects = buckets.get(bucket);
    if (objects == null) {
      throw new StorageFault(404, "NoSuchBucket", "The specified bucket does not exist.");
    }
    return objects;
  }

  private static String base64(CRC32C crc) {
    return base64(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This JDK has no MD5", e);
    }
  }
}
