package app.infinitestories.local.studio.openai;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.studio.Json;
import app.infinitestories.local.studio.SetClock;
import app.infinitestories.local.studio.Studio;
import app.infinitestories.local.studio.StudioSettings;
import app.infinitestories.local.studio.Wire;
import app.infinitestories.local.studio.media.AudioCodec;
import app.infinitestories.local.studio.media.Pcm;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.MultipartField;
import com.openai.core.http.HttpResponse;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.audio.AudioResponseFormat;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionVerbose;
import com.openai.models.audio.transcriptions.TranscriptionWord;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.images.ImagesResponse;
import com.openai.models.models.Model;
import com.openai.models.moderations.Moderation;
import com.openai.models.moderations.ModerationCreateParams;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The production client, openai-java, against the studio over HTTP. */
class OpenAiClientTest {
  private static final String PICTURES = "gpt-image-2.5-flare";
  private static final String SPEECH = "gpt-4o-mini-tts-2025-12-15";
  private static final Color RED_HAIR = new Color(0xb8481f);
  private static final Color BLACK_HAIR = new Color(0x231a16);
  private static final Map<String, Object> TEXT = Map.of("type", "string");
  private static Studio studio;
  private static OpenAIClient client;

  @BeforeAll
  static void start() {
    studio = Studio.start(StudioSettings.quick(), new SetClock("2026-11-21T10:00:00Z"));
    client =
        OpenAIOkHttpClient.builder()
            .baseUrl(studio.openAiUrl())
            .apiKey(Wire.OPENAI_KEY)
            .maxRetries(0)
            .build();
  }

  @AfterAll
  static void stop() {
    client.close();
    studio.close();
  }

  @Test
  void modelsTellWhenTheyAreShutDown() {
    List<Model> models = client.models().list().data();

    Model speech = client.models().retrieve(SPEECH);
    assertEquals(LocalDate.of(2027, 1, 6), speech.shutdownDate().orElseThrow());
    assertTrue(models.stream().anyMatch(model -> model.id().equals("gpt-6-luna")));
    assertFalse(models.stream().anyMatch(model -> model.id().equals("gpt-image-1")));
  }

  @Test
  void aStoryFitsItsSchemaAndIsTheSameForTheSameBrief() {
    JsonNode first = story("forest");
    JsonNode again = story("forest");
    JsonNode other = story("a lost kite");

    assertEquals(first, again);
    assertNotEquals(first, other);
    assertEquals(3, first.path("scenes").size());
    for (JsonNode scene : first.path("scenes")) {
      int words = scene.path("narration").asText().split("\\s+", -1).length;
      assertTrue(words >= 30 && words <= 70, () -> scene.path("narration").asText());
      assertFalse(scene.path("picturePrompt").asText().isBlank());
      assertFalse(scene.path("motionPrompt").asText().isBlank());
    }
  }

  @Test
  void anUnknownSchemaIsFilledWithAnInstance() {
    Map<String, Object> schema =
        object(
            Map.of(
                "mood", Map.of("type", "string", "enum", List.of("calm", "wild")),
                "stars", Map.of("type", "integer", "minimum", 3),
                "notes", Map.of("type", "array", "items", TEXT, "minItems", 2)));

    JsonNode answer = chat("mood_of_the_day", schema, "Anything", List.of());

    assertEquals("calm", answer.path("mood").asText());
    assertTrue(answer.path("stars").asInt() >= 3);
    assertEquals(2, answer.path("notes").size());
  }

  @Test
  void theHeroOfThePhotoIsTheHeroOfEveryPicture() throws IOException {
    byte[] redPhoto = Wire.png(Wire.photo(RED_HAIR, new Color(0xf5cfb2), new Color(0x2f8a8a)));
    byte[] blackPhoto = Wire.png(Wire.photo(BLACK_HAIR, new Color(0x7a4b32), new Color(0xf0c23c)));

    byte[] redSheet = edit("A character sheet of the hero", redPhoto);
    byte[] blackSheet = edit("A character sheet of the hero", blackPhoto);
    byte[] redScene = edit("{{HERO}} walks through a forest in the morning", redSheet);
    byte[] blackScene = edit("{{HERO}} walks through a forest in the morning", blackSheet);

    assertTrue(sameHero(redSheet, redScene));
    assertTrue(sameHero(blackSheet, blackScene));
    assertFalse(sameHero(redSheet, blackScene));
    assertFalse(sameHero(blackSheet, redScene));
  }

