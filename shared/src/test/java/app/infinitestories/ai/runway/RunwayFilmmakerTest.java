package app.infinitestories.ai.runway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.ai.AiConfigs;
import app.infinitestories.ai.ClipProgress;
import app.infinitestories.ai.ClipRequest;
import app.infinitestories.ai.Samples;
import app.infinitestories.platform.json.Json;
import app.infinitestories.provider.Charge;
import app.infinitestories.provider.ProviderException;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import java.awt.Color;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunwayFilmmakerTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC);

  private final WireMockServer server =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void aClipIsOrderedAsTheApiWantsIt() throws Exception {
    answers(okJson("{\"id\": \"task-1\"}"));

    String taskId = filmmaker().submit(request(5));

    assertEquals("task-1", taskId);
    var sent = server.getAllServeEvents().getFirst().getRequest();
    assertEquals("/v1/image_to_video", sent.getUrl());
    assertEquals("2024-11-06", sent.getHeader("X-Runway-Version"));
    assertEquals("Bearer key_not_a_real_key", sent.getHeader("Authorization"));
    assertEquals(
        Json.parse(
            """
            {"model": "gen4_turbo", "promptImage": "%s", "promptText": "leaves drift",
             "ratio": "1280:720", "duration": 5, "seed": 42}
            """
                .formatted(Samples.png(Color.RED).dataUri())),
        Json.parse(sent.getBodyAsString()));
  }

  @Test
  void aLongPromptIsCutAtAWord() throws Exception {
    answers(okJson("{\"id\": \"task-1\"}"));

    filmmaker().submit(new ClipRequest(Samples.png(Color.RED), "slow words ".repeat(120), 5, 1));

    String sent = body().path("promptText").asText();
    assertTrue(sent.length() <= 1_000 && sent.endsWith("words"), sent);
  }

  @Test
  void aPictureTooLargeForADataUriGoesAsJpeg() throws Exception {
    answers(okJson("{\"id\": \"task-1\"}"));

    filmmaker().submit(new ClipRequest(Samples.noise(1_300, 1_000), "leaves drift", 5, 1));

    String uri = body().path("promptImage").asText();
    assertTrue(uri.startsWith("data:image/jpeg;base64,"), "a JPEG");
    assertTrue(uri.length() <= 5_000_000, () -> uri.length() + " characters");
  }

  @ParameterizedTest
  @CsvSource({
    "gen4_turbo, 2, 2",
    "gen4_turbo, 7, 7",
    "gen4_turbo, 10, 10",
    "veo3.1, 2, 4",
    "veo3.1, 5, 6",
    "veo3.1, 8, 8",
    "veo3.1, 10, 8"
  })
  void aLengthIsRoundedUpToWhatTheModelMakes(String model, int wanted, int made) throws Exception {
    answers(okJson("{\"id\": \"task-1\"}"));
    var filmmaker =
        filmmaker("VIDEO_MODEL", model, "AI_PRICES", "{\"perSecond\": {\"veo3.1\": \"0.40\"}}");

    filmmaker.submit(request(wanted));

    assertEquals(made, filmmaker.clipSeconds(wanted));
    assertEquals(made, body().path("duration").asInt());
  }

  @Test
  void anEstimateIsThePriceOfTheMadeLength() {
    assertEquals(0, new BigDecimal("0.25").compareTo(filmmaker().estimate(5).estimateUsd()));
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"status\": \"PENDING\"}', 0",
    "'{\"status\": \"THROTTLED\"}', 0",
    "'{\"status\": \"RUNNING\", \"progress\": 0.4}', 0.4",
    "'{\"status\": \"RUNNING\"}', 0",
    "'{\"status\": \"RUNNING\", \"progress\": 40}', 1"
  })
  void aTaskAtWorkTellsHowFarItIs(String task, double progress) throws Exception {
    answers(okJson(task));

    assertEquals(new ClipProgress.Running(progress), filmmaker().poll("task-1"));
  }

  @Test
  void aFinishedFilmIsCopiedAtOnceWithoutShowingTheKey() throws Exception {
    succeeds("{\"credits\": 25}");
    server.stubFor(get("/film.mp4").willReturn(aResponse().withBody(Samples.mp4())));

    var ready = assertInstanceOf(ClipProgress.Ready.class, filmmaker().poll("task-1"));

    assertEquals("video/mp4", ready.film().value().mimeType());
    assertEquals(
        new Charge(
            "runway",
            "gen4_turbo",
            "video_generation",
            "credits",
            new BigDecimal(25),
            new BigDecimal("0.25")),
        ready.film().charge());
    var download = server.findAll(WireMock.getRequestedFor(urlPathEqualTo("/film.mp4"))).getFirst();
    assertFalse(download.containsHeader("Authorization"));
  }

  @Test
  void aFilmWithoutStatedCostIsBookedAtTheDearest() throws Exception {
    succeeds("null");
    server.stubFor(get("/film.mp4").willReturn(aResponse().withBody(Samples.mp4())));

    var ready = assertInstanceOf(ClipProgress.Ready.class, filmmaker().poll("task-1"));

    assertEquals(0, new BigDecimal("0.5").compareTo(ready.film().charge().usd()));
  }

  @Test
  void aDownloadThatIsNoFilmIsABadAnswer() {
    succeeds("{\"credits\": 25}");
    server.stubFor(get("/film.mp4").willReturn(okJson("{\"error\": \"expired\"}")));

    var bad = assertThrows(ProviderException.BadAnswer.class, () -> filmmaker().poll("task-1"));
    assertEquals(
        Optional.of(new BigDecimal("0.25")), bad.charge().map(charge -> charge.usd()), "made");
  }

  @Test
  void aFilmWhoseAddressHasDiedIsFetchedFromAFreshOne() throws Exception {
    server.stubFor(
        get("/v1/tasks/task-1")
            .inScenario("task")
            .willReturn(okJson(succeeded("/dead.mp4", "{\"credits\": 25}")))
            .willSetStateTo("asked again"));
    server.stubFor(
        get("/v1/tasks/task-1")
            .inScenario("task")
            .whenScenarioStateIs("asked again")
            .willReturn(okJson(succeeded("/film.mp4", "{\"credits\": 25}"))));
    server.stubFor(get("/dead.mp4").willReturn(aResponse().withStatus(403)));
    server.stubFor(get("/film.mp4").willReturn(aResponse().withBody(Samples.mp4())));

    var ready = assertInstanceOf(ClipProgress.Ready.class, filmmaker().poll("task-1"));

    assertEquals(new BigDecimal("0.25"), ready.film().charge().usd());
  }

  @Test
  void aFilmThatIsGoneForGoodHasBeenPaidFor() {
    succeeds("{\"credits\": 25}");
    server.stubFor(get("/film.mp4").willReturn(aResponse().withStatus(404)));

    var gone = assertThrows(ProviderException.BadRequest.class, () -> filmmaker().poll("task-1"));

    assertEquals(Optional.of(new BigDecimal("0.25")), gone.charge().map(charge -> charge.usd()));
    assertEquals(2, server.findAll(WireMock.getRequestedFor(urlPathEqualTo("/film.mp4"))).size());
  }

  @Test
  void aDownloadThatBreaksOffIsTriedLater() {
    succeeds("{\"credits\": 25}");
    server.stubFor(
        get("/film.mp4").willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

    assertThrows(ProviderException.Busy.class, () -> filmmaker().poll("task-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SAFETY.INPUT.TEXT", "SAFETY.OUTPUT.VIDEO", "INPUT_PREPROCESSING.SAFETY.TEXT"})
  void aSafetyFailureIsARefusalForGood(String code) {
    fails(code);

    var refused = assertThrows(ProviderException.Refused.class, () -> filmmaker().poll("task-1"));

    assertEquals(code, refused.category());
    assertTrue(refused.terminal());
  }

  @ParameterizedTest
  @ValueSource(strings = {"INTERNAL", "INTERNAL.BAD_OUTPUT.CODE01", "THIRD_PARTY.UNAVAILABLE"})
  void anInternalFailureIsWorthOneMoreTry(String code) throws Exception {
    fails(code);

    assertEquals(new ClipProgress.Lost(code), filmmaker().poll("task-1"));
  }

  @Test
  void otherFailuresComeOutByCause() {
    fails("ASSET.INVALID");
    assertThrows(ProviderException.BadRequest.class, () -> filmmaker().poll("task-1"));
    fails("SOMETHING.NEW");
    assertThrows(ProviderException.BadAnswer.class, () -> filmmaker().poll("task-1"));
  }

  @Test
  void aTaskThatSomebodyCancelledOrDeletedIsCancelled() throws Exception {
    answers(okJson("{\"status\": \"CANCELLED\"}"));
    assertEquals(new ClipProgress.Cancelled(), filmmaker().poll("task-1"));
    answers(jsonResponse("{}", 404));
    assertEquals(new ClipProgress.Cancelled(), filmmaker().poll("task-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "not JSON", "{\"status\": \"DREAMING\"}"})
  void aTaskThatIsNoneIsABadAnswer(String task) {
    answers(okJson(task));

    assertThrows(ProviderException.BadAnswer.class, () -> filmmaker().poll("task-1"));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  void aServerInTroubleIsBusyAfterOneRequest(int status) {
    answers(jsonResponse("{}", status).withHeader("Retry-After", "9"));

    var busy = assertThrows(ProviderException.Busy.class, () -> filmmaker().submit(request(5)));

    assertEquals(Optional.of(Duration.ofSeconds(9)), busy.retryAfter());
    assertEquals(1, server.getAllServeEvents().size());
  }

  @Test
  void aCutConnectionIsBusyAndNotRepeated() {
    answers(aResponse().withFault(Fault.EMPTY_RESPONSE));

    assertThrows(ProviderException.Busy.class, () -> filmmaker().submit(request(5)));
    assertEquals(1, server.getAllServeEvents().size());
  }

  @Test
  void aSlowServerIsBusy() {
    answers(okJson("{\"id\": \"task-1\"}").withFixedDelay(60_000));

    assertThrows(
        ProviderException.Busy.class,
        () -> filmmaker("VIDEO_TIMEOUT_SECONDS", "1").submit(request(5)));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403})
  void aWrongRequestIsOurFault(int status) {
    answers(jsonResponse("{\"error\": \"words\"}", status));

    assertThrows(ProviderException.BadRequest.class, () -> filmmaker().submit(request(5)));
  }

  @Test
  void aModelThatIsGoneIsReplaced() throws Exception {
    answers(okJson("{\"id\": \"task-1\"}"));
    server.stubFor(
        post(anyUrl())
            .withRequestBody(containing("gen4_turbo"))
            .willReturn(
                jsonResponse(
                    "{\"error\": \"invalid\", \"issues\": [{\"path\": [\"model\"]}]}", 400)));
    var filmmaker = filmmaker();

    assertEquals("task-1", filmmaker.submit(request(5)));
    assertEquals("gen4.5", filmmaker.estimate(5).model());
  }

  @Test
  void cancellingIsQuietAboutATaskThatIsGone() throws Exception {
    answers(aResponse().withStatus(204));
    filmmaker().cancel("task/../1");
    answers(jsonResponse("{}", 404));
    filmmaker().cancel("task-1");

    assertEquals(
        "/v1/tasks/task%2F..%2F1", server.getAllServeEvents().getLast().getRequest().getUrl());
    answers(jsonResponse("{}", 503));
    assertThrows(ProviderException.Busy.class, () -> filmmaker().cancel("task-1"));
  }

  private RunwayFilmmaker filmmaker(String... settings) {
    return new RunwayFilmmaker(
        AiConfigs.at("http://127.0.0.1:1/v1", server.baseUrl(), settings), CLOCK);
  }

  private static ClipRequest request(int seconds) {
    return new ClipRequest(Samples.png(Color.RED), "leaves drift", seconds, 42);
  }

  private void answers(ResponseDefinitionBuilder response) {
    server.stubFor(WireMock.any(anyUrl()).willReturn(response));
  }

  private void fails(String code) {
    answers(okJson("{\"status\": \"FAILED\", \"failureCode\": \"%s\"}".formatted(code)));
  }

  private void succeeds(String cost) {
    answers(okJson(succeeded("/film.mp4", cost)));
  }

  private String succeeded(String film, String cost) {
    return "{\"status\": \"SUCCEEDED\", \"output\": [\"%s%s\"], \"cost\": %s}"
        .formatted(server.baseUrl(), film, cost);
  }

  private JsonNode body() {
    return Json.parse(server.getAllServeEvents().getFirst().getRequest().getBodyAsString());
  }
}
