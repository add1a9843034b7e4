package app.infinitestories.local.studio.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.studio.Json;
import app.infinitestories.local.studio.SetClock;
import app.infinitestories.local.studio.Studio;
import app.infinitestories.local.studio.StudioSettings;
import app.infinitestories.local.studio.Wire;
import app.infinitestories.local.studio.Wire.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.Color;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every rule that the studio enforces as the provider does. */
class OpenAiStrictnessTest {
  private static final MediaType PNG = MediaType.get("image/png");
  private static final Wire WIRE = new Wire();
  private static Studio studio;

  @BeforeAll
  static void start() {
    studio = Studio.start(StudioSettings.quick(), new SetClock("2026-11-21T10:00:00Z"));
  }

  @AfterAll
  static void stop() {
    studio.close();
    WIRE.close();
  }

  @Test
  void withoutAKeyItIs401() throws IOException {
    Answer answer = WIRE.get(studio.openAiUrl() + "/models");

    assertError(answer, 401, null, null);
  }

  @Test
  void aKeyOfAnotherShapeIs401() throws IOException {
    Answer answer =
        WIRE.send(
            new Request.Builder()
                .url(studio.openAiUrl() + "/models")
                .header("Authorization", "Bearer letmein")
                .build());

    assertError(answer, 401, null, "invalid_api_key");
  }

  @Test
  void anUnknownUrlIs404() throws IOException {
    assertEquals(404, WIRE.openAi(studio, "/poems", Json.object()).status());
  }

  @Test
  void aWrongMethodIs405() throws IOException {
    Answer answer = WIRE.send(Wire.openAiRequest(studio, "/images/edits").get().build());

    assertError(answer, 405, null, "method_not_supported");
  }

  @Test
  void aBodyThatIsNotJsonIs400() throws IOException {
    Answer answer =
        WIRE.send(
            Wire.openAiRequest(studio, "/moderations")
                .post(RequestBody.create("{oops", MediaType.get("application/json")))
                .build());

    assertError(answer, 400, null, null);
  }

  @Test
  void anotherContentTypeIs400() throws IOException {
    Answer answer =
        WIRE.send(
            Wire.openAiRequest(studio, "/moderations")
                .post(RequestBody.create("{}", MediaType.get("text/plain")))
                .build());

    assertError(answer, 400, null, "unsupported_content_type");
  }

  @Test
  void anUnknownParameterIs400() throws IOException {
    assertError(
        WIRE.openAi(studio, "/images/generations", picture().put("colour", "blue")),
        400,
        "colour",
        "unknown_parameter");
  }

  @Test
  void aMissingParameterIs400() throws IOException {
    assertError(
        WIRE.openAi(studio, "/chat/completions", Json.object().put("model", "gpt-6-luna")),
        400,
        "messages",
        "missing_required_parameter");
  }

  @Test
  void anUnknownModelIs404() throws IOException {
    assertError(
        WIRE.openAi(studio, "/chat/completions", chat().put("model", "gpt-99")),
        404,
        null,
        "model_not_found");
  }

  @Test
  void aRetiredModelIs404() throws IOException {
    assertError(
        WIRE.openAi(studio, "/images/generations", picture().put("model", "gpt-image-1")),
        404,
        null,
        "model_not_found");
  }

  @Test
  void aModelIsServedUntilTheDayItIsShutDown() throws IOException {
    ObjectNode speech =
        Json.object()
            .put("model", "gpt-4o-mini-tts-2025-12-15")
            .put("input", "Good night.")
            .put("voice", "nova");
    try (Studio before =
            Studio.start(StudioSettings.quick(), new SetClock("2027-01-05T23:59:59Z"));
        Studio after = Studio.start(StudioSettings.quick(), new SetClock("2027-01-06T00:00:00Z"))) {

      assertEquals(200, WIRE.openAi(before, "/audio/speech", speech).status());
      assertError(WIRE.openAi(after, "/audio/speech", speech), 404, null, "model_not_found");
    }
  }

