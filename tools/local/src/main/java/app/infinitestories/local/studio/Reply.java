package app.infinitestories.local.studio;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer: status, headers, bytes; or no answer at all, the connection closing instead. */
@SuppressWarnings("ArrayRecordComponent") // written to the socket once, never compared
public record Reply(int status, Map<String, String> headers, byte[] body, boolean cut) {

  public static Reply json(int status, JsonNode node) {
    return of(status, "application/json", node.toString().getBytes(StandardCharsets.UTF_8));
  }

  public static Reply of(int status, String contentType, byte[] body) {
    return new Reply(status, Map.of("Content-Type", contentType), body, false);
  }

  public static Reply empty(int status) {
    return new Reply(status, Map.of(), new byte[0], false);
  }

  public Reply with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Reply(status, all, body, cut);
  }

  /** The same work without an answer: the connection closes. */
  public Reply cutOff() {
    return new Reply(status, headers, body, true);
  }
}
