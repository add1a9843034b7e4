package app.infinitestories.ai.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.ai.Media;
import app.infinitestories.ai.Reference;
import app.infinitestories.ai.Samples;
import app.infinitestories.ai.Speech;
import app.infinitestories.ai.Transcript;
import app.infinitestories.platform.json.Json;
import app.infinitestories.provider.Answer;
import app.infinitestories.provider.ProviderException;
import app.infinitestories.safety.Verdict;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.http.Fault;
import java.awt.Color;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pictures, moderation, sound and the model list, as they go over the wire. */
class OpenAiMediaTest {
  private final OpenAiStub stub = new OpenAiStub();

  @AfterEach
  void close() {
    stub.close();
  }

  @Test
  void aSheetWithoutPhotoIsDrawnFromWords() throws Exception {
    Media drawn = Samples.png(Color.GREEN);
    stub.answers(okJson(picture(drawn.bytes())));

    Answer<Media> sheet = illustrator().heroSheet(null, "red curls", 7);

    assertEquals(drawn, sheet.value());
    JsonNode request = stub.onlyBody();
    assertTrue(request.path("prompt").asText().contains("character sheet"));
    assertTrue(request.path("prompt").asText().contains("red curls"));
    assertEquals("1536x1024", request.path("size").asText());
    assertEquals("medium", request.path("quality").asText());
    assertEquals("/v1/images/generations", path());
    // 100 x 5 + 800 x 8 + 659 x 30 millionths
    assertEquals(new BigDecimal("0.02667"), sheet.charge().usd());
    assertEquals("image_generation", sheet.charge().operation());
  }

  @Test
  void aSheetFromAPhotoIsAnEdit() throws Exception {
    stub.answers(okJson(picture(Samples.png(Color.GREEN).bytes())));

    illustrator().heroSheet(Samples.png(Color.PINK), "", 7);

    assertEquals("/v1/images/edits", path());
    String form = stub.bodies().getFirst();
    assertTrue(form.contains("character sheet"), "the prompt");
    assertTrue(form.contains("filename=\"reference.png\""), "a file name");
    assertTrue(form.contains("Content-Type: image/png"), "a content type");
  }

  @Test
  void aPaintingTakesTheSheetFirstAndThenThePictureBefore() throws Exception {
    stub.answers(okJson(picture(Samples.png(Color.GREEN).bytes())));
    Media sheet = Samples.png(Color.RED);
    Media before = Samples.png(Color.BLUE);

    illustrator()
        .paint("a hill at dawn", List.of(Reference.sheet(sheet), Reference.previous(before)));

    byte[] form = stub.server().getAllServeEvents().getFirst().getRequest().getBody();
    int first = indexOf(form, sheet.bytes());
    int second = indexOf(form, before.bytes());
    assertTrue(first >= 0 && second > first, first + " and " + second);
    assertTrue(stub.bodies().getFirst().contains("Reference 1: the character sheet"));
    assertTrue(stub.bodies().getFirst().contains("Reference 2: the picture before"));
  }

  @Test
  void aPaintingWithoutReferenceIsAFaultOfTheCaller() {
    assertThrows(IllegalArgumentException.class, () -> illustrator().paint("a hill", List.of()));
  }

  @Test
  void aPictureThatDoesNotDecodeIsABadAnswer() {
    byte[] whole = Samples.noise(64, 64).bytes();
    for (byte[] damaged :
        List.of(
            new byte[0],
            "GIF89a".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            Arrays.copyOf(whole, whole.length / 2))) {
      stub.answers(okJson(picture(damaged)));

      var bad =
          assertThrows(
              ProviderException.BadAnswer.class, () -> illustrator().heroSheet(null, "", 1));
      assertTrue(bad.charge().orElseThrow().usd().signum() > 0, "it was drawn and is paid for");
    }
    stub.answers(okJson("{\"created\": 1, \"data\": []}"));
    assertThrows(ProviderException.BadAnswer.class, () -> illustrator().heroSheet(null, "", 1));
  }

  @Test
  void aPictureModelThatIsGoneIsReplaced() throws Exception {
    stub.answers(okJson(picture(Samples.png(Color.GREEN).bytes())));
    stub.server()
        .stubFor(
            post(urlPathEqualTo("/v1/images/generations"))
                .withRequestBody(
                    com.github.tomakehurst.wiremock.client.WireMock.containing("flare"))
                .willReturn(OpenAiStub.error(404, "invalid_request_error", "model_not_found")));

    assertEquals("gpt-image-2", illustrator().heroSheet(null, "", 1).charge().model());
  }

