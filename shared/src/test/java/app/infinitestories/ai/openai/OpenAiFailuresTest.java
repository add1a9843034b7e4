package app.infinitestories.ai.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import app.infinitestories.provider.ProviderException;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a call to OpenAI fails comes out by its cause, after exactly one request. */
class OpenAiFailuresTest {
  private final OpenAiStub stub = new OpenAiStub("STORY_TIMEOUT_SECONDS", "1");
  private final OpenAiStoryteller storyteller = new OpenAiStoryteller(stub.openai(), stub.config());

  @AfterEach
  void close() {
    stub.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 409, 500, 502, 503, 504, 529})
  void aServerInTroubleIsBusy(int status) {
    stub.answers(OpenAiStub.error(status, "server_error", "server_error"));

    var busy = assertFails(ProviderException.Busy.class);

    assertEquals(Optional.empty(), busy.retryAfter());
    assertEquals("gpt-6-luna", busy.model());
  }

  @ParameterizedTest
  @CsvSource({
    "Retry-After, 12, PT12S",
    "Retry-After, 0.5, PT0.5S",
    "retry-after-ms, 1500, PT1.5S",
    "Retry-After, 'Fri, 20 Nov 2026 10:00:30 GMT', PT30S",
    "Retry-After, 'Fri, 20 Nov 2026 09:00:00 GMT', PT0S"
  })
  void tooManyRequestsSayWhenToComeBack(String header, String value, Duration wait) {
    stub.answers(
        OpenAiStub.error(429, "requests", "rate_limit_exceeded").withHeader(header, value));

    assertEquals(Optional.of(wait), assertFails(ProviderException.Busy.class).retryAfter());
  }

  @Test
  void anUnreadableWaitIsNoWait() {
    stub.answers(OpenAiStub.error(429, "requests", "x").withHeader("Retry-After", "soon"));

    assertEquals(Optional.empty(), assertFails(ProviderException.Busy.class).retryAfter());
  }

  @Test
  void aServerThatTakesTooLongIsBusy() {
    stub.answers(okJson("{}").withFixedDelay(60_000));

    assertFails(ProviderException.Busy.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE"})
  void aCutConnectionIsBusy(Fault fault) {
    stub.answers(aResponse().withFault(fault));

    assertFails(ProviderException.Busy.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>not JSON</html>", "{\"choices\":", "{}", "[]", ""})
  void anAnswerThatIsNoneIsBad(String body) {
    stub.answers(okJson(body));

    assertFails(ProviderException.BadAnswer.class);
  }

  @ParameterizedTest
  @CsvSource({
    "401, invalid_api_key",
    "403, unsupported_country_region_territory",
    "400, unknown_parameter",
    "404, not_found",
    "422, invalid"
  })
  void aWrongRequestIsOurFault(int status, String code) {
    stub.answers(OpenAiStub.error(status, "invalid_request_error", code));

    assertFails(ProviderException.BadRequest.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"moderation_blocked", "content_policy_violation"})
  void aNoOfTheSafetySystemIsARefusal(String code) {
    stub.answers(OpenAiStub.error(400, "image_generation_user_error", code));

    var refused = assertFails(ProviderException.Refused.class);

    assertEquals(code, refused.category());
    assertFalse(refused.terminal(), "other words may be accepted");
  }

  @Test
  void noFailureCarriesTheProvidersWords() {
    for (int status : new int[] {400, 401, 404, 429, 500}) {
      stub.answers(OpenAiStub.error(status, "some_error", "some_code"));

      var failure = assertThrows(ProviderException.class, () -> storyteller.tamer("a hill", true));

      var printed = new StringWriter();
      failure.printStackTrace(new PrintWriter(printed));
      assertFalse(printed.toString().contains("Mathilda"), "no quote at " + status);
    }
  }

  private <E extends ProviderException> E assertFails(Class<E> cause) {
    E failure = assertThrows(cause, () -> storyteller.tamer("a hill", true));
    assertEquals(1, stub.bodies().size(), "the client repeats nothing by itself");
    return failure;
  }
}
