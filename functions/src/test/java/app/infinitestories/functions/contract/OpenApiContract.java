package app.infinitestories.functions.contract;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The promise of {@code docs/api/openapi.json}, held against answers: the status is described, the
 * described headers are there, and the body is what its schema says, without a field more.
 */
public final class OpenApiContract {
  private static final String IRI = "https://infinitestories.app/openapi.json";
  private static final JsonMapper JSON = new JsonMapper();

  /** What one request was answered with; header names are matched in any case. */
  public record Exchange(
      String method, String path, int status, Map<String, String> headers, String body) {

    Optional<String> header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(Map.Entry::getValue)
          .findFirst();
    }
  }

  private final JsonNode document;
  private final JsonSchemaFactory schemas;
  private final Map<String, JsonSchema> compiled = new ConcurrentHashMap<>();

  OpenApiContract(String text) {
    try {
      document = JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    document.at("/components/schemas").forEach(OpenApiContract::close);
    String closed = document.toString();
    schemas =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder -> builder.schemaLoaders(loaders -> loaders.schemas(Map.of(IRI, closed))));
  }

  /** The document that is checked in. */
  public static OpenApiContract checkedIn() {
    try {
      return new OpenApiContract(Files.readString(Path.of("..", "docs", "api", "openapi.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An answer has the described fields and no other. */
  private static void close(JsonNode schema) {
    if (schema.has("properties") && !schema.has("additionalProperties")) {
      ((ObjectNode) schema).put("additionalProperties", false);
    }
  }

  /**
   * Fails with everything that the document does not say.
   *
   * @throws AssertionError naming the request and each disagreement
   */
  public void check(Exchange exchange) {
    List<String> disagreements = disagreements(exchange);
    if (!disagreements.isEmpty()) {
      throw new AssertionError(
          "%s %s answered %d, against docs/api/openapi.json: %s"
              .formatted(exchange.method(), exchange.path(), exchange.status(), disagreements));
    }
  }

  List<String> disagreements(Exchange exchange) {
    Optional<String> template = template(exchange.path());
    if (template.isEmpty()) {
      return exchange.status() == 404 ? List.of() : List.of("the path is not described");
    }
    String method = exchange.method().equals("HEAD") ? "get" : Ascii.toLowerCase(exchange.method());
    JsonPointer operation =
        JsonPointer.empty()
            .appendProperty("paths")
            .appendProperty(template.get())
            .appendProperty(method);
    boolean upperCase = Ascii.toUpperCase(exchange.method()).equals(exchange.method());
    if (!upperCase || document.at(operation).isMissingNode()) {
      boolean preflight = method.equals("options") && exchange.status() == 204;
      return exchange.status() == 405 || preflight
          ? List.of()
          : List.of("the method is not described");
    }
    JsonPointer response =
        operation.appendProperty("responses").appendProperty(Integer.toString(exchange.status()));
    JsonNode described = document.at(response);
    if (described.isMissingNode()) {
      return List.of("the status is not described");
    }
    var found = new ArrayList<String>();
    described
        .path("headers")
        .properties()
        .forEach(header -> {
          boolean always = header.getValue().path("required").asBoolean();
          if (always && exchange.header(header.getKey()).isEmpty()) {
            found.add("header " + header.getKey() + " is missing");
          }
        });
    if (!exchange.method().equals("HEAD")) {
      found.addAll(bodyOf(exchange, described, response));
    }
    return found;
  }

  private List<String> bodyOf(Exchange exchange, JsonNode described, JsonPointer response) {
    JsonNode contents = described.path("content");
    if (contents.isMissingNode()) {
      return exchange.body().isEmpty() ? List.of() : List.of("a body is not described");
    }
    String type =
        Splitter.on(';').splitToList(exchange.header("Content-Type").orElse("")).getFirst().strip();
    if (contents.has("*/*")) {
      return List.of();
    }
    if (!contents.has(type)) {
      return List.of("content type '" + type + "' is not described");
    }
    if (!type.equals("application/json")) {
      return List.of();
    }
    JsonPointer schema =
        response.appendProperty("content").appendProperty(type).appendProperty("schema");
    return compiled
        .computeIfAbsent(schema.toString(), this::compile)
        .validate(
            parse(exchange.body()),
            context -> context.getExecutionConfig().setFormatAssertionsEnabled(true))
        .stream()
        .map(Object::toString)
        .sorted()
        .toList();
  }

  private JsonSchema compile(String pointer) {
    return schemas.getSchema(
        SchemaLocation.of(IRI + "#" + pointer), SchemaValidatorsConfig.builder().build());
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(body, e);
    }
  }

  /** The described path that a request's path is one of; fixed segments win over parameters. */
  private Optional<String> template(String pathAndQuery) {
    List<String> path = segments(Splitter.on('?').splitToList(pathAndQuery).getFirst());
    var candidates = new ArrayList<String>();
    document.path("paths").fieldNames().forEachRemaining(candidates::add);
    return candidates.stream()
        .filter(template -> matches(segments(template), path))
        .min((a, b) -> fixedFirst(segments(a), segments(b)));
  }

  private static List<String> segments(String path) {
    return Splitter.on('/').splitToList(path);
  }

  private static boolean matches(List<String> template, List<String> path) {
    if (template.size() != path.size()) {
      return false;
    }
    for (int i = 0; i < path.size(); i++) {
      boolean any = template.get(i).startsWith("{") && !path.get(i).isEmpty();
      if (!any && !template.get(i).equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static int fixedFirst(List<String> a, List<String> b) {
    for (int i = 0; i < a.size(); i++) {
      int order = Boolean.compare(a.get(i).startsWith("{"), b.get(i).startsWith("{"));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