  @Test
  void aSceneDrawnWithoutPeopleHasNoWrongHero() throws IOException {
    byte[] photo = Wire.png(Wire.photo(RED_HAIR, new Color(0xf5cfb2), new Color(0x2f8a8a)));
    byte[] sheet = edit("A character sheet of the hero", photo);

    byte[] page = edit("an empty meadow, a kite, no people", sheet);

    assertTrue(sameHero(sheet, page));
  }

  @Test
  void severalReferencesAreTakenTheSheetFirst() throws IOException {
    byte[] redPhoto = Wire.png(Wire.photo(RED_HAIR, new Color(0xf5cfb2), new Color(0x2f8a8a)));
    byte[] blackPhoto = Wire.png(Wire.photo(BLACK_HAIR, new Color(0x7a4b32), new Color(0xf0c23c)));
    byte[] sheet = edit("A character sheet of the hero", redPhoto);
    String prompt =
        "The hero child runs along a beach.\n\nReference 1: the character sheet of the hero child.";

    byte[] scene = edit(prompt, sheet, blackPhoto);

    assertTrue(sameHero(sheet, scene));
  }

  @Test
  void theVisualProfileIsReadFromTheSheet() throws IOException {
    byte[] photo = Wire.png(Wire.photo(BLACK_HAIR, new Color(0x7a4b32), new Color(0xc9403a)));
    byte[] sheet = edit("A character sheet of the hero", photo);

    JsonNode profile =
        chat(
            "visual_profile",
            object(
                Map.of(
                    "hair", TEXT,
                    "eyes", TEXT,
                    "skin", TEXT,
                    "clothes", TEXT,
                    "palette", Map.of("type", "array", "items", TEXT),
                    "accessories", Map.of("type", "array", "items", TEXT))),
            "Describe the hero",
            List.of(sheet));

    assertTrue(profile.path("hair").asText().contains("black"), profile.toString());
    assertTrue(profile.path("palette").get(0).asText().matches("#[0-9a-f]{6}"));
  }

  @Test
  void aPictureIsDrawnInTheSizeAskedForAndCosted() throws IOException {
    ImagesResponse response =
        client
            .images()
            .generate(
                ImageGenerateParams.builder()
                    .model(PICTURES)
                    .prompt("A harbour at night, no people")
                    .size(ImageGenerateParams.Size._1024X1536)
                    .quality(ImageGenerateParams.Quality.LOW)
                    .n(2)
                    .build());

    assertEquals(2, response.data().orElseThrow().size());
    BufferedImage picture = Pictures.decode(bytes(response)).orElseThrow();
    assertEquals(1024, picture.getWidth());
    assertEquals(1536, picture.getHeight());
    assertEquals(2 * 294, response.usage().orElseThrow().outputTokens());
    assertEquals(
        response.usage().orElseThrow().inputTokens(),
        response.usage().orElseThrow().inputTokensDetails().textTokens());
  }

  @Test
  void theSamePromptGivesTheSamePicture() throws IOException {
    byte[] photo = Wire.png(Wire.photo(RED_HAIR, new Color(0xf5cfb2), new Color(0x2f8a8a)));

    assertArrayEquals(
        edit("{{HERO}} sails to an island", photo), edit("{{HERO}} sails to an island", photo));
  }

  @Test
  void moderationPassesAQuietTextAndFlagsAViolentOneInEveryLanguage() {
    List<String> bad =
        List.of(
            "They wanted to kill him with a gun",
            "Querían matar al rey con una pistola",
            "Ils voulaient tuer le roi",
            "Sie wollten ihn töten",
            "Volevano uccidere il re");

    assertFalse(moderate("A fox bakes a cake for the skilled mouse").flagged());
    for (String text : bad) {
      Moderation moderation = moderate(text);
      assertTrue(moderation.flagged(), text);
      assertTrue(moderation.categories().violence(), text);
    }
  }

