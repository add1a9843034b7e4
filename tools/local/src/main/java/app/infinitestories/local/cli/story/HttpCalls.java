package app.infinitestories.local.cli.story;

import app.infinitestories.local.part.PartException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** HTTP with a bound on every call; a failure says what was being done and who did not answer. */
public final class HttpCalls {
  static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Duration patience;

  /**
   * @param patience the longest that one call may take, its body included
   */
  public HttpCalls(Duration patience) {
    this.patience = patience;
  }

  /**
   * Sends JSON and reads JSON.
   *
   * @param doing what this call is for, in words that fit behind "when"
   * @return the answer, missing when it is empty
   * @throws ApiException when the answer is not 2xx
   * @throws PartException when there is none
   */
  public JsonNode json(
      String doing, String method, URI uri, Map<String, String> headers, @Nullable JsonNode body) {
    try {
      return read(doing, send(doing, request(method, uri, headers, body)));
    } catch (JsonProcessingException e) {
      throw new PartException("Failed when " + doing + ": " + uri + " did not answer JSON", e);
    }
  }

  /** Sends JSON and reads whatever bytes come back; else as {@link #json}. */
  public byte[] bytes(
      String doing, String method, URI uri, Map<String, String> headers, JsonNode body) {
    var answer = send(doing, request(method, uri, headers, body));
    if (answer.statusCode() / 100 != 2) {
      throw ApiException.of(
          doing, answer.statusCode(), problem(answer.body()), text(answer.body()));
    }
    return answer.body();
  }

  private static HttpRequest request(
      String method, URI uri, Map<String, String> headers, @Nullable JsonNode body) {
    var payload = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
    var request = HttpRequest.newBuilder(uri).method(method, payload);
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    return request.build();
  }

  /** Puts bytes to an address, with exactly those headers. */
  void put(String doing, URI uri, Map<String, String> headers, byte[] body) {
    var request = HttpRequest.newBuilder(uri).PUT(BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    var answer = send(doing, request.build());
    if (answer.statusCode() / 100 != 2) {
      throw ApiException.of(
          doing, answer.statusCode(), MissingNode.getInstance(), text(answer.body()));
    }
  }

  byte[] get(String doing, URI uri) {
    var answer = send(doing, HttpRequest.newBuilder(uri).build());
    if (answer.statusCode() != 200) {
      throw ApiException.of(
          doing, answer.statusCode(), MissingNode.getInstance(), text(answer.body()));
    }
    return answer.body();
  }

  private static JsonNode read(String doing, HttpResponse<byte[]> answer)
      throws JsonProcessingException {
    var body = text(answer.body());
    if (answer.statusCode() / 100 == 2) {
      return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
    }
    throw ApiException.of(doing, answer.statusCode(), problem(answer.body()), body);
  }

  private static JsonNode problem(byte[] body) {
    try {
      return JSON.readTree(text(body));
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance(); // not the API but something before it: shown as it is
    }
  }

  private HttpResponse<byte[]> send(String doing, HttpRequest request) {
    var answer = http.sendAsync(request, BodyHandlers.ofByteArray());
    var who = request.uri().getScheme() + "://" + request.uri().getAuthority();
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new PartException(
          "Gave up after %d s when %s: %s did not answer"
              .formatted(patience.toSeconds(), doing, who),
          e);
    } catch (ExecutionException e) {
      throw new PartException(
          "Failed when %s: %s does not answer (%s)".formatted(doing, who, e.getCause()), e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new PartException("Interrupted when " + doing, e);
    }
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }
}