  @Test
  void morePicturesGoingInCostMore() {
    var one = illustrator().estimate(1).estimateUsd();
    var two = illustrator().estimate(2).estimateUsd();

    assertTrue(two.compareTo(one) > 0);
    assertTrue(two.compareTo(new BigDecimal("0.10")) < 0, two::toPlainString);
  }

  @Test
  void moderationNamesTheCategoriesAndIsFree() throws Exception {
    stub.answers(okJson(moderation(true, "violence/graphic")));

    Answer<Verdict> verdict = moderator().text("a text");

    assertEquals(new Verdict(true, List.of("violence/graphic")), verdict.value());
    assertEquals(BigDecimal.ZERO, verdict.charge().usd());
    assertEquals("a text", stub.onlyBody().path("input").asText());
  }

  @Test
  void aPictureIsModeratedAsPicture() throws Exception {
    stub.answers(okJson(moderation(false, "")));
    Media picture = Samples.png(Color.RED);

    assertEquals(Verdict.CLEAN, moderator().picture(picture).value());
    assertEquals(picture.dataUri(), stub.onlyBody().at("/input/0/image_url/url").asText());
  }

  @Test
  void aNamedCategoryCountsEvenWithoutTheFlag() throws Exception {
    stub.answers(okJson(moderation(false, "sexual")));

    assertTrue(moderator().text("a text").value().flagged());
  }

  @Test
  void moderationWithoutResultIsNoPass() {
    stub.answers(okJson("{\"id\": \"m\", \"model\": \"m\", \"results\": []}"));

    assertThrows(ProviderException.BadAnswer.class, () -> moderator().text("a text"));
  }

  @Test
  void speechIsMeasuredAndPaidByItsLength() throws Exception {
    byte[] wav = Samples.wav(2_000);
    stub.answers(aResponse().withHeader("Content-Type", "audio/wav").withBody(wav));

    Answer<Speech> speech = narrator().read("Hello, {{HERO}}.", "fr", "nova");

    assertEquals(Duration.ofSeconds(2), speech.value().duration());
    assertEquals(Media.of(wav, "audio/wav"), speech.value().sound());
    assertEquals(new BigDecimal("0.0005"), speech.charge().usd());
    assertEquals(new BigDecimal("2.000"), speech.charge().units());
    JsonNode request = stub.onlyBody();
    assertEquals("nova", request.path("voice").asText());
    assertEquals("wav", request.path("response_format").asText());
    assertTrue(request.path("instructions").asText().contains("French"));
  }

  @Test
  void aStreamedFileIsMeasuredByWhatIsThere() throws Exception {
    byte[] wav = Samples.wav(1_000);
    Arrays.fill(wav, 40, 44, (byte) 0xFF);
    stub.answers(aResponse().withBody(wav));

    assertEquals(Duration.ofSeconds(1), narrator().read("Hello.", "en", "nova").value().duration());
  }

  @Test
  void soundThatIsNoneIsABadAnswer() {
    for (byte[] nothing : List.of(new byte[0], new byte[100], Samples.wav(0))) {
      stub.answers(aResponse().withBody(nothing));

      var bad =
          assertThrows(
              ProviderException.BadAnswer.class, () -> narrator().read("Hello.", "en", "nova"));
      assertTrue(bad.charge().orElseThrow().usd().signum() > 0, "it was read and is paid for");
    }
  }

  @Test
  void soundThatBreaksOffIsTriedLater() {
    stub.answers(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));

