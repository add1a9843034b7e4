package app.infinitestories.ai.openai;

import app.infinitestories.platform.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.core.JsonValue;
import com.openai.models.ResponseFormatJsonSchema;
import java.util.Map;
import java.util.Optional;

/** A named JSON schema for structured output, and the check that an answer has that shape. */
record Shape(String name, JsonNode schema) {
  static final Shape STORY_SCRIPT =
      new Shape(
          "story_script",
          object(
              Map.entry("title", text("Title of the story, in its language")),
              Map.entry(
                  "scenes",
                  array(
                      object(
                          Map.entry("narration", text("What is read aloud")),
                          Map.entry("picturePrompt", text("What is seen, in English")),
                          Map.entry("motionPrompt", text("What moves, in English")))))));

  static final Shape TRANSLATION =
      new Shape(
          "translation",
          object(
              Map.entry(
                  "scenes",
                  array(
                      object(
                          Map.entry(
                              "sentences", array(text("A sentence in the other language"))))))));

  static final Shape VISUAL_PROFILE =
      new Shape(
          "visual_profile",
          object(
              Map.entry("hair", text("Colour, length and cut")),
              Map.entry("eyes", text("Colour and shape")),
              Map.entry("skin", text("Tone")),
              Map.entry("clothes", text("Every garment with its colour")),
              Map.entry("palette", array(text("A colour as #RRGGBB"))),
              Map.entry("accessories", array(text("Something worn or carried")))));

  static final Shape PICTURE_CHECK =
      new Shape(
          "picture_check",
          object(
              Map.entry("sameHero", truth("The hero is the one of the sheet")),
              Map.entry("safe", truth("Nothing is unfit for a child")),
              Map.entry("reason", text("What to change, empty if nothing"))));

  static final Shape TAMER_PROMPT =
      new Shape("tamer_prompt", object(Map.entry("picturePrompt", text("The rewritten prompt"))));

  static final Shape TEXT_CHECK =
      new Shape(
          "text_check",
          object(
              Map.entry("allowed", truth("The policy allows the text")),
              Map.entry("category", text("The rule it breaks, none if it is allowed"))));

  /** The schema in the form of a request. */
  ResponseFormatJsonSchema.JsonSchema format() {
    var body = ResponseFormatJsonSchema.JsonSchema.Schema.builder();
    schema
        .properties()
        .forEach(entry ->
            body.putAdditionalProperty(entry.getKey(), JsonValue.fromJsonNode(entry.getValue())));
    return ResponseFormatJsonSchema.JsonSchema.builder()
        .name(name)
        .strict(true)
        .schema(body.build())
        .build();
  }

  /** Where the answer differs from the shape, without its words; empty if it fits. */
  Optional<String> misfit(JsonNode answer) {
    return misfit(schema, answer, name);
  }

  private static Optional<String> misfit(JsonNode schema, JsonNode value, String path) {
    return switch (schema.path("type").asText()) {
      case "object" -> {
        if (!value.isObject()) {
          yield Optional.of(path + " is no object");
        }
        yield schema.path("properties").properties().stream()
            .map(property ->
                misfit(
                    property.getValue(),
                    value.path(property.getKey()),
                    path + "." + property.getKey()))
            .flatMap(Optional::stream)
            .findFirst();
      }
      case "array" -> {
        if (!value.isArray()) {
          yield Optional.of(path + " is no array");
        }
        yield value
            .valueStream()
            .map(item -> misfit(schema.path("items"), item, path + "[]"))
            .flatMap(Optional::stream)
            .findFirst();
      }
      case "boolean" -> value.isBoolean() ? Optional.empty() : Optional.of(path + " is no boolean");
      default -> value.isTextual() ? Optional.empty() : Optional.of(path + " is no text");
    };
  }

  @SafeVarargs
  private static ObjectNode object(Map.Entry<String, ObjectNode>... properties) {
    ObjectNode schema = typed("object");
    ObjectNode inside = schema.putObject("properties");
    ArrayNode required = Json.mapper().createArrayNode();
    for (Map.Entry<String, ObjectNode> property : properties) {
      inside.set(property.getKey(), property.getValue());
      required.add(property.getKey());
    }
    schema.set("required", required);
    schema.put("additionalProperties", false);
    return schema;
  }

  private static ObjectNode array(ObjectNode items) {
    return typed("array").set("items", items);
  }

  private static ObjectNode text(String description) {
    return typed("string").put("description", description);
  }

  private static ObjectNode truth(String description) {
    return typed("boolean").put("description", description);
  }

  private static ObjectNode typed(String type) {
    return Json.mapper().createObjectNode().put("type", type);
  }
}