  @Test
  void aTextCheckNamesTheCategory() {
    Map<String, Object> schema =
        object(Map.of("allowed", Map.of("type", "boolean"), "category", TEXT));

    JsonNode bad = chat("text_check", schema, "{\"text\": \"The pirates drank vodka\"}", List.of());
    JsonNode good = chat("text_check", schema, "{\"text\": \"The owl drank tea\"}", List.of());

    assertFalse(bad.path("allowed").asBoolean());
    assertEquals("illicit", bad.path("category").asText());
    assertTrue(good.path("allowed").asBoolean());
  }

  @Test
  void everyAudioFormatDecodesToTheSameLength() throws IOException {
    String text = "The little fox looked up. The moon was full.";
    double seconds = AudioCodec.decode(speak(text, "wav")).orElseThrow().seconds();

    assertTrue(seconds > 2 && seconds < 6, "seconds: " + seconds);
    for (String format : List.of("mp3", "opus", "aac", "flac")) {
      double decoded = AudioCodec.decode(speak(text, format)).orElseThrow().seconds();
      assertEquals(seconds, decoded, 0.15, format);
    }
    assertEquals(seconds, speak(text, "pcm").length / 2.0 / Pcm.RATE, 0.001);
  }

  @Test
  void whatTheStudioSpokeIsTranscribedWordByWord() throws IOException {
    String text = "Once upon a time a fox found a kite. It was as red as a berry!";
    speak("A quite different sentence about the sea and a boat.", "mp3");
    byte[] mp3 = speak(text, "mp3");

    TranscriptionVerbose heard =
        client
            .audio()
            .transcriptions()
            .create(
                recording(mp3)
                    .model("whisper-1")
                    .responseFormat(AudioResponseFormat.VERBOSE_JSON)
                    .addTimestampGranularity(TranscriptionCreateParams.TimestampGranularity.WORD)
                    .build())
            .asVerbose();

    assertEquals(text, heard.text());
    List<TranscriptionWord> words = heard.words().orElseThrow();
    assertEquals(16, words.size());
    assertEquals("berry", words.getLast().word());
    double end = 0;
    for (TranscriptionWord word : words) {
      assertTrue(word.start() >= end - 0.001 && word.end() > word.start());
      end = word.end();
    }
    assertTrue(end <= heard.duration());
  }

  @Test
  void anotherRecordingBecomesAPlausibleIdea() throws IOException {
    Pcm hum = new Pcm(new short[3 * Pcm.RATE]);
    for (int i = 0; i < hum.samples().length; i++) {
      hum.samples()[i] = (short) (6_000 * Math.sin(i * 0.05) * Math.sin(i * 0.0007));
    }
    byte[] mp3 = AudioCodec.encode(hum, AudioCodec.Format.MP3);

    String idea =
        client
            .audio()
            .transcriptions()
            .create(recording(mp3).model("gpt-transcribe").language("de").build())
            .asTranscription()
            .text();

    assertTrue(idea.contains("Geschichte"), idea);
  }

  private static JsonNode story(String theme) {
    Map<String, Object> scene =
        object(Map.of("narration", TEXT, "picturePrompt", TEXT, "motionPrompt", TEXT));
    Map<String, Object> schema =
        object(Map.of("title", TEXT, "scenes", Map.of("type", "array", "items", scene)));
    String brief =
        """
        {"hero":"{{HERO}}","age":6,"ageBand":"6-8","genre":"adventure","language":"en",
         "scenes":3,"wordsPerScene":{"min":35,"max":60},"theme":"%s"}\
        """
            .formatted(theme);
    return chat("story_script", schema, brief, List.of());
  }

  private static boolean sameHero(byte[] sheet, byte[] picture) {
    Map<String, Object> schema =
        object(
            Map.of(
                "sameHero", Map.of("type", "boolean"),
                "safe", Map.of("type", "boolean"),
                "reason", TEXT));
    JsonNode check = chat("picture_check", schema, "{}", List.of(sheet, picture));
    assertTrue(check.path("safe").asBoolean());
    return check.path("sameHero").asBoolean();
  }

