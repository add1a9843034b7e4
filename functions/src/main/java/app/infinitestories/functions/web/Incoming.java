package app.infinitestories.functions.web;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came over the wire.
 *
 * @param rawPath still percent-encoded, without query
 * @param headers by lower-case name
 * @param declaredLength of the body in bytes, or −1 if not told
 */
record Incoming(
    String method,
    String rawPath,
    String rawQuery,
    Map<String, List<String>> headers,
    InputStream body,
    long declaredLength) {

  List<String> headerValues(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /** Whether it says that its body is in parts: those are read before a function is called. */
  boolean isMultipart() {
    return headerValues("Content-Type").stream()
        .anyMatch(type -> type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/"));
  }

  Optional<String> header(String name) {
    return headerValues(name).stream().findFirst();
  }
}
