package app.infinitestories.local.cli.seed;

import app.infinitestories.local.part.PartException;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The project's bucket, as staff reach it: by the client library and a service account's key. */
final class Bucket {
  private static final int NOT_THERE = 404;

  private final Storage storage;
  private final String name;

  private Bucket(Storage storage, String name) {
    this.storage = storage;
    this.name = name;
  }

  /**
   * @throws PartException when the key cannot be read
   */
  static Bucket open(URI address, String projectId, String name, Path key) {
    try (var in = Files.newInputStream(key)) {
      var options =
          StorageOptions.newBuilder()
              .setProjectId(projectId)
              .setHost(address.toString())
              .setCredentials(ServiceAccountCredentials.fromStream(in))
              .build();
      return new Bucket(options.getService(), name);
    } catch (IOException e) {
      throw new PartException("Cannot read the stack's service account key " + key, e);
    }
  }

  /** Puts an object below the folder, named by what is in it. */
  String put(String folder, byte[] bytes, String type, String extension) {
    String path =
        folder + "/" + Hashing.sha256().hashBytes(bytes).toString().substring(0, 40) + extension;
    write(path, bytes, type);
    return path;
  }

  void write(String path, byte[] bytes, String type) {
    try {
      storage.create(BlobInfo.newBuilder(name, path).setContentType(type).build(), bytes);
    } catch (StorageException e) {
      throw new PartException("Failed when putting " + path + " to Storage: " + e, e);
    }
  }

  Optional<byte[]> read(String path) {
    try {
      return Optional.of(storage.readAllBytes(BlobId.of(name, path)));
    } catch (StorageException e) {
      if (e.getCode() == NOT_THERE) {
        return Optional.empty();
      }
      throw new PartException("Failed when reading " + path + " from Storage: " + e, e);
    }
  }
}
