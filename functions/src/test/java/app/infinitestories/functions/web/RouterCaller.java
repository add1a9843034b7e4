package app.infinitestories.functions.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Asks a router as the wire does, without a wire. */
public final class RouterCaller {
  private static final JsonMapper JSON = new JsonMapper();

  private final Router router;

  public RouterCaller(Router router) {
    this.router = router;
  }

  /** What came back; a missing node where the answer is no JSON. */
  public record Answer(int status, Map<String, String> headers, JsonNode body) {
    public String code() {
      return body.path("code").asText();
    }

    /** The details of an error, field by field. */
    public Map<String, String> details() {
      var details = new HashMap<String, String>();
      body.path("details")
          .properties()
          .forEach(entry -> details.put(entry.getKey(), entry.getValue().asText()));
      return details;
    }
  }

  /**
   * One request.
   *
   * @param target path and query
   * @param headers names and values in turn
   */
  public Answer ask(String method, String target, byte[] body, String... headers) {
    int query = target.indexOf('?');
    var byName = new HashMap<String, List<String>>();
    for (int i = 0; i < headers.length; i += 2) {
      byName.put(headers[i].toLowerCase(Locale.ROOT), List.of(headers[i + 1]));
    }
    Outgoing answer =
        router.answer(
            new Incoming(
                method,
                query < 0 ? target : target.substring(0, query),
                query < 0 ? "" : target.substring(query + 1),
                byName,
                new ByteArrayInputStream(body),
                body.length));
    try {
      boolean json = answer.headers().getOrDefault("Content-Type", "").contains("json");
      return new Answer(
          answer.status(),
          Map.copyOf(answer.headers()),
          json ? JSON.readTree(answer.body()) : JSON.getNodeFactory().missingNode());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