  private static JsonNode chat(
      String name, Map<String, Object> schema, String text, List<byte[]> pictures) {
    ResponseFormatJsonSchema.JsonSchema.Schema.Builder body =
        ResponseFormatJsonSchema.JsonSchema.Schema.builder();
    schema.forEach((key, value) -> body.putAdditionalProperty(key, JsonValue.from(value)));
    List<ChatCompletionContentPart> parts = new ArrayList<>();
    parts.add(
        ChatCompletionContentPart.ofText(
            ChatCompletionContentPartText.builder().text(text).build()));
    for (byte[] picture : pictures) {
      parts.add(
          ChatCompletionContentPart.ofImageUrl(
              ChatCompletionContentPartImage.builder()
                  .imageUrl(
                      ChatCompletionContentPartImage.ImageUrl.builder()
                          .url(Wire.dataUri(picture))
                          .build())
                  .build()));
    }
    ChatCompletion completion =
        client
            .chat()
            .completions()
            .create(
                ChatCompletionCreateParams.builder()
                    .model("gpt-6-luna")
                    .addSystemMessage("You write for children.")
                    .addUserMessageOfArrayOfContentParts(parts)
                    .responseFormat(
                        ResponseFormatJsonSchema.builder()
                            .jsonSchema(
                                ResponseFormatJsonSchema.JsonSchema.builder()
                                    .name(name)
                                    .strict(true)
                                    .schema(body.build())
                                    .build())
                            .build())
                    .build());
    assertEquals(
        ChatCompletion.Choice.FinishReason.STOP, completion.choices().getFirst().finishReason());
    assertTrue(completion.usage().orElseThrow().completionTokens() > 0);
    return Json.read(completion.choices().getFirst().message().content().orElseThrow())
        .orElseThrow();
  }

  private static Map<String, Object> object(Map<String, ?> properties) {
    return Map.of(
        "type",
        "object",
        "additionalProperties",
        false,
        "required",
        List.copyOf(properties.keySet()),
        "properties",
        properties);
  }

  private static byte[] edit(String prompt, byte[]... references) {
    List<InputStream> streams = new ArrayList<>();
    for (byte[] reference : references) {
      streams.add(new ByteArrayInputStream(reference));
    }
    ImageEditParams.Image images =
        streams.size() == 1
            ? ImageEditParams.Image.ofInputStream(streams.getFirst())
            : ImageEditParams.Image.ofInputStreams(streams);
    return bytes(
        client
            .images()
            .edit(
                ImageEditParams.builder()
                    .model(PICTURES)
                    .prompt(prompt)
                    .size(ImageEditParams.Size._1536X1024)
                    .image(
                        MultipartField.<ImageEditParams.Image>builder()
                            .value(images)
                            .filename("reference.png")
                            .contentType("image/png")
                            .build())
                    .build()));
  }

  private static byte[] bytes(ImagesResponse response) {
    return Base64.getDecoder()
        .decode(response.data().orElseThrow().getFirst().b64Json().orElseThrow());
  }

  private static Moderation moderate(String text) {
    return client
        .moderations()
        .create(
            ModerationCreateParams.builder().model("omni-moderation-latest").input(text).build())
        .results()
        .getFirst();
  }

  private static byte[] speak(String text, String format) throws IOException {
    try (HttpResponse response =
        client
            .audio()
            .speech()
            .create(
                SpeechCreateParams.builder()
                    .model(SPEECH)
                    .input(text)
                    .voice("nova")
                    .responseFormat(SpeechCreateParams.ResponseFormat.of(format))
                    .build())) {
      return response.body().readAllBytes();
    }
  }

  private static TranscriptionCreateParams.Builder recording(byte[] mp3) {
    return TranscriptionCreateParams.builder()
        .file(
            MultipartField.<InputStream>builder()
                .value(new ByteArrayInputStream(mp3))
                .filename("recording.mp3")
                .contentType("audio/mpeg")
                .build());
  }
}
