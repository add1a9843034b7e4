package app.infinitestories.functions.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Ascii;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One operation of {@code docs/api/openapi.json}, for tests that go through all of them.
 *
 * @param body the schema of its body without references; missing where it takes none
 */
public record DescribedOperation(
    String method, String path, String authority, List<Parameter> parameters, JsonNode body) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern IN_PATH = Pattern.compile("\\{\\w+}");

  /** A parameter; {@code in} is path, query or header. */
  public record Parameter(String in, String name, boolean required, JsonNode schema) {}

  /** All of them, in the document's order. */
  public static List<DescribedOperation> all() {
    JsonNode document;
    try {
      document = JSON.readTree(Files.readString(Path.of("..", "docs", "api", "openapi.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var all = new ArrayList<DescribedOperation>();
    document
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(operation ->
                    all.add(
                        of(
                            Ascii.toUpperCase(operation.getKey()),
                            path.getKey(),
                            operation.getValue(),
                            document))));
    return all;
  }

  private static DescribedOperation of(
      String method, String path, JsonNode operation, JsonNode document) {
    var parameters = new ArrayList<Parameter>();
    for (JsonNode parameter : operation.path("parameters")) {
      parameters.add(
          new Parameter(
              parameter.path("in").asText(),
              parameter.path("name").asText(),
              parameter.path("required").asBoolean(),
              resolved(parameter.path("schema"), document)));
    }
    return new DescribedOperation(
        method,
        path,
        operation.path("x-authority").asText(),
        List.copyOf(parameters),
        resolved(operation.at("/requestBody/content/application~1json/schema"), document));
  }

  /** The same schema with what it refers to in the place of each reference. */
  private static JsonNode resolved(JsonNode schema, JsonNode document) {
    if (schema.has("$ref")) {
      return resolved(document.at(schema.path("$ref").asText().substring(1)), document);
    }
    if (schema instanceof ObjectNode object) {
      ObjectNode copy = JSON.createObjectNode();
      object.properties().forEach(e -> copy.set(e.getKey(), resolved(e.getValue(), document)));
      return copy;
    }
    if (schema instanceof ArrayNode array) {
      ArrayNode copy = JSON.createArrayNode();
      array.forEach(element -> copy.add(resolved(element, document)));
      return copy;
    }
    return schema;
  }

  /** The parameters that stand there: path, query or header. */
  public List<Parameter> parameters(String in) {
    return parameters.stream().filter(parameter -> parameter.in().equals(in)).toList();
  }

  /** Whether it takes a body. */
  public boolean hasBody() {
    return !body.isMissingNode();
  }

  /** Its path with that id, still encoded, wherever an id stands. */
  public String pathWith(String id) {
    return IN_PATH.matcher(path).replaceAll(id);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
