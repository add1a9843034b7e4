package app.infinitestories.functions.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends requests through a router as it stands, without a socket: for tests of features' routes.
 */
public final class Asking {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Router router;
  private final Map<String, List<String>> headers;

  /** Asks with that bearer token. */
  public Asking(Router router, String token) {
    this.router = router;
    this.headers = Map.of("authorization", List.of("Bearer " + token));
  }

  private Asking(Router router, Map<String, List<String>> headers) {
    this.router = router;
    this.headers = headers;
  }

  /** The same with one header more. */
  public Asking with(String name, String value) {
    Map<String, List<String>> more = new HashMap<>(headers);
    more.put(name.toLowerCase(java.util.Locale.ROOT), List.of(value));
    return new Asking(router, more);
  }

  /** An answer; {@code body} is a missing node when there is none. */
  public record Answer(int status, Map<String, String> headers, JsonNode body) {
    public String code() {
      return body.path("code").asText();
    }

    /** What is said about that field. */
    public String detail(String field) {
      return body.path("details").path(field).asText();
    }
  }

  public Answer get(String path) {
    return send("GET", path, "");
  }

  public Answer delete(String path) {
    return send("DELETE", path, "");
  }

  public Answer post(String path, String body) {
    return send("POST", path, body);
  }

  /** Sends a body in JSON, or none when it is empty. */
  public Answer send(String method, String path, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String[] parts = path.split("\\?", 2);
    Map<String, List<String>> all = new HashMap<>(headers);
    all.put("content-type", List.of("application/json"));
    all.put("x-forwarded-for", List.of("192.0.2.1"));
    Outgoing answer =
        router.answer(
            new Incoming(
                method,
                parts[0],
                parts.length == 1 ? "" : parts[1],
                all,
                new ByteArrayInputStream(bytes),
                bytes.length));
    try {
      return new Answer(
          answer.status(),
          answer.headers(),
          answer.body().length == 0
              ? JSON.getNodeFactory().missingNode()
              : JSON.readTree(answer.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