  @Test
  void aModelForSomethingElseIs400() throws IOException {
    assertError(
        WIRE.openAi(studio, "/images/generations", picture().put("model", "gpt-6-luna")),
        400,
        "model",
        null);
  }

  @Test
  void aValueOfTheWrongTypeIs400() throws IOException {
    assertError(
        WIRE.openAi(studio, "/images/generations", picture().put("n", "two")),
        400,
        "n",
        "invalid_type");
  }

  @Test
  void aNumberAboveItsBoundIs400() throws IOException {
    assertError(
        WIRE.openAi(studio, "/images/generations", picture().put("n", 11)),
        400,
        "n",
        "integer_above_max_value");
  }

  @Test
  void aValueOutsideItsEnumIs400() throws IOException {
    assertError(
        WIRE.openAi(studio, "/images/generations", picture().put("quality", "hd")),
        400,
        "quality",
        "invalid_value");
  }

  @Test
  void aSizeThatTheModelCannotDrawIs400() throws IOException {
    assertError(
        WIRE.openAi(studio, "/images/generations", picture().put("size", "100x100")),
        400,
        "size",
        "invalid_value");
  }

  @Test
  void dallEsParametersAre400() throws IOException {
    assertError(
        WIRE.openAi(studio, "/images/generations", picture().put("response_format", "b64_json")),
        400,
        "response_format",
        "unknown_parameter");
  }

  @Test
  void aPromptThatBreaksThePolicyIsRefused() throws IOException {
    Answer answer =
        WIRE.openAi(
            studio, "/images/generations", picture().put("prompt", "A murderer in the hall"));

    assertError(answer, 400, null, "moderation_blocked");
    assertEquals("image_generation_user_error", error(answer).path("type").asText());
  }

  @Test
  void anEditWithoutAPictureIs400() throws IOException {
    Answer answer = WIRE.openAiForm(studio, "/images/edits", edit().build());

    assertError(answer, 400, "image", "missing_required_parameter");
  }

  @Test
  void anEditPictureWithoutAContentTypeIs400() throws IOException {
    MultipartBody form =
        edit()
            .addFormDataPart(
                "image[]",
                "sheet.png",
                RequestBody.create(sheet(), MediaType.get("application/octet-stream")))
            .build();

    assertError(
        WIRE.openAiForm(studio, "/images/edits", form), 400, "image", "unsupported_file_mimetype");
  }

  @Test
  void anEditPictureThatIsNoPictureIs400() throws IOException {
    MultipartBody form =
        edit()
            .addFormDataPart("image[]", "sheet.png", RequestBody.create(new byte[] {1, 2}, PNG))
            .build();

    assertError(WIRE.openAiForm(studio, "/images/edits", form), 400, "image", "invalid_image_file");
  }

  @Test
  void moreThanSixteenEditPicturesAre400() throws IOException {
    MultipartBody.Builder form = edit();
    for (int i = 0; i < 17; i++) {
      form.addFormDataPart("image[]", "sheet.png", RequestBody.create(sheet(), PNG));
    }

    assertError(
        WIRE.openAiForm(studio, "/images/edits", form.build()),
        400,
        "image",
        "array_above_max_length");
  }

  @Test
  void inputFidelityIs400WhereTheModelHasItAlways() throws IOException {
    MultipartBody form =
        new MultipartBody.Builder()
            .setType(MultipartBody.FORM)
            .addFormDataPart("model", "gpt-image-2")
            .addFormDataPart("prompt", "A meadow")
            .addFormDataPart("input_fidelity", "high")
            .addFormDataPart("image[]", "sheet.png", RequestBody.create(sheet(), PNG))
            .build();

    assertError(
        WIRE.openAiForm(studio, "/images/edits", form),
        400,
        "input_fidelity",
        "unsupported_parameter");
  }

  @Test
  void anEmptyConversationIs400() throws IOException {
    ObjectNode chat = chat();
    chat.putArray("messages");

    assertError(WIRE.openAi(studio, "/chat/completions", chat), 400, "messages", "empty_array");
  }

