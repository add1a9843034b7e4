package app.infinitestories.local.storage;

import app.infinitestories.local.storage.ObjectStore.Received;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Optional;

/** The checksums that a client says its bytes have; other bytes are refused. */
record Checksums(Optional<String> md5, Optional<String> crc32c) {
  static final Checksums NONE = new Checksums(Optional.empty(), Optional.empty());

  static Checksums of(JsonNode metadata, HttpExchange exchange) {
    var md5 = Optional.ofNullable(metadata.path("md5Hash").textValue());
    var crc32c = Optional.ofNullable(metadata.path("crc32c").textValue());
    var headers = exchange.getRequestHeaders().getOrDefault("X-Goog-Hash", List.of());
    for (String header : headers) {
      for (String hash : header.split(",", -1)) {
        if (hash.strip().startsWith("md5=")) {
          md5 = Optional.of(hash.strip().substring(4));
        } else if (hash.strip().startsWith("crc32c=")) {
          crc32c = Optional.of(hash.strip().substring(7));
        }
      }
    }
    var contentMd5 = exchange.getRequestHeaders().getFirst("Content-MD5");
    return new Checksums(contentMd5 == null ? md5 : Optional.of(contentMd5), crc32c);
  }

  void check(Received bytes) {
    md5.ifPresent(expected -> compare("MD5", expected, bytes.md5()));
    crc32c.ifPresent(expected -> compare("CRC32C", expected, bytes.crc32c()));
  }

  private static void compare(String kind, String expected, String actual) {
    if (!expected.equals(actual)) {
      throw new StorageFault(
          400,
          "BadDigest",
          "Provided %s hash \"%s\" doesn't match calculated %s hash \"%s\"."
              .formatted(kind, expected, kind, actual));
    }
  }
}
