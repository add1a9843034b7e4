package app.infinitestories.functions.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a schema does not allow, and which fields a refusal must name for it. All else in a wrong
 * input is as the schema wants it, so that nothing else may be named.
 *
 * @param input a body, or a query without its question mark
 */
public record WrongInput(String input, Set<String> fields) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String AT_ROOT = "body";

  /** Texts that some pattern of the API wants, and some that one of them does not. */
  private static final List<String> TEXTS =
      List.of("sample", "catalog/sample.png", "\u0007", "a/b", "", "..", "a b");

  private static final Map<String, JsonNode> BY_TYPE =
      Map.of(
          "string", JSON.textNode("x"),
          "integer", JSON.numberNode(1),
          "number", JSON.numberNode(1.5),
          "boolean", JSON.booleanNode(true),
          "array", JSON.arrayNode(),
          "object", JSON.objectNode());

  /** A part of a body with what is wrong in it. */
  private record Wrong(JsonNode node, Set<String> fields) {}

  /** Every body with one thing wrong, and one with everything wrong. */
  public static List<WrongInput> bodies(JsonNode schema) {
    var wrong = new ArrayList<>(wrongs(schema, ""));
    wrong.add(new Wrong(JSON.nullNode(), Set.of(AT_ROOT)));
    ObjectNode allWrong = JSON.objectNode();
    var all = new HashSet<String>();
    schema
        .path("properties")
        .properties()
        .forEach(property -> {
          allWrong.set(property.getKey(), otherTypes(property.getValue()).getFirst());
          all.add(property.getKey());
        });
    wrong.add(new Wrong(allWrong, all));
    return wrong.stream().map(w -> new WrongInput(w.node().toString(), w.fields())).toList();
  }

  /** The least body that the schema allows. */
  public static String leastBody(JsonNode schema) {
    ObjectNode least = JSON.objectNode();
    schema
        .path("required")
        .forEach(
            name -> least.set(name.asText(), right(schema.path("properties").path(name.asText()))));
    return least.toString();
  }

  /** Every query with one parameter wrong, and one with all of them wrong. */
  public static List<WrongInput> queries(List<DescribedOperation.Parameter> parameters) {
    var queries = new ArrayList<WrongInput>();
    var first = new ArrayList<String>();
    var names = new HashSet<String>();
    for (DescribedOperation.Parameter parameter : parameters) {
      List<String> others =
          parameters.stream()
              .filter(other -> other.required() && !other.equals(parameter))
              .map(other -> pair(other.name(), right(other.schema()).asText()))
              .toList();
      List<String> wrong = wrongPairs(parameter);
      wrong.forEach(pair -> queries.add(query(pair, others, Set.of(parameter.name()))));
      if (parameter.required()) {
        queries.add(query("", others, Set.of(parameter.name())));
      }
      first.add(wrong.getFirst());
      names.add(parameter.name());
    }
    queries.add(new WrongInput(String.join("&", first), names));
    return queries;
  }

  private static WrongInput query(String pair, List<String> others, Set<String> fields) {
    var pairs = new ArrayList<>(others);
    pairs.add(pair);
    return new WrongInput(String.join("&", pairs), fields);
  }

  private static List<String> wrongPairs(DescribedOperation.Parameter parameter) {
    String name = parameter.name();
    String right = pair(name, right(parameter.schema()).asText());
    var pairs = new ArrayList<String>();
    for (Wrong wrong : wrongValues(parameter.schema(), name)) {
      pairs.add(pair(name, wrong.node().asText()));
    }
    if (type(parameter.schema()).equals("integer")) {
      List.of("", "x", "1.5", "0x1", "%20", "%2B1", "%EF%BC%91")
          .forEach(text -> pairs.add(name + "=" + text));
    }
    pairs.add(name + "=%FF");
    pairs.add(name + "=%00");
    pairs.add(name + "=%zz");
    pairs.add(right + "&" + right);
    return pairs;
  }

  private static String pair(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static List<Wrong> wrongs(JsonNode nullable, String path) {
    JsonNode schema = plain(nullable);
    String field = path.isEmpty() ? AT_ROOT : path;
    var wrong = new ArrayList<Wrong>();
    otherTypes(schema).forEach(node -> wrong.add(new Wrong(node, Set.of(field))));
    switch (type(schema)) {
      case "object" -> wrong.addAll(wrongObjects(schema, path));
      case "array" -> wrong.addAll(wrongLists(schema, path));
      default -> wrong.addAll(wrongValues(schema, field));
    }
    return wrong;
  }

  private static List<Wrong> wrongObjects(JsonNode schema, String path) {
    var wrong = new ArrayList<Wrong>();
    String prefix = path.isEmpty() ? "" : path + ".";
    if (schema.path("additionalProperties").isBoolean()) {
      wrong.add(with(schema, "unknown", new Wrong(JSON.nullNode(), Set.of(prefix + "unknown"))));
    }
    var required = new HashSet<String>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    schema
        .path("properties")
        .properties()
        .forEach(property -> {
          String name = property.getKey();
          String field = prefix + name;
          wrongs(property.getValue(), field).forEach(w -> wrong.add(with(schema, name, w)));
          if (!isNullable(property.getValue())) {
            wrong.add(with(schema, name, new Wrong(JSON.nullNode(), Set.of(field))));
          }
          if (required.contains(name)) {
            ObjectNode without = ((ObjectNode) right(schema)).without(name);
            wrong.add(new Wrong(without, Set.of(field)));
          }
        });
    return wrong;
  }

  private static Wrong with(JsonNode schema, String name, Wrong value) {
    ObjectNode object = (ObjectNode) right(schema);
    object.set(name, value.node());
    return new Wrong(object, value.fields());
  }

  private static List<Wrong> wrongLists(JsonNode schema, String path) {
    var wrong = new ArrayList<Wrong>();
    JsonNode items = schema.path("items");
    for (Wrong element : wrongs(items, path + "[0]")) {
      wrong.add(new Wrong(JSON.arrayNode().add(element.node()), element.fields()));
    }
    if (schema.path("minItems").asInt() > 0) {
      wrong.add(new Wrong(JSON.arrayNode(), Set.of(path)));
    }
    if (schema.has("maxItems")) {
      ArrayNode many = JSON.arrayNode();
      for (int i = 0; i <= schema.path("maxItems").asInt(); i++) {
        many.add(right(items));
      }
      wrong.add(new Wrong(many, Set.of(path)));
    }
    return wrong;
  }

  /** Values of the right type that are too long, too small, unknown or of another form. */
  private static List<Wrong> wrongValues(JsonNode schema, String field) {
    var values = new ArrayList<JsonNode>();
    if (schema.has("enum")) {
      values.add(JSON.textNode("unheard-of"));
      values.add(JSON.textNode(schema.at("/enum/0").asText() + " "));
      values.add(JSON.textNode(""));
    } else if (schema.has("format") && type(schema).equals("string")) {
      values.add(JSON.textNode("yesterday"));
      values.add(JSON.textNode(""));
    } else if (type(schema).equals("string")) {
      if (schema.has("maxLength")) {
        values.add(JSON.textNode("a".repeat(schema.path("maxLength").asInt() + 1)));
      }
      TEXTS.stream()
          .filter(text -> !fits(text, schema))
          .forEach(text -> values.add(JSON.textNode(text)));
    } else if (type(schema).equals("integer")) {
      if (schema.has("minimum")) {
        values.add(JSON.numberNode(schema.path("minimum").asLong() - 1));
      }
      if (schema.has("maximum")) {
        values.add(JSON.numberNode(schema.path("maximum").asLong() + 1));
      }
      values.add(JSON.numberNode(BigInteger.ONE.shiftLeft(63)));
      values.add(JSON.numberNode(BigInteger.ONE.shiftLeft(80).negate()));
    }
    if (type(schema).equals("string")) {
      values.add(JSON.textNode(right(schema).asText() + "\u0000"));
    }
    return values.stream().map(value -> new Wrong(value, Set.of(field))).toList();
  }

  private static List<JsonNode> otherTypes(JsonNode nullable) {
    String type = type(plain(nullable));
    var others = new HashMap<>(BY_TYPE);
    others.remove(type);
    if (type.equals("number")) {
      others.remove("integer");
    }
    return others.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Something that the schema allows, with everything that may be there. */
  private static JsonNode right(JsonNode nullable) {
    JsonNode schema = plain(nullable);
    if (schema.has("enum")) {
      return schema.at("/enum/0");
    }
    return switch (type(schema)) {
      case "object" -> {
        ObjectNode object = JSON.objectNode();
        schema
            .path("properties")
            .properties()
            .forEach(p -> object.set(p.getKey(), right(p.getValue())));
        yield object;
      }
      case "array" -> JSON.arrayNode().add(right(schema.path("items")));
      case "boolean" -> JSON.booleanNode(true);
      case "integer" -> JSON.numberNode(schema.path("minimum").asLong(1));
      case "number" -> JSON.numberNode(1.5);
      default -> JSON.textNode(rightText(schema));
    };
  }

  private static String rightText(JsonNode schema) {
    return switch (schema.path("format").asText()) {
      case "date-time" -> "2026-01-31T12:00:00Z";
      case "date" -> "2026-01-31";
      default ->
          TEXTS.stream()
              .filter(text -> fits(text, schema))
              .findFirst()
              .orElseThrow(() -> new AssertionError("add a text that fits " + schema));
    };
  }

  private static boolean fits(String text, JsonNode schema) {
    return text.length() >= schema.path("minLength").asInt()
        && text.length() <= schema.path("maxLength").asInt(Integer.MAX_VALUE)
        && (!schema.has("pattern")
            || Pattern.compile(schema.path("pattern").asText()).matcher(text).matches());
  }

  private static boolean isNullable(JsonNode schema) {
    return schema.has("anyOf")
        || schema.path("type").valueStream().anyMatch(type -> type.asText().equals("null"));
  }

  /** Without the choice of null. */
  private static JsonNode plain(JsonNode schema) {
    return schema.has("anyOf") ? schema.at("/anyOf/0") : schema;
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray() ? type.path(0).asText() : type.asText();
  }

  @Override
  public String toString() {
    return input + " must name " + fields;
  }
}
