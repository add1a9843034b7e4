package app.infinitestories.local.studio.runway;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Ephemeral uploads: a ticket first, then the file to the ticket's address, then runway://. */
final class Uploads {
  private static final String SCHEME = "runway://";
  private static final byte[] AWAITED = new byte[0];
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();

  /** Opens a ticket and returns its id. */
  String open() {
    String id = UUID.randomUUID().toString();
    files.put(id, AWAITED);
    return id;
  }

  /** Stores the file of a ticket; false if there is no such ticket. */
  boolean store(String id, byte[] file) {
    return files.replace(id, file) != null;
  }

  static String uri(String id) {
    return SCHEME + id;
  }

  /** The file behind a {@code runway://} address. */
  Optional<byte[]> find(String uri) {
    return uri.startsWith(SCHEME)
        ? Optional.ofNullable(files.get(uri.substring(SCHEME.length())))
            .filter(file -> file.length > 0)
        : Optional.empty();
  }
}
