package app.infinitestories.ai.runway;

import app.infinitestories.ai.AiConfig;
import app.infinitestories.platform.json.Json;
import app.infinitestories.provider.ProviderException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Runway's API over HTTP: its headers, and its failures by their cause. Repeats nothing. */
final class RunwayHttp {
  static final String PROVIDER = "runway";

  private static final String API_VERSION = "2024-11-06";
  private static final MediaType JSON = MediaType.get("application/json");
  private static final long MAX_FILM_BYTES = 200_000_000L;

  private final OkHttpClient client;
  private final HttpUrl base;
  private final String key;
  private final Clock clock;

  RunwayHttp(AiConfig.Endpoint endpoint, Duration limit, Clock clock) {
    this.clock = clock;
    base = HttpUrl.get(endpoint.baseUrl().toString());
    key = endpoint.key().value();
    client =
        new OkHttpClient.Builder()
            .callTimeout(limit)
            .readTimeout(limit)
            .writeTimeout(limit)
            // It would send a POST again on another address, and every POST is paid for.
            .retryOnConnectionFailure(false)
            .build();
  }

  /** Status and body of an answer that is no failure of transport. */
  record Reply(int status, JsonNode body, Optional<Duration> retryAfter) {
    boolean isSuccess() {
      return status >= 200 && status < 300;
    }
  }

  Reply post(String model, String path, JsonNode body) throws ProviderException {
    return send(model, request(path).post(RequestBody.create(Json.write(body), JSON)).build());
  }

  Reply getTask(String model, String taskId) throws ProviderException {
    return send(model, task(taskId).get().build());
  }

  Reply deleteTask(String model, String taskId) throws ProviderException {
    return send(model, task(taskId).delete().build());
  }

  /** A finished film, from an address that needs no key and must not see ours. */
  byte[] download(String model, String url) throws ProviderException {
    HttpUrl address = HttpUrl.parse(url);
    if (address == null) {
      throw new ProviderException.BadAnswer(PROVIDER, model, "no address of the film", null);
    }
    try (Response response = client.newCall(new Request.Builder().url(address).build()).execute()) {
      if (!response.isSuccessful()) {
        throw failure(
            model, new Reply(response.code(), MissingNode.getInstance(), after(response)));
      }
      if (response.body().contentLength() > MAX_FILM_BYTES) {
        throw new ProviderException.BadAnswer(PROVIDER, model, "the film is too large", null);
      }
      return response.body().bytes();
    } catch (IOException e) {
      throw cut(model, e);
    }
  }

  /** The failure that a status stands for. The provider's words are left out: they may quote. */
  ProviderException failure(String model, Reply reply) {
    String what = "HTTP " + reply.status();
    if (reply.status() == 408 || reply.status() == 429 || reply.status() >= 500) {
      return new ProviderException.Busy(PROVIDER, model, what, reply.retryAfter(), null);
    }
    return new ProviderException.BadRequest(PROVIDER, model, what, null);
  }

  private Request.Builder task(String taskId) {
    return authorized(base.newBuilder().addPathSegments("v1/tasks").addPathSegment(taskId).build());
  }

  private Request.Builder request(String path) {
    return authorized(base.newBuilder().addPathSegments(path).build());
  }

  private Request.Builder authorized(HttpUrl url) {
    return new Request.Builder()
        .url(url)
        .header("Authorization", "Bearer " + key)
        .header("X-Runway-Version", API_VERSION);
  }

  private Reply send(String model, Request request) throws ProviderException {
    try (Response response = client.newCall(request).execute()) {
      String text = response.body().string();
      return new Reply(response.code(), parsed(model, response, text), after(response));
    } catch (IOException e) {
      throw cut(model, e);
    }
  }

  private static JsonNode parsed(String model, Response response, String text)
      throws ProviderException {
    if (text.isBlank()) {
      return MissingNode.getInstance();
    }
    try {
      return Json.parse(text);
    } catch (IllegalArgumentException e) {
      if (response.isSuccessful()) {
        throw new ProviderException.BadAnswer(PROVIDER, model, "not JSON", null);
      }
      return MissingNode.getInstance();
    }
  }

  private static ProviderException cut(String model, IOException e) {
    return new ProviderException.Busy(PROVIDER, model, "no complete answer", Optional.empty(), e);
  }

  private Optional<Duration> after(Response response) {
    String after = response.header("Retry-After");
    if (after == null) {
      return Optional.empty();
    }
    try {
      if (after.chars().allMatch(Character::isDigit)) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(after)));
      }
      var until =
          ZonedDateTime.parse(after, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT));
      Duration wait = Duration.between(clock.instant(), until.toInstant());
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