    assertThrows(ProviderException.Busy.class, () -> narrator().read("Hello.", "en", "nova"));
  }

  @Test
  void aTextBeyondTheLimitIsAFaultOfTheCaller() {
    assertThrows(
        IllegalArgumentException.class, () -> narrator().read("a".repeat(4_097), "en", "nova"));
    assertThrows(IllegalArgumentException.class, () -> narrator().read(" ", "en", "nova"));
  }

  @Test
  void whenTheSpeechModelIsGoneAChatModelReadsAloud() throws Exception {
    stub.server()
        .stubFor(
            post(urlPathEqualTo("/v1/audio/speech"))
                .willReturn(OpenAiStub.error(404, "invalid_request_error", "model_not_found")));
    String sound = Base64.getEncoder().encodeToString(Samples.wav(500));
    stub.chatAnswers(
        "gpt-audio-mini",
        okJson(
            """
            {"id": "c", "object": "chat.completion", "created": 1, "model": "gpt-audio-mini",
             "choices": [{"index": 0, "finish_reason": "stop", "logprobs": null,
               "message": {"role": "assistant", "content": null, "refusal": null,
                 "audio": {"id": "a", "data": "%s", "expires_at": 1, "transcript": "Hello."}}}],
             "usage": {"prompt_tokens": 50, "completion_tokens": 30, "total_tokens": 80,
               "completion_tokens_details": {"audio_tokens": 20}}}
            """
                .formatted(sound)));

    Answer<Speech> speech = narrator().read("Hello.", "en", "nova");

    assertEquals(Duration.ofMillis(500), speech.value().duration());
    // 50 x 0.60 + 10 x 2.40 + 20 x 20 millionths
    assertEquals(new BigDecimal("0.000454"), speech.charge().usd());
    assertEquals("gpt-audio-mini", speech.charge().model());
  }

  @Test
  void aRecordingIsWrittenDownAndPaidByItsLength() throws Exception {
    stub.answers(okJson("{\"text\": \"a kite\"}"));

    Answer<Transcript> heard =
        transcriber().text(Media.of(Samples.wav(100), "audio/wav"), "en", Duration.ofSeconds(30));

    assertEquals(new Transcript("a kite", List.of()), heard.value());
    assertEquals(new BigDecimal("0.00225"), heard.charge().usd());
    assertTrue(stub.bodies().getFirst().contains("filename=\"sound.wav\""));
  }

  @Test
  void wordsComeWithTheirTimes() throws Exception {
    stub.answers(
        okJson(
            """
            {"text": "a kite", "duration": 1.0, "language": "english",
             "words": [{"word": "a", "start": 0.0, "end": 0.25}, {"word": "kite", "start": 0.25, "end": 1.0}]}
            """));

    Transcript heard =
        transcriber()
            .words(Media.of(Samples.wav(100), "audio/wav"), "en", Duration.ofSeconds(1))
            .value();

    assertEquals(
        new Transcript.Word("kite", Duration.ofMillis(250), Duration.ofSeconds(1)),
        heard.words().get(1));
    assertTrue(stub.bodies().getFirst().contains("whisper-1"));
  }

  @Test
  void theModelListTellsWhichModelsGoWhen() throws Exception {
    stub.answers(
        okJson(
            """
            {"object": "list", "data": [
              {"id": "gpt-6-luna", "object": "model", "created": 1, "owned_by": "system"},
              {"id": "whisper-1", "object": "model", "created": 1, "owned_by": "system",
               "shutdown_date": "2027-02-26"}]}
            """));

    assertEquals(
        Map.of("whisper-1", LocalDate.of(2027, 2, 26)),
        new OpenAiModelCatalog(stub.openai(), stub.config()).shutdownDates());
  }

  private OpenAiIllustrator illustrator() {
    return new OpenAiIllustrator(stub.openai(), stub.config());
  }

  private OpenAiModerator moderator() {
    return new OpenAiModerator(stub.openai(), stub.config());
  }

  private OpenAiNarrator narrator() {
    return new OpenAiNarrator(stub.openai(), stub.config());
  }

  private OpenAiTranscriber transcriber() {
    return new OpenAiTranscriber(stub.openai(), stub.config());
  }

  private String path() {
    return stub.server().getAllServeEvents().getFirst().getRequest().getUrl();
  }

  private static String picture(byte[] png) {
    return """
    {"created": 1, "data": [{"b64_json": "%s"}],
     "usage": {"input_tokens": 900, "output_tokens": 659, "total_tokens": 1559,
       "input_tokens_details": {"text_tokens": 100, "image_tokens": 800}}}
    """
        .formatted(Base64.getEncoder().encodeToString(png));
  }

  private static String moderation(boolean flagged, String category) {
    var result = Json.mapper().createObjectNode().put("flagged", flagged);
    var categories = result.putObject("categories");
    var scores = result.putObject("category_scores");
    var types = result.putObject("category_applied_input_types");
    for (String each :
        List.of(
            "harassment",
            "harassment/threatening",
            "hate",
            "hate/threatening",
            "illicit",
            "illicit/violent",
            "self-harm",
            "self-harm/instructions",
            "self-harm/intent",
            "sexual",
            "sexual/minors",
            "violence",
            "violence/graphic")) {
      categories.put(each, each.equals(category));
      scores.put(each, 0.01);
      types.putArray(each).add("text");
    }
    var answer = Json.mapper().createObjectNode().put("id", "modr-1").put("model", "omni");
    answer.putArray("results").add(result);
    return Json.write(answer);
  }

  private static int indexOf(byte[] where, byte[] what) {
    for (int i = 0; i + what.length <= where.length; i++) {
      if (Arrays.equals(where, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    return -1;
  }
}
