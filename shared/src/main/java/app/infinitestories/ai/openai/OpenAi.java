package app.infinitestories.ai.openai;

import app.infinitestories.ai.AiConfig;
import app.infinitestories.provider.Answer;
import app.infinitestories.provider.Charge;
import app.infinitestories.provider.ProviderException;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.RequestOptions;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIRetryableException;
import com.openai.errors.OpenAIServiceException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The connection to OpenAI that all its adapters share. It never repeats a call by itself: who asks
 * again, and when, is decided where the job's intent is recorded.
 */
public final class OpenAi implements AutoCloseable {
  static final String PROVIDER = "openai";

  private static final Set<String> REFUSALS =
      Set.of(
          "moderation_blocked",
          "content_policy_violation",
          "content_filter",
          "safety_violation",
          "image_generation_user_error");

  private final OpenAIClient client;
  private final Clock clock;

  public OpenAi(AiConfig.Endpoint endpoint, Clock clock) {
    this.clock = clock;
    client =
        OpenAIOkHttpClient.builder()
            .baseUrl(endpoint.baseUrl().toString())
            .apiKey(endpoint.key().value())
            .maxRetries(0)
            .build();
  }

  /** One call and the reading of its answer, since a client may notice only then that it is bad. */
  @FunctionalInterface
  interface Call<T> {
    T with(OpenAIClient client, RequestOptions options) throws ProviderException;
  }

  /** Makes the call; whatever goes wrong comes out by its cause. */
  <T> T ask(String model, Duration limit, Call<T> call) throws ProviderException {
    try {
      return call.with(client, RequestOptions.builder().timeout(limit).build());
    } catch (OpenAIServiceException e) {
      throw byStatus(model, e);
    } catch (OpenAIIoException | OpenAIRetryableException e) {
      throw new ProviderException.Busy(PROVIDER, model, "no complete answer", Optional.empty(), e);
    } catch (OpenAIException e) {
      throw unreadable(model, e);
    }
  }

  /** What is read from an answer that has arrived. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws ProviderException;
  }

  /** Reads an answer that is on the bill, whatever is in it: a failure carries the charge. */
  static <T> Answer<T> read(String model, Charge charge, Reading<T> reading)
      throws ProviderException {
    try {
      return new Answer<>(reading.read(), charge);
    } catch (ProviderException e) {
      throw e.costing(charge);
    } catch (OpenAIException e) {
      throw unreadable(model, e).costing(charge);
    }
  }

  /** The client's message may quote the answer, so only its kind is kept. */
  private static ProviderException unreadable(String model, OpenAIException e) {
    return new ProviderException.BadAnswer(
        PROVIDER, model, "unreadable answer: " + e.getClass().getSimpleName(), null);
  }

  /** The provider's own words may quote the prompt, so only status and code are kept. */
  private ProviderException byStatus(String model, OpenAIServiceException e) {
    int status = e.statusCode();
    String code = e.code().or(e::type).orElse("");
    String what = "HTTP " + status + (code.isEmpty() ? "" : " " + code);
    if (code.equals("model_not_found")) {
      return new ProviderException.ModelGone(PROVIDER, model);
    }
    if (status == 400 && (REFUSALS.contains(code) || REFUSALS.contains(e.type().orElse("")))) {
      return new ProviderException.Refused(PROVIDER, model, code, false);
    }
    if (status == 408 || status == 409 || status == 429 || status >= 500) {
      return new ProviderException.Busy(PROVIDER, model, what, retryAfter(e), null);
    }
    if (status >= 400) {
      String parameter = e.param().map(name -> " at " + name).orElse("");
      return new ProviderException.BadRequest(PROVIDER, model, what + parameter, null);
    }
    return new ProviderException.BadAnswer(PROVIDER, model, what, null);
  }

  private Optional<Duration> retryAfter(OpenAIServiceException e) {
    List<String> millis = e.headers().values("retry-after-ms");
    List<String> after = e.headers().values("retry-after");
    try {
      if (!millis.isEmpty()) {
        return Optional.of(Duration.ofMillis((long) Double.parseDouble(millis.getFirst())));
      }
      if (after.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(wait(after.getFirst()));
    } catch (NumberFormatException | DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  private Duration wait(String after) {
    if (after.chars().allMatch(c -> Character.isDigit(c) || c == '.')) {
      return Duration.ofMillis((long) (Double.parseDouble(after) * 1_000));
    }
    var until = ZonedDateTime.parse(after, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    Duration wait = Duration.between(clock.instant(), until);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  @Override
  public void close() {
    client.close();
  }
}
