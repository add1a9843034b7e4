package app.infinitestories.functions.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The type of a JSON value as a Java type says it: reads values strictly, noting every problem with
 * its path, and describes itself as a JSON Schema.
 */
sealed interface Shape permits Shape.Scalar, Shape.Many, Shape.Table, Shape.Any, RecordShape {

  /** The Java value, or null after noting a problem; the node is never null or JSON's null. */
  @Nullable Object read(JsonNode node, String path, Problems problems);

  /** The schema; records are named in {@code schemas} and referred to. */
  ObjectNode schema(Schemas schemas);

  /** Texts, numbers, booleans, times and enums: also what a query parameter can be. */
  enum Kind {
    TEXT("string", ""),
    INT("integer", "int32"),
    LONG("integer", "int64"),
    DECIMAL("number", ""),
    DOUBLE("number", "double"),
    BOOLEAN("boolean", ""),
    INSTANT("string", "date-time"),
    DATE("string", "date"),
    ENUM("string", "");

    private final String type;
    private final String format;

    Kind(String type, String format) {
      this.type = type;
      this.format = format;
    }
  }

  /** One scalar. {@code names} are the wire names of an enum, else empty. */
  record Scalar(Kind kind, Map<String, Enum<?>> names) implements Shape {
    @Override
    public @Nullable Object read(JsonNode node, String path, Problems problems) {
      Object value =
          switch (kind) {
            case TEXT -> node.isTextual() ? node.textValue() : null;
            case INT -> node.isIntegralNumber() && node.canConvertToInt() ? node.intValue() : null;
            case LONG ->
                node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : null;
            case DECIMAL -> node.isNumber() ? node.decimalValue() : null;
            case DOUBLE -> node.isNumber() ? node.doubleValue() : null;
            case BOOLEAN -> node.isBoolean() ? node.booleanValue() : null;
            case INSTANT -> node.isTextual() ? instant(node.textValue()) : null;
            case DATE -> node.isTextual() ? date(node.textValue()) : null;
            case ENUM -> node.isTextual() ? names.get(node.textValue()) : null;
          };
      if (value == null) {
        problems.add(path, problem(node));
      }
      return value;
    }

    private String problem(JsonNode node) {
      return switch (kind) {
        case TEXT -> "must be a string";
        case INT, LONG -> node.isIntegralNumber() ? "is out of range" : "must be a whole number";
        case DECIMAL, DOUBLE -> "must be a number";
        case BOOLEAN -> "must be true or false";
        case INSTANT -> "must be a time such as 2026-01-31T12:00:00Z";
        case DATE -> "must be a date such as 2026-01-31";
        case ENUM -> "must be one of " + Constraint.join(List.copyOf(names.keySet()));
      };
    }

    /** A query parameter's text as the JSON value that it stands for. */
    JsonNode fromQuery(String text) {
      return switch (kind) {
        case INT, LONG ->
            // as JSON writes them; Java would also take a plus, and the digits of every script
            text.matches("-?[0-9]{1,20}")
                ? BigIntegerNode.valueOf(new BigInteger(text))
                : TextNode.valueOf(text);
        case BOOLEAN ->
            text.equals("true") || text.equals("false")
                ? BooleanNode.valueOf(text.equals("true"))
                : TextNode.valueOf(text);
        default -> TextNode.valueOf(text);
      };
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
      ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", kind.type);
      if (!kind.format.isEmpty()) {
        schema.put("format", kind.format);
      }
      if (kind == Kind.ENUM) {
        names.keySet().forEach(schema.withArray("enum")::add);
      }
      return schema;
    }

    private static @Nullable Instant instant(String text) {
      try {
        return Instant.parse(text);
      } catch (DateTimeParseException notATime) {
        return null;
      }
    }

    private static @Nullable LocalDate date(String text) {
      try {
        return LocalDate.parse(text);
      } catch (DateTimeParseException notADate) {
        return null;
      }
    }
  }

