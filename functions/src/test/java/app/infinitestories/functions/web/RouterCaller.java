package app.infinitestories.functions.web;

import app.infinitestories.functions.contract.OpenApiContract;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.base.Ascii;
import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks a router as the wire does, without a wire, and holds every answer against the checked-in
 * {@code openapi.json}: an answer that is not described there fails the test that saw it.
 */
public final class RouterCaller {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Supplier<OpenApiContract> CONTRACT =
      Suppliers.memoize(OpenApiContract::checkedIn);

  private final Router router;
  private final Map<String, String> headers;

  /** Asks without being signed in. */
  public RouterCaller(Router router) {
    this(router, Map.of("x-forwarded-for", "192.0.2.1"));
  }

  private RouterCaller(Router router, Map<String, String> headers) {
    this.router = router;
    this.headers = Map.copyOf(headers);
  }

  /** The same with that bearer token. */
  public RouterCaller as(String token) {
    return with("Authorization", "Bearer " + token);
  }

  /** The same with that header. */
  public RouterCaller with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(Ascii.toLowerCase(name), value);
    return new RouterCaller(router, more);
  }

  /** What came back; the body is a missing node where the answer is no JSON. */
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

    /** What is said about that field; empty if nothing is. */
    public String detail(String field) {
      return body.path("details").path(field).asText();
    }

    /** That header; empty if there is none. */
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  public Answer get(String target) {
    return ask("GET", target, new byte[0]);
  }

  public Answer delete(String target) {
    return ask("DELETE", target, new byte[0]);
  }

  /** Sends a body in JSON, or none when it is empty. */
  public Answer send(String method, String target, String json) {
    return with("Content-Type", "application/json")
        .ask(method, target, json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * One request as it is.
   *
   * @param target path and query
   */
  public Answer ask(String method, String target, byte[] body) {
    int query = target.indexOf('?');
    var byName = new HashMap<String, List<String>>();
    headers.forEach((name, value) -> byName.put(name, List.of(value)));
    Outgoing answer =
        router.answer(
            new Incoming(
                method,
                query < 0 ? target : target.substring(0, query),
                query < 0 ? "" : target.substring(query + 1),
                byName,
                new ByteArrayInputStream(body),
                body.length));
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    CONTRACT
        .get()
        .check(
            new OpenApiContract.Exchange(method, target, answer.status(), answer.headers(), text));
    boolean json = answer.headers().getOrDefault("Content-Type", "").contains("json");
    try {
      return new Answer(
          answer.status(),
          Map.copyOf(answer.headers()),
          json ? JSON.readTree(text) : JSON.getNodeFactory().missingNode());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
