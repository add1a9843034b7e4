package app.infinitestories.local.cli.seed;

import app.infinitestories.local.cli.story.HttpCalls;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The studio by its provider's wire format: text, pictures and narration of a book. */
final class StudioCalls {
  /** The grammar's longest story: opening, want, obstacle, attempt, pause, turn, ending. */
  static final int SCENES = 7;

  private static final Map<String, String> LANGUAGES =
      Map.of("en", "English", "es", "Spanish", "fr", "French", "de", "German", "it", "Italian");
  private static final Map<String, String> KEY =
      Map.of("Authorization", "Bearer sk-sample-offline-studio");

  private final HttpCalls http;
  private final URI openai;

  StudioCalls(HttpCalls http, URI studio) {
    this.http = http;
    this.openai = studio.resolve("/openai/v1/");
  }

  /** A scene as it is told and as it is to be painted. */
  record Told(String narration, String picturePrompt) {}

  /** Has the story written. */
  List<Told> story(BookPlan book) {
    var brief =
        object()
            .put("hero", book.hero())
            .put("age", book.age())
            .put("ageBand", book.ageBand())
            .put("genre", book.genre())
            .put("language", book.language())
            .put("scenes", SCENES)
            .put("theme", book.theme());
    brief.putObject("wordsPerScene").put("min", 25).put("max", 50);
    var request = object().put("model", "gpt-6-luna");
    request.putArray("messages").add(object().put("role", "user").put("content", brief.toString()));
    request.set("response_format", format());
    var answer = post("having “" + book.title() + "” written", "chat/completions", request);
    var script = parsed(answer.path("choices").path(0).path("message").path("content").asText());
    var told = new ArrayList<Told>();
    for (JsonNode scene : script.path("scenes")) {
      told.add(new Told(scene.path("narration").asText(), scene.path("picturePrompt").asText()));
    }
    if (told.size() != SCENES) {
      throw new IllegalStateException("The studio told " + told.size() + " scenes");
    }
    return told;
  }

  /** Has a picture painted; a JPEG. */
  byte[] picture(BookPlan book, String prompt, String size) {
    var request =
        object()
            .put("model", "gpt-image-2")
            .put("prompt", prompt + ". The hero's look in words: " + book.look())
            .put("size", size)
            .put("output_format", "jpeg");
    var answer = post("having a picture painted", "images/generations", request);
    return Base64.getDecoder().decode(answer.path("data").path(0).path("b64_json").asText());
  }

  /** Has a text read aloud; an MP3. */
  byte[] narration(String language, String text) {
    var request =
        object()
            .put("model", "gpt-4o-mini-tts-2025-12-15")
            .put("voice", "fable")
            .put("input", text)
            .put("instructions", "Read in " + LANGUAGES.get(language) + ", warmly and calmly.")
            .put("response_format", "mp3");
    return http.bytes(
        "having a text read aloud", "POST", openai.resolve("audio/speech"), KEY, request);
  }

  private JsonNode post(String doing, String path, ObjectNode request) {
    return http.json(doing, "POST", openai.resolve(path), KEY, request);
  }

  private static ObjectNode format() {
    var scene = object("narration", "picturePrompt", "motionPrompt");
    var story = object("title");
    story.withArray("required").add("scenes");
    story.withObject("properties").set("scenes", object().put("type", "array").set("items", scene));
    var format = object().put("type", "json_schema");
    format
        .putObject("json_schema")
        .put("name", "story_script")
        .put("strict", true)
        .set("schema", story);
    return format;
  }

  /** The schema of an object of texts. */
  private static ObjectNode object(String... texts) {
    var schema = object().put("type", "object").put("additionalProperties", false);
    for (String text : texts) {
      schema.withObject("properties").putObject(text).put("type", "string");
      schema.withArray("required").add(text);
    }
    return schema;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static JsonNode parsed(String json) {
    try {
      return new JsonMapper().readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException("The studio's story is no JSON", e);
    }
  }
}
