package app.infinitestories.local.studio.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Reads a request's parameters as strictly as the provider does; every breach is its 400. */
final class Fields {
  private final ObjectNode node;
  private final String prefix;
  private final boolean form;

  private Fields(ObjectNode node, String prefix, boolean form) {
    this.node = node;
    this.prefix = prefix;
    this.form = form;
  }

  static Fields ofJson(ObjectNode node) {
    return new Fields(node, "", false);
  }

  /** The text fields of a form: numbers come as text there. */
  static Fields ofForm(ObjectNode node) {
    return new Fields(node, "", true);
  }

  Fields inside(String name) {
    JsonNode value = required(name);
    if (!(value instanceof ObjectNode object)) {
      throw wrongType(name, "an object", value);
    }
    return new Fields(object, path(name) + ".", form);
  }

  /** Another object whose errors name the given path. */
  static Fields at(JsonNode value, String path) {
    if (!(value instanceof ObjectNode object)) {
      throw OpenAiError.wrongType(path, "an object", described(value));
    }
    return new Fields(object, path + ".", false);
  }

  void only(Set<String> known) {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw OpenAiError.unknownParameter(path(name));
      }
    }
  }

  boolean has(String name) {
    return value(name).isPresent();
  }

  Optional<JsonNode> value(String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  JsonNode required(String name) {
    return value(name).orElseThrow(() -> OpenAiError.missing(path(name)));
  }

  String text(String name, int maxLength) {
    required(name);
    return optionalText(name, maxLength).orElseThrow();
  }

  Optional<String> optionalText(String name, int maxLength) {
    return value(name)
        .map(value -> {
          if (!value.isTextual()) {
            throw wrongType(name, "a string", value);
          }
          String text = value.textValue();
          int length = text.codePointCount(0, text.length());
          if (length > maxLength) {
            throw OpenAiError.tooLong(path(name), maxLength, length);
          }
          return text;
        });
  }

  Optional<String> choice(String name, List<String> allowed) {
    Optional<String> value = optionalText(name, 1_000);
    value.ifPresent(text -> {
      if (!allowed.contains(text)) {
        throw OpenAiError.wrongValue(path(name), text, allowed);
      }
    });
    return value;
  }

  OptionalLong integer(String name, long min, long max) {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    JsonNode node = value.get();
    long number;
    if (node.isIntegralNumber()) {
      number = node.longValue();
    } else if (form && node.asText().matches("-?\\d{1,18}")) {
      number = Long.parseLong(node.asText());
    } else {
      throw wrongType(name, "an integer", node);
    }
    if (number > max) {
      throw OpenAiError.invalid(
          path(name),
          "integer_above_max_value",
          "Invalid '%s': integer above maximum value. Expected a value <= %d, but got %d instead."
              .formatted(path(name), max, number));
    }
    if (number < min) {
      throw OpenAiError.invalid(
          path(name),
          "integer_below_min_value",
          "Invalid '%s': integer below minimum value. Expected a value >= %d, but got %d instead."
              .formatted(path(name), min, number));
    }
    return OptionalLong.of(number);
  }

  OptionalDouble number(String name, double min, double max) {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    JsonNode node = value.get();
    double number;
    if (node.isNumber()) {
      number = node.doubleValue();
    } else if (form && node.asText().matches("-?\\d{1,9}(\\.\\d{1,9})?")) {
      number = Double.parseDouble(node.asText());
    } else {
      throw wrongType(name, "a decimal", node);
    }
    if (number < min || number > max) {
      throw OpenAiError.invalid(
          path(name),
          number > max ? "decimal_above_max_value" : "decimal_below_min_value",
          "Invalid '%s': expected a value between %s and %s, but got %s instead."
              .formatted(path(name), min, max, number));
    }
    return OptionalDouble.of(number);
  }

  /** A flag that the studio supports only in its default. */
  void flag(String name) {
    value(name)
        .ifPresent(value -> {
          boolean textual = form && Set.of("true", "false").contains(value.asText());
          if (!value.isBoolean() && !textual) {
            throw wrongType(name, "a boolean", value);
          }
        });
  }

  /** What the provider can do and the studio cannot is refused, never silently ignored. */
  void notOffline(String name, String what) {
    value(name)
        .filter(value -> !value.asText().equals("false"))
        .ifPresent(value -> {
          throw OpenAiError.unsupportedParameter(
              path(name), "The offline studio does not offer %s ('%s').".formatted(what, name));
        });
  }

  String path(String name) {
    return prefix + name;
  }

  private OpenAiError wrongType(String name, String expected, JsonNode got) {
    return OpenAiError.wrongType(path(name), expected, described(got));
  }

  static String described(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> "a string";
      case NUMBER -> node.isIntegralNumber() ? "an integer" : "a decimal";
      case BOOLEAN -> "a boolean";
      case ARRAY -> "an array";
      case OBJECT -> "an object";
      default -> "null";
    };
  }
}
