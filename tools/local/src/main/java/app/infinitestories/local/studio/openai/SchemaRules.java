package app.infinitestories.local.studio.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The subset of JSON Schema that strict structured output accepts: the root is an object, every
 * object is closed and requires all its properties.
 *
 * @see <a href="https://platform.openai.com/docs/guides/structured-outputs">Structured outputs</a>
 */
final class SchemaRules {
  private static final int MAX_DEPTH = 10;
  private static final int MAX_PROPERTIES = 5_000;
  private static final Set<String> TYPES =
      Set.of("object", "array", "string", "number", "integer", "boolean", "null");
  private static final Set<String> ANYWHERE =
      Set.of(
          "type",
          "title",
          "description",
          "enum",
          "const",
          "anyOf",
          "$ref",
          "$defs",
          "definitions",
          "$schema",
          "$id");
  private static final Map<String, Set<String>> BY_TYPE =
      Map.of(
          "object", Set.of("properties", "required", "additionalProperties"),
          "array", Set.of("items", "minItems", "maxItems"),
          "string", Set.of("pattern", "format"),
          "number",
              Set.of("multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
          "integer",
              Set.of("multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"));

  private final String name;
  private final JsonNode root;
  private int properties;

  private SchemaRules(String name, JsonNode root) {
    this.name = name;
    this.root = root;
  }

  /** Passes if the provider would accept this schema with {@code strict: true}. */
  static void check(String name, JsonNode schema) {
    SchemaRules rules = new SchemaRules(name, schema);
    if (!schema.path("type").asText().equals("object")) {
      throw rules.breach(
          "schema must be a JSON Schema of 'type: \"object\"', got 'type: \"%s\"'."
              .formatted(schema.path("type").asText("None")));
    }
    rules.check(schema, "()", 1);
  }

  private void check(JsonNode schema, String context, int depth) {
    if (!schema.isObject()) {
      throw breach("In context=%s, a schema must be an object.".formatted(context));
    }
    if (depth > MAX_DEPTH) {
      throw breach("In context=%s, schema exceeds %d levels.".formatted(context, MAX_DEPTH));
    }
    Set<String> types = types(schema, context);
    checkKeywords(schema, types, context);
    if (schema.has("$ref")) {
      if (Schemas.resolve(root, schema).isEmpty()) {
        throw breach("In context=%s, '$ref' does not resolve.".formatted(context));
      }
      return;
    }
    if (types.contains("object")) {
      checkObject(schema, context, depth);
    }
    if (types.contains("array")) {
      if (!schema.has("items")) {
        throw breach("In context=%s, array schema missing items.".formatted(context));
      }
      check(schema.get("items"), inside(context, "items"), depth + 1);
    }
    for (JsonNode option : schema.path("anyOf")) {
      check(option, inside(context, "anyOf"), depth + 1);
    }
    for (String place : Set.of("$defs", "definitions")) {
      schema
          .path(place)
          .properties()
          .forEach(entry -> check(entry.getValue(), inside(context, place), depth + 1));
    }
  }

  private Set<String> types(JsonNode schema, String context) {
    JsonNode type = schema.path("type");
    Set<String> types = new LinkedHashSet<>();
    if (type.isTextual()) {
      types.add(type.textValue());
    }
    type.forEach(each -> types.add(each.asText()));
    for (String each : types) {
      if (!TYPES.contains(each)) {
        throw breach("In context=%s, '%s' is not a valid type.".formatted(context, each));
      }
    }
    boolean told =
        schema.has("$ref") || schema.has("anyOf") || schema.has("enum") || schema.has("const");
    if (types.isEmpty() && !told) {
      throw breach("In context=%s, schema must have a 'type' key.".formatted(context));
    }
    return types;
  }

  private void checkKeywords(JsonNode schema, Set<String> types, String context) {
    for (Iterator<String> names = schema.fieldNames(); names.hasNext(); ) {
      String keyword = names.next();
      boolean fits =
          ANYWHERE.contains(keyword)
              || types.stream()
                  .anyMatch(type -> BY_TYPE.getOrDefault(type, Set.of()).contains(keyword));
      if (!fits) {
        throw breach("In context=%s, '%s' is not permitted.".formatted(context, keyword));
      }
    }
  }

  private void checkObject(JsonNode schema, String context, int depth) {
    JsonNode closed = schema.path("additionalProperties");
    if (!closed.isBoolean() || closed.booleanValue()) {
      throw breach(
          "In context=%s, 'additionalProperties' is required to be supplied and to be false."
              .formatted(context));
    }
    Set<String> required = new LinkedHashSet<>();
    schema.path("required").forEach(each -> required.add(each.asText()));
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      if (!required.remove(property.getKey())) {
        throw breach(
            "In context=%s, 'required' is required to be supplied and to be an array including every key in properties. Missing '%s'."
                .formatted(context, property.getKey()));
      }
      if (++properties > MAX_PROPERTIES) {
        throw breach("schema exceeds %d properties.".formatted(MAX_PROPERTIES));
      }
      check(
          property.getValue(), inside(inside(context, "properties"), property.getKey()), depth + 1);
    }
    if (!required.isEmpty()) {
      throw breach(
          "In context=%s, 'required' names '%s', which is not a property."
              .formatted(context, required.iterator().next()));
    }
  }

  private OpenAiError breach(String message) {
    return OpenAiError.invalid(
        "response_format",
        null,
        String.format(Locale.ROOT, "Invalid schema for response_format '%s': %s", name, message));
  }

  private static String inside(String context, String step) {
    String head = context.substring(0, context.length() - 1);
    return head + (head.length() > 1 ? ", " : "") + "'" + step + "')";
  }
}
