package app.infinitestories.local.storage;

import app.infinitestories.local.storage.StoredObject.ObjectSettings;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Objects by path, {@code /bucket/object}: what a signed address opens to a phone. */
final class XmlApi {
  private static final Pattern LENGTH_RANGE = Pattern.compile("\\s*(\\d+)\\s*,\\s*(\\d+)\\s*");
  private static final Map<String, String> HEADERS =
      Map.of(
          "content-type", "contentType",
          "cache-control", "cacheControl",
          "content-disposition", "contentDisposition",
          "content-language", "contentLanguage");

  private final ObjectStore store;

  XmlApi(ObjectStore store) {
    this.store = store;
  }

  void handle(HttpExchange exchange, String bucket, String name) throws IOException {
    var query = Query.of(exchange.getRequestURI().getRawQuery());
    switch (exchange.getRequestMethod()) {
      case "GET", "HEAD" ->
          Download.send(
              exchange,
              store.get(bucket, name, query.number("generation"), preconditions(exchange)));
      case "PUT" -> put(exchange, bucket, name);
      case "DELETE" -> {
        store.delete(bucket, name, query.number("generation"), preconditions(exchange));
        exchange.sendResponseHeaders(204, -1);
      }
      default ->
          throw new StorageFault(
              405,
              "MethodNotAllowed",
              "The specified method is not allowed against this resource.");
    }
  }

  private void put(HttpExchange exchange, String bucket, String name) throws IOException {
    var headers = exchange.getRequestHeaders();
    if (headers.containsKey("X-Goog-Copy-Source") || headers.containsKey("X-Goog-Resumable")) {
      throw StorageFault.notHere("copies and resumable uploads by the XML API");
    }
    long least = 0;
    long most = Long.MAX_VALUE;
    var limits = headers.getFirst("X-Goog-Content-Length-Range");
    if (limits != null) {
      var range = LENGTH_RANGE.matcher(limits);
      if (!range.matches()) {
        throw StorageFault.invalid("Invalid x-goog-content-length-range: " + limits);
      }
      least = Long.parseLong(range.group(1));
      most = Long.parseLong(range.group(2));
    }
    var received = store.receive(exchange.getRequestBody(), most);
    if (received.size() < least) {
      throw new StorageFault(
          400,
          "EntityTooSmall",
          "Your proposed upload is smaller than the minimum object size specified in your Policy"
              + " Document.");
    }
    Checksums.of(com.fasterxml.jackson.databind.node.MissingNode.getInstance(), exchange)
        .check(received);
    var object =
        store.commit(bucket, name, received, 0, settings(exchange), preconditions(exchange));
    var answer = exchange.getResponseHeaders();
    answer.set("ETag", object.md5().map(md5 -> "\"" + md5 + "\"").orElse(object.etag()));
    answer.set("X-Goog-Generation", Long.toString(object.generation()));
    answer.set("X-Goog-Metageneration", "1");
    answer.add("X-Goog-Hash", "crc32c=" + object.crc32c());
    object.md5().ifPresent(md5 -> answer.add("X-Goog-Hash", "md5=" + md5));
    exchange.sendResponseHeaders(200, -1);
  }

  private static ObjectSettings settings(HttpExchange exchange) {
    var content = new HashMap<String, String>();
    var custom = new HashMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach((header, values) -> {
          var lower = header.toLowerCase(Locale.ROOT);
          var known = HEADERS.get(lower);
          if (known != null) {
            content.put(known, values.getFirst());
          } else if (lower.startsWith("x-goog-meta-")) {
            custom.put(lower.substring("x-goog-meta-".length()), values.getFirst());
          }
        });
    return new ObjectSettings(content, custom);
  }

  private static Preconditions preconditions(HttpExchange exchange) {
    var found = new HashMap<String, Long>();
    number(exchange.getRequestHeaders().getFirst("X-Goog-If-Generation-Match"))
        .ifPresent(value -> found.put("ifGenerationMatch", value));
    number(exchange.getRequestHeaders().getFirst("X-Goog-If-Metageneration-Match"))
        .ifPresent(value -> found.put("ifMetagenerationMatch", value));
    return new Preconditions(found);
  }

  private static Optional<Long> number(@Nullable String value) {
    try {
      return value == null ? Optional.empty() : Optional.of(Long.parseLong(value));
    } catch (NumberFormatException e) {
      throw StorageFault.invalid("Not a generation: " + value);
    }
  }
}
