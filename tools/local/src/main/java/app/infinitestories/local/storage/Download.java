package app.infinitestories.local.storage;

import com.google.common.io.ByteStreams;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.util.Optional;
import java.util.regex.Pattern;

/** Answers with an object's bytes, whole or the range that was asked for. */
final class Download {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

  private Download() {}

  private record Slice(long from, long length) {}

  static void send(HttpExchange exchange, StoredObject object) throws IOException {
    var headers = exchange.getResponseHeaders();
    object
        .settings()
        .headers()
        .forEach((name, value) -> {
          switch (name) {
            case "cacheControl" -> headers.set("Cache-Control", value);
            case "contentDisposition" -> headers.set("Content-Disposition", value);
            case "contentEncoding" -> headers.set("Content-Encoding", value);
            case "contentLanguage" -> headers.set("Content-Language", value);
            default -> {}
          }
        });
    headers.set("Content-Type", object.settings().contentType());
    headers.set("ETag", object.etag());
    headers.set("Accept-Ranges", "bytes");
    headers.set("X-Goog-Generation", Long.toString(object.generation()));
    headers.set("X-Goog-Metageneration", Long.toString(object.metageneration()));
    headers.set("X-Goog-Storage-Class", "STANDARD");
    headers.set("X-Goog-Stored-Content-Encoding", "identity");
    headers.set("X-Goog-Stored-Content-Length", Long.toString(object.size()));
    headers.add("X-Goog-Hash", "crc32c=" + object.crc32c());
    object.md5().ifPresent(md5 -> headers.add("X-Goog-Hash", "md5=" + md5));
    if (object.etag().equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      exchange.sendResponseHeaders(304, -1);
      return;
    }

    var range = exchange.getRequestHeaders().getFirst("Range");
    var slice = range == null ? Optional.<Slice>empty() : slice(range, object.size());
    long from = slice.map(Slice::from).orElse(0L);
    long length = slice.map(Slice::length).orElse(object.size());
    slice.ifPresent(s ->
        headers.set(
            "Content-Range",
            "bytes %d-%d/%d".formatted(s.from(), s.from() + s.length() - 1, object.size())));
    boolean empty = length == 0 || exchange.getRequestMethod().equals("HEAD");
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", Long.toString(length));
    }
    exchange.sendResponseHeaders(slice.isPresent() ? 206 : 200, empty ? -1 : length);
    if (!empty) {
      try (var file = Files.newByteChannel(object.file());
          var out = exchange.getResponseBody()) {
        file.position(from);
        ByteStreams.limit(Channels.newInputStream(file), length).transferTo(out);
      }
    }
  }

  /** Empty for a header that is no single byte range: the service ignores it. */
  private static Optional<Slice> slice(String header, long size) {
    var range = RANGE.matcher(header);
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return Optional.empty();
    }
    long from;
    long to;
    if (range.group(1).isEmpty()) {
      from = Math.max(0, size - Long.parseLong(range.group(2)));
      to = size - 1;
    } else {
      from = Long.parseLong(range.group(1));
      to = range.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(range.group(2)));
    }
    if (from >= size || to < from) {
      throw new StorageFault(416, "InvalidRange", "The requested range cannot be satisfied.");
    }
    return Optional.of(new Slice(from, to - from + 1));
  }
}