  @Test
  void anUnknownRoleIs400() throws IOException {
    ObjectNode chat = chat();
    chat.withArrayProperty("messages").addObject().put("role", "narrator").put("content", "Hi");

    assertError(
        WIRE.openAi(studio, "/chat/completions", chat), 400, "messages[1].role", "invalid_value");
  }

  @Test
  void maxTokensIs400ForReasoningModels() throws IOException {
    assertError(
        WIRE.openAi(studio, "/chat/completions", chat().put("max_tokens", 100)),
        400,
        "max_tokens",
        "unsupported_parameter");
  }

  @Test
  void anotherTemperatureIs400ForReasoningModels() throws IOException {
    assertError(
        WIRE.openAi(studio, "/chat/completions", chat().put("temperature", 0.2)),
        400,
        "temperature",
        "unsupported_value");
  }

  @Test
  void anObjectSchemaThatIsOpenIs400() throws IOException {
    ObjectNode schema = schema();
    schema.remove("additionalProperties");

    assertSchemaRefused(schema, "'additionalProperties' is required");
  }

  @Test
  void anOptionalPropertyIs400() throws IOException {
    ObjectNode schema = schema();
    schema.putArray("required");

    assertSchemaRefused(schema, "Missing 'answer'");
  }

  @Test
  void aKeywordOutsideTheSubsetIs400() throws IOException {
    ObjectNode schema = schema();
    schema.withObjectProperty("properties").withObjectProperty("answer").put("minLength", 3);

    assertSchemaRefused(schema, "'minLength' is not permitted");
  }

  @Test
  void aRootThatIsNoObjectIs400() throws IOException {
    assertSchemaRefused(Json.object().put("type", "string"), "type: \"object\"");
  }

  @Test
  void aSchemaNameWithASpaceIs400() throws IOException {
    ObjectNode chat = structured(schema());
    chat.withObjectProperty("response_format")
        .withObjectProperty("json_schema")
        .put("name", "my answer");

    assertError(
        WIRE.openAi(studio, "/chat/completions", chat),
        400,
        "response_format.json_schema.name",
        "invalid_value");
  }

  @Test
  void aPictureThatIsNoPictureIs400() throws IOException {
    ObjectNode chat = chat();
    ObjectNode message = chat.withArrayProperty("messages").addObject().put("role", "user");
    message
        .putArray("content")
        .addObject()
        .put("type", "image_url")
        .putObject("image_url")
        .put("url", "data:image/png;base64,AAAA");

    assertError(
        WIRE.openAi(studio, "/chat/completions", chat),
        400,
        "messages[1].content[0].image_url.url",
        "invalid_image_format");
  }

  @Test
  void speechLongerThan4096CharactersIs400() throws IOException {
    assertError(
        WIRE.openAi(studio, "/audio/speech", speech().put("input", "a".repeat(4_097))),
        400,
        "input",
        "string_above_max_length");
  }

  @Test
  void anUnknownVoiceIs400() throws IOException {
    assertError(
        WIRE.openAi(studio, "/audio/speech", speech().put("voice", "grandma")),
        400,
        "voice",
        "invalid_value");
  }

  @Test
  void anUnknownAudioFormatIs400() throws IOException {
    assertError(
        WIRE.openAi(studio, "/audio/speech", speech().put("response_format", "midi")),
        400,
        "response_format",
        "invalid_value");
  }

  @Test
  void aSpeedOutOfBoundsIs400() throws IOException {
    assertError(
        WIRE.openAi(studio, "/audio/speech", speech().put("speed", 5)),
        400,
        "speed",
        "decimal_above_max_value");
  }

  @Test
  void instructionsAre400ForTheFirstSpeechModels() throws IOException {
    assertError(
        WIRE.openAi(
            studio, "/audio/speech", speech().put("model", "tts-1").put("instructions", "calm")),
        400,
        "instructions",
        "unsupported_parameter");
  }

  @Test
  void aRecordingOfUnknownTypeIs400() throws IOException {
    assertError(
        transcription("gpt-transcribe", "idea.txt", "json", null),
        400,
        "file",
        "unsupported_value");
  }

