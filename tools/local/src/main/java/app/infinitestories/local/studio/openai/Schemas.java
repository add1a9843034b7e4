package app.infinitestories.local.studio.openai;

import app.infinitestories.local.studio.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes an instance of a schema, taking from a preferred value whatever fits. */
final class Schemas {
  private static final int MAX_DEPTH = 12;
  private final JsonNode root;

  private Schemas(JsonNode root) {
    this.root = root;
  }

  /** An instance that satisfies the schema; as much of {@code preferred} as fits is in it. */
  static JsonNode fit(JsonNode schema, JsonNode preferred) {
    return new Schemas(schema).instance(schema, preferred, "answer", 0);
  }

  /** What a local {@code $ref} points at. */
  static Optional<JsonNode> resolve(JsonNode root, JsonNode schema) {
    String ref = schema.path("$ref").asText();
    if (ref.equals("#")) {
      return Optional.of(root);
    }
    return ref.startsWith("#/")
        ? Optional.of(root.at(ref.substring(1))).filter(node -> !node.isMissingNode())
        : Optional.empty();
  }

  private JsonNode instance(JsonNode schema, @Nullable JsonNode preferred, String name, int depth) {
    if (schema.has("$ref")) {
      return instance(resolve(root, schema).orElseThrow(), preferred, name, depth + 1);
    }
    if (schema.has("const")) {
      return schema.get("const");
    }
    if (schema.has("enum")) {
      for (JsonNode allowed : schema.get("enum")) {
        if (allowed.equals(preferred)) {
          return allowed;
        }
      }
      return schema.get("enum").get(0);
    }
    if (schema.has("anyOf")) {
      return instance(option(schema.get("anyOf"), preferred, depth), preferred, name, depth + 1);
    }
    return switch (type(schema, preferred, depth)) {
      case "object" -> object(schema, preferred, depth);
      case "array" -> array(schema, preferred, name, depth);
      case "string" ->
          preferred != null && preferred.isTextual()
              ? preferred
              : TextNode.valueOf("A " + name.replace('_', ' ') + " from the offline studio");
      case "integer" ->
          preferred != null && preferred.isIntegralNumber()
              ? preferred
              : LongNode.valueOf(Math.max(1, schema.path("minimum").asLong(1)));
      case "number" ->
          preferred != null && preferred.isNumber()
              ? preferred
              : DoubleNode.valueOf(schema.path("minimum").asDouble(0.5));
      case "boolean" -> preferred != null && preferred.isBoolean() ? preferred : BooleanNode.TRUE;
      default -> NullNode.instance;
    };
  }

  private JsonNode object(JsonNode schema, @Nullable JsonNode preferred, int depth) {
    ObjectNode made = Json.object();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String key = property.getKey();
      JsonNode wish = preferred == null ? null : preferred.get(key);
      made.set(key, instance(property.getValue(), wish, key, depth + 1));
    }
    return made;
  }

  private JsonNode array(JsonNode schema, @Nullable JsonNode preferred, String name, int depth) {
    ArrayNode made = Json.array();
    int min = schema.path("minItems").asInt(0);
    int max = schema.path("maxItems").asInt(Integer.MAX_VALUE);
    if (preferred != null && preferred.isArray()) {
      for (JsonNode wish : preferred) {
        if (made.size() < max) {
          made.add(instance(schema.path("items"), wish, name, depth + 1));
        }
      }
    } else if (depth < MAX_DEPTH && max > 0) {
      made.add(instance(schema.path("items"), null, name, depth + 1));
    }
    while (made.size() < min) {
      made.add(instance(schema.path("items"), null, name, depth + 1));
    }
    return made;
  }

  /** The first of the schema's types that the preferred value has; null ends a recursion. */
  private static String type(JsonNode schema, @Nullable JsonNode preferred, int depth) {
    JsonNode type = schema.path("type");
    if (type.isTextual()) {
      return type.textValue();
    }
    String first = "null";
    for (JsonNode each : type) {
      boolean isNull = each.asText().equals("null");
      if (isNull && (depth > MAX_DEPTH || (preferred != null && preferred.isNull()))) {
        return "null";
      }
      if (!isNull && first.equals("null")) {
        first = each.asText();
      }
    }
    return first;
  }

  private static JsonNode option(JsonNode options, @Nullable JsonNode preferred, int depth) {
    for (JsonNode option : options) {
      boolean isNull = option.path("type").asText().equals("null");
      boolean wanted = depth > MAX_DEPTH || (preferred != null && preferred.isNull());
      if (isNull == wanted) {
        return option;
      }
    }
    return options.get(0);
  }
}