  /** A list. */
  record Many(Shape element, List<Constraint> constraints) implements Shape {
    @Override
    public @Nullable Object read(JsonNode node, String path, Problems problems) {
      if (!node.isArray()) {
        problems.add(path, "must be a list");
        return null;
      }
      List<@Nullable Object> values = new ArrayList<>();
      for (int i = 0; i < node.size(); i++) {
        // null where a problem was noted, so that the list is judged by how long it was sent
        values.add(
            Shape.readChecked(element, constraints, node.get(i), path + "[" + i + "]", problems));
      }
      return Collections.unmodifiableList(values);
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
      ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "array");
      schema.set("items", Shape.constrained(element, constraints, schemas));
      return schema;
    }
  }

  /** An object with keys of the client's choice. */
  record Table(Shape element, List<Constraint> constraints) implements Shape {
    @Override
    public @Nullable Object read(JsonNode node, String path, Problems problems) {
      if (!node.isObject()) {
        problems.add(path, "must be an object");
        return null;
      }
      Map<String, Object> values = new LinkedHashMap<>();
      node.properties()
          .forEach(entry -> {
            String at = path + "." + entry.getKey();
            Object value = Shape.readChecked(element, constraints, entry.getValue(), at, problems);
            if (value != null) {
              values.put(entry.getKey(), value);
            }
          });
      return values;
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
      ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
      schema.set("additionalProperties", Shape.constrained(element, constraints, schemas));
      return schema;
    }
  }

  /** Any JSON at all. */
  record Any() implements Shape {
    @Override
    public Object read(JsonNode node, String path, Problems problems) {
      return node;
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
      return JsonNodeFactory.instance.objectNode();
    }
  }

  /** Reads a value and asks its constraints; null and a note if anything is wrong. */
  static @Nullable Object readChecked(
      Shape shape, List<Constraint> constraints, JsonNode node, String path, Problems problems) {
    if (node.isNull()) {
      problems.add(path, "must not be null");
      return null;
    }
    // what has fields or elements of its own is asked about each of them
    if (shape instanceof Scalar || shape instanceof Any) {
      String unkeepable = StrictJson.problem(node);
      if (unkeepable != null) {
        problems.add(path, unkeepable);
        return null;
      }
    }
    Object value = shape.read(node, path, problems);
    if (value != null) {
      for (Constraint constraint : constraints) {
        String problem = constraint.judge().apply(value);
        if (problem != null) {
          problems.add(path, problem);
        }
      }
    }
    return value;
  }

  static ObjectNode constrained(Shape shape, List<Constraint> constraints, Schemas schemas) {
    ObjectNode schema = shape.schema(schemas);
    constraints.forEach(constraint -> constraint.schema().accept(schema));
    return schema;
  }

  /** The shape of a Java type; throws at start what cannot be read or described. */
  static Shape of(AnnotatedType annotated, String where, RecordShape.Use use) {
    Type type = annotated.getType();
    if (type instanceof ParameterizedType generic
        && annotated instanceof AnnotatedParameterizedType annotatedGeneric) {
      AnnotatedType[] arguments = annotatedGeneric.getAnnotatedActualTypeArguments();
      AnnotatedType element = arguments[arguments.length - 1];
      Shape elementShape = of(element, where + "[]", use);
      List<Constraint> constraints =
          Constraint.of(element.getAnnotations(), raw(element.getType()), where + "[]");
      if (generic.getRawType() == List.class) {
        return new Many(elementShape, constraints);
      }
      if (generic.getRawType() == Map.class && arguments[0].getType() == String.class) {
        return new Table(elementShape, constraints);
      }
    }
    if (type instanceof Class<?> plain) {
      if (plain.isRecord()) {
        return RecordShape.of(plain, use);
      }
      if (plain.isEnum()) {
        return new Scalar(Kind.ENUM, WireNames.table(plain));
      }
      if (JsonNode.class.isAssignableFrom(plain) || plain == Object.class) {
        return new Any();
      }
      Kind kind = SCALARS.get(plain);
      if (kind != null) {
        return new Scalar(kind, Map.of());
      }
    }
    throw new IllegalStateException(where + ": " + type + " has no JSON form here");
  }

  /** The class behind a type, for generic ones the raw class. */
  static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic -> (Class<?>) generic.getRawType();
      default -> throw new IllegalStateException(type + " has no JSON form here");
    };
  }

  /** Scalars by Java type. */
  Map<Class<?>, Kind> SCALARS =
      Map.ofEntries(
          Map.entry(String.class, Kind.TEXT),
          Map.entry(int.class, Kind.INT),
          Map.entry(Integer.class, Kind.INT),
          Map.entry(long.class, Kind.LONG),
          Map.entry(Long.class, Kind.LONG),
          Map.entry(BigDecimal.class, Kind.DECIMAL),
          Map.entry(double.class, Kind.DOUBLE),
          Map.entry(Double.class, Kind.DOUBLE),
          Map.entry(boolean.class, Kind.BOOLEAN),
          Map.entry(Boolean.class, Kind.BOOLEAN),
          Map.entry(Instant.class, Kind.INSTANT),
          Map.entry(LocalDate.class, Kind.DATE));
}
