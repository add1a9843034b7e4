package app.infinitestories.local.storage;

import app.infinitestories.local.storage.ObjectStore.Received;
import app.infinitestories.local.storage.StoredObject.ObjectSettings;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Upload sessions: bytes arrive in chunks, and the object exists when the last one did. */
final class ResumableUploads {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(\\d+|\\*)");
  private static final int CHUNK_UNIT = 256 * 1024;

  private final ObjectStore store;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  ResumableUploads(ObjectStore store) {
    this.store = store;
  }

  private static final class Session {
    final Path file;
    final Function<Received, StoredObject> commit;
    long received;
    Optional<StoredObject> done = Optional.empty();

    Session(Path file, Function<Received, StoredObject> commit) {
      this.file = file;
      this.commit = commit;
    }
  }

  /** Opens a session and says its id. */
  String open(
      String bucket,
      String name,
      ObjectSettings settings,
      Preconditions preconditions,
      Checksums expected)
      throws IOException {
    preconditions.check(store.find(bucket, name), false);
    var file = store.newFile();
    Files.createFile(file);
    var id = UUID.randomUUID().toString();
    sessions.put(
        id,
        new Session(
            file,
            received -> {
              expected.check(received);
              return store.commit(bucket, name, received, 0, settings, preconditions);
            }));
    return id;
  }

  /** Forgets a session; later chunks find nothing. */
  boolean cancel(String id) {
    return sessions.remove(id) != null;
  }

  /**
   * Takes a chunk.
   *
   * @return the object when this was the last chunk; else empty, and the 308 answer is sent
   */
  Optional<StoredObject> put(String id, HttpExchange exchange, InputStream body)
      throws IOException {
    var session = sessions.get(id);
    if (session == null) {
      throw new StorageFault(404, "NoSuchUpload", "The requested upload was not found.");
    }
    synchronized (session) {
      if (session.done.isPresent()) {
        return session.done;
      }
      var header = exchange.getRequestHeaders().getFirst("Content-Range");
      var range = CONTENT_RANGE.matcher(header == null ? "bytes */*" : header);
      if (!range.matches()) {
        throw StorageFault.invalid("Failed to parse Content-Range header.");
      }
      if (header == null) {
        append(session, body); // the whole rest in one go
        return finish(session);
      }
      if (range.group(1) != null) {
        long first = Long.parseLong(range.group(1));
        long length = Long.parseLong(range.group(2)) - first + 1;
        if (first != session.received) {
          throw new StorageFault(
              503, "ServiceUnavailable", "Chunk at " + first + ", expected " + session.received);
        }
        if (range.group(3).equals("*") && length % CHUNK_UNIT != 0) {
          throw StorageFault.invalid("Chunks must be multiples of 256 KiB.");
        }
        long before = session.received;
        append(session, body);
        if (session.received - before != length) {
          throw StorageFault.invalid("The chunk's length differs from its Content-Range.");
        }
      }
      if (!range.group(3).equals("*") && session.received == Long.parseLong(range.group(3))) {
        return finish(session);
      }
      if (session.received > 0) {
        exchange.getResponseHeaders().set("Range", "bytes=0-" + (session.received - 1));
      }
      exchange.sendResponseHeaders(308, -1);
      return Optional.empty();
    }
  }

  private static void append(Session session, InputStream body) throws IOException {
    try (var out = Files.newOutputStream(session.file, StandardOpenOption.APPEND)) {
      session.received += body.transferTo(out);
    }
  }

  private Optional<StoredObject> finish(Session session) throws IOException {
    try (var bytes = Files.newInputStream(session.file)) {
      session.done = Optional.of(session.commit.apply(store.receive(bytes, Long.MAX_VALUE)));
    }
    Files.delete(session.file);
    return session.done;
  }
}
