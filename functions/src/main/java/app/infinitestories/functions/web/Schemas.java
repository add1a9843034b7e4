package app.infinitestories.functions.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The named schemas of an OpenAPI document: each record once, by its simple name. */
final class Schemas {
  private final Map<String, ObjectNode> byName = new TreeMap<>();
  private final Map<String, String> owners = new HashMap<>();

  /** A reference to a record's schema, which is defined at its first mention. */
  ObjectNode refer(Class<?> type, RecordShape.Use use, Supplier<ObjectNode> definition) {
    String name = type.getSimpleName();
    String owner = type.getName() + (use == RecordShape.Use.ANSWER ? " as answer" : " as request");
    String other = owners.putIfAbsent(name, owner);
    if (other == null) {
      byName.put(name, JsonNodeFactory.instance.objectNode());
      byName.put(name, definition.get());
    } else if (!other.equals(owner)) {
      throw new IllegalStateException(
          "two schemas would be called " + name + ": " + other + ", " + owner);
    }
    return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + name);
  }

  /** The same schema with null allowed, as JSON Schema 2020-12 writes it. */
  static ObjectNode nullable(ObjectNode schema) {
    if (schema.path("type").isTextual()) {
      String type = schema.get("type").textValue();
      schema.putArray("type").add(type).add("null");
      if (schema.path("enum").isArray()) {
        schema.withArray("enum").addNull();
      }
      return schema;
    }
    if (schema.isEmpty()) {
      return schema;
    }
    ObjectNode either = JsonNodeFactory.instance.objectNode();
    either.putArray("anyOf").add(schema).addObject().put("type", "null");
    return either;
  }

  ObjectNode toJson() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    byName.forEach(all::set);
    return all;
  }
}
