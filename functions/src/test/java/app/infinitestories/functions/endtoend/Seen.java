package app.infinitestories.functions.endtoend;

import app.infinitestories.platform.Hashes;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A request to a provider as it was sent, body and all.
 *
 * @param path without the provider's prefix, for example {@code /v1/images/edits}
 */
@SuppressWarnings("ArrayRecordComponent") // what was on the wire, never compared
record Seen(String method, String path, byte[] body) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern SCHEMA = Pattern.compile("\"json_schema\":\\{\"name\":\"([^\"]+)\"");
  private static final Pattern PROMPT =
      Pattern.compile(
          "name=\"prompt\"[^\\r]*(?:\\r\\n[^\\r]+)*\\r\\n\\r\\n(.*?)\\r\\n--", Pattern.DOTALL);

  String text() {
    return new String(body, StandardCharsets.ISO_8859_1);
  }

  boolean isPost() {
    return method.equals("POST");
  }

  /** The name of the answer's schema, empty where there is none. */
  String schema() {
    var found = SCHEMA.matcher(text());
    return found.find() ? found.group(1) : "";
  }

  boolean is(String endpoint) {
    return isPost() && path.endsWith(endpoint);
  }

  boolean asks(String schema) {
    return is("/chat/completions") && schema().equals(schema);
  }

  /** What an illustrator is to draw. */
  String prompt() {
    var found = PROMPT.matcher(text());
    return found.find() ? found.group(1).replace("\r\n", "\n") : "";
  }

  /** What a narrator is to read. */
  String input() {
    try {
      return JSON.readTree(body).path("input").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same for two requests with the same content; a multipart boundary is no content. */
  String fingerprint() {
    String text = text();
    if (text.startsWith("--")) {
      text = text.replace(text.substring(0, text.indexOf('\r')), "--boundary");
    }
    return path + " " + Hashes.sha256(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Bodies hold a child's data, also in a failing test's output. */
  @Override
  public String toString() {
    return method + " " + path + " " + schema();
  }
}