  @Test
  void aRecordingWithoutSoundIs400() throws IOException {
    assertError(
        transcription("gpt-transcribe", "idea.mp3", "json", null),
        400,
        "file",
        "unsupported_value");
  }

  @Test
  void timestampsWithoutWhisperAre400() throws IOException {
    assertError(
        transcription("gpt-transcribe", "idea.mp3", "verbose_json", null),
        400,
        "response_format",
        "unsupported_value");
  }

  @Test
  void timestampsWithoutTheVerboseFormatAre400() throws IOException {
    assertError(
        transcription("whisper-1", "idea.mp3", "json", "word"),
        400,
        "timestamp_granularities[]",
        "invalid_value");
  }

  @Test
  void anUnknownModerationPartIs400() throws IOException {
    ObjectNode body = Json.object().put("model", "omni-moderation-latest");
    body.putArray("input").addObject().put("type", "video");

    assertError(WIRE.openAi(studio, "/moderations", body), 400, "input[0].type", "invalid_value");
  }

  private static Answer transcription(
      String model, String name, String format, @Nullable String granularity) throws IOException {
    MultipartBody.Builder form =
        new MultipartBody.Builder()
            .setType(MultipartBody.FORM)
            .addFormDataPart("model", model)
            .addFormDataPart("response_format", format)
            .addFormDataPart(
                "file", name, RequestBody.create(new byte[500], MediaType.get("audio/mpeg")));
    if (granularity != null) {
      form.addFormDataPart("timestamp_granularities[]", granularity);
    }
    return WIRE.openAiForm(studio, "/audio/transcriptions", form.build());
  }

  private static void assertSchemaRefused(ObjectNode schema, String why) throws IOException {
    Answer answer = WIRE.openAi(studio, "/chat/completions", structured(schema));

    assertError(answer, 400, "response_format", null);
    String message = error(answer).path("message").asText();
    assertTrue(message.contains(why), message);
  }

  private static void assertError(
      Answer answer, int status, @Nullable String param, @Nullable String code) {
    JsonNode error = error(answer);
    assertEquals(status, answer.status(), error.toString());
    assertEquals(param, error.path("param").textValue(), error.toString());
    assertEquals(code, error.path("code").textValue(), error.toString());
    assertTrue(error.path("message").isTextual() && error.path("type").isTextual());
  }

  private static JsonNode error(Answer answer) {
    return answer.json().path("error");
  }

  private static ObjectNode picture() {
    return Json.object().put("model", "gpt-image-2.5-flare").put("prompt", "A quiet meadow");
  }

  private static ObjectNode speech() {
    return Json.object()
        .put("model", "gpt-4o-mini-tts-2025-12-15")
        .put("input", "Good night.")
        .put("voice", "nova");
  }

  private static ObjectNode chat() {
    ObjectNode chat = Json.object().put("model", "gpt-6-luna");
    chat.putArray("messages").addObject().put("role", "user").put("content", "Hello");
    return chat;
  }

  private static ObjectNode structured(ObjectNode schema) {
    ObjectNode chat = chat();
    chat.putObject("response_format")
        .put("type", "json_schema")
        .putObject("json_schema")
        .put("name", "my_answer")
        .put("strict", true)
        .set("schema", schema);
    return chat;
  }

  private static ObjectNode schema() {
    ObjectNode schema = Json.object().put("type", "object").put("additionalProperties", false);
    schema.putObject("properties").putObject("answer").put("type", "string");
    schema.putArray("required").add("answer");
    return schema;
  }

  private static MultipartBody.Builder edit() {
    return new MultipartBody.Builder()
        .setType(MultipartBody.FORM)
        .addFormDataPart("model", "gpt-image-2.5-flare")
        .addFormDataPart("prompt", "A meadow");
  }

  private static byte[] sheet() throws IOException {
    return Wire.png(Wire.photo(new Color(0x8a3b1e), new Color(0xf5cfb2), new Color(0x2f8a8a)));
  }
}
