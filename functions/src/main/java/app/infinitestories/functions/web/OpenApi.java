package app.infinitestories.functions.web;

import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.ratelimit.RateLimit;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The OpenAPI 3.1 document of the mounted routes: what they are is what it says. */
final class OpenApi {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String JSON_TYPE = "application/json";
  private static final String ANY_TYPE = "*/*";
  private static final String UNPROVEN =
      "No limit but on calls that prove nothing: "
          + RateLimit.UNPROVEN_WEBHOOKS.label()
          + " per address.";

  private final Schemas schemas = new Schemas();
  private final List<Endpoint<?, ?>> endpoints;
  private final String version;

  private OpenApi(List<Endpoint<?, ?>> endpoints, String version) {
    this.endpoints = endpoints;
    this.version = version;
  }

  static ObjectNode of(List<Endpoint<?, ?>> endpoints, String version) {
    return new OpenApi(endpoints, version).document();
  }

  /** The document as it is checked in: indented by two, one value per line. */
  static String pretty(ObjectNode document) {
    DefaultIndenter indent = new DefaultIndenter("  ", "\n");
    try {
      return JsonMapper.builder()
              .build()
              .writer(
                  new DefaultPrettyPrinter().withObjectIndenter(indent).withArrayIndenter(indent))
              .writeValueAsString(document)
          + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private ObjectNode document() {
    ObjectNode document = JSON.objectNode().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "InfiniteStories API")
        .put("version", version)
        .put(
            "description",
            "Times are ISO-8601 UTC, ids are opaque strings. Every answer carries X-Request-Id.");
    ObjectNode paths = document.putObject("paths");
    endpoints.stream()
        .sorted(
            Comparator.<Endpoint<?, ?>, String>comparing(Endpoint::path)
                .thenComparing(Endpoint::method))
        .forEach(endpoint ->
            paths
                .withObjectProperty(endpoint.path())
                .set(endpoint.method().toLowerCase(Locale.ROOT), operation(endpoint)));
    RecordShape.of(ErrorMapper.ErrorBody.class, RecordShape.Use.ANSWER).schema(schemas);
    ObjectNode components = document.putObject("components");
    components.set("schemas", schemas.toJson());
    components
        .putObject("securitySchemes")
        .putObject("bearer")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("bearerFormat", "Firebase ID token");
    return document;
  }

  private ObjectNode operation(Endpoint<?, ?> endpoint) {
    ObjectNode operation = JSON.objectNode().put("operationId", operationId(endpoint));
    operation.putArray("tags").add(tag(endpoint.path()));
    operation.put("description", description(endpoint));
    operation.put("x-authority", endpoint.authority().label());
    security(endpoint, operation);
    parameters(endpoint, operation);
    if (endpoint.input() instanceof Endpoint.Input.Body<?>(RecordShape<?> shape)) {
      ObjectNode body = operation.putObject("requestBody").put("required", true);
      body.putObject("content").putObject(JSON_TYPE).set("schema", shape.schema(schemas));
    }
    if (isMachine(endpoint)) {
      ObjectNode body = operation.putObject("requestBody").put("required", true);
      body.putObject("content").putObject(JSON_TYPE).putObject("schema").put("type", "object");
    }
    ObjectNode responses = operation.putObject("responses");
    for (Status success : endpoint.successes()) {
      responses.set(Integer.toString(success.code()), success(endpoint));
    }
    if (endpoint.cached().isPresent()) {
      responses.set(Integer.toString(EntityTags.NOT_MODIFIED), unchanged(endpoint));
    }
    errors(endpoint)
        .forEach((status, codes) -> {
          // readiness declares 503 with its own shape
          if (!responses.has(status)) {
            responses.set(status, error(status, codes));
          }
        });
    return operation;
  }

  /** {@code POST /api/v2/user-stories/{id}/cancel} is postV2UserStoriesIdCancel. */
  private static String operationId(Endpoint<?, ?> endpoint) {
    StringBuilder id = new StringBuilder(endpoint.method().toLowerCase(Locale.ROOT));
    boolean start = true;
    String path =
        endpoint.path().startsWith("/api/") ? endpoint.path().substring(4) : endpoint.path();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        id.append(start ? Character.toUpperCase(c) : c);
        start = false;
      } else {
        start = true;
      }
    }
    return id.toString();
  }

  /** The first segment behind the version. */
  private static String tag(String path) {
    for (String segment : path.substring(1).split("/", -1)) {
      if (!segment.equals("api") && !segment.matches("v[0-9]+")) {
        return segment;
      }
    }
    return "api";
  }

  private static String description(Endpoint<?, ?> endpoint) {
    String limit =
        endpoint
            .limit()
            .map(some ->
                "Limit: " + some.label() + (isCharged(some) ? "." : ", accepted requests only."))
            .orElse(isMachine(endpoint) ? UNPROVEN : "No limit.");
    return "Authority: " + endpoint.authority().label() + ". " + limit;
  }

  private static boolean isCharged(RateLimit limit) {
    return limit.kept() != RateLimit.Kept.BY_ACCEPTANCE;
  }

  private static void security(Endpoint<?, ?> endpoint, ObjectNode operation) {
    var security = operation.putArray("security");
    if (endpoint.authority().token() == Authority.Token.ALLOWED) {
      security.addObject();
    }
    if (endpoint.authority().token() != Authority.Token.IGNORED && !isMachine(endpoint)) {
      security.addObject().putArray("bearer");
    }
  }

  private static boolean isMachine(Endpoint<?, ?> endpoint) {
    return endpoint.authority().token() == Authority.Token.MACHINE;
  }

  private void parameters(Endpoint<?, ?> endpoint, ObjectNode operation) {
    var parameters = JSON.arrayNode();
    for (String name : RouteTable.parameterNames(endpoint.path())) {
      ObjectNode parameter = parameters.addObject();
      parameter.put("name", name).put("in", "path").put("required", true);
      parameter.putObject("schema").put("type", "string");
    }
    if (endpoint.input() instanceof Endpoint.Input.Query<?>(RecordShape<?> shape)) {
      for (RecordShape.Parameter each : shape.parameters(schemas)) {
        ObjectNode parameter = parameters.addObject();
        parameter.put("name", each.name()).put("in", "query").put("required", each.required());
        parameter.set("schema", each.schema());
      }
    }
    if (endpoint.idempotent()) {
      ObjectNode parameter = parameters.addObject();
      parameter.put("name", IdempotencyKey.HEADER).put("in", "header").put("required", false);
      parameter
          .putObject("schema")
          .put("type", "string")
          .put("minLength", 1)
          .put("maxLength", IdempotencyKey.LONGEST);
    }
    if (endpoint.cached().isPresent()) {
      ObjectNode parameter = parameters.addObject();
      parameter.put("name", "If-None-Match").put("in", "header").put("required", false);
      parameter.putObject("schema").put("type", "string");
    }
    if (!parameters.isEmpty()) {
      operation.set("parameters", parameters);
    }
  }

  private ObjectNode success(Endpoint<?, ?> endpoint) {
    ObjectNode response = JSON.objectNode().put("description", "Success.");
    headers(response, endpoint.limit(), false);
    // what is a person's own has no tag
    cacheHeaders(response, endpoint, endpoint.authority().token() == Authority.Token.IGNORED);
    endpoint
        .answer()
        .ifPresent(type -> {
          boolean raw = type == RawBody.class;
          ObjectNode content = response.putObject("content").putObject(raw ? ANY_TYPE : JSON_TYPE);
          content.set("schema", raw ? JSON.objectNode() : answerSchema(type));
        });
    return response;
  }

  private static ObjectNode unchanged(Endpoint<?, ?> endpoint) {
    ObjectNode response =
        JSON.objectNode().put("description", "Unchanged: what If-None-Match names is still right.");
    headers(response, endpoint.limit(), false);
    cacheHeaders(response, endpoint, true);
    return response;
  }

  private static void cacheHeaders(
      ObjectNode response, Endpoint<?, ?> endpoint, boolean alwaysTagged) {
    if (endpoint.cached().isPresent()) {
      ObjectNode headers = response.withObjectProperty("headers");
      header(headers, "ETag", "string", alwaysTagged);
      header(headers, "Cache-Control", "string", true);
    }
  }

  private ObjectNode answerSchema(Class<?> type) {
    return JsonNode.class.isAssignableFrom(type)
        ? JSON.objectNode()
        : RecordShape.of(type, RecordShape.Use.ANSWER).schema(schemas);
  }

  /** Codes by status: those that follow from what the route is, and those that it names. */
  private static Map<String, Set<FailureCode>> errors(Endpoint<?, ?> endpoint) {
    Set<FailureCode> codes = EnumSet.of(FailureCode.INTERNAL);
    codes.addAll(endpoint.failures());
    if (endpoint.authority().token() != Authority.Token.IGNORED) {
      codes.add(FailureCode.UNAUTHENTICATED);
      codes.add(FailureCode.UPSTREAM_UNAVAILABLE);
    }
    if (endpoint.authority().needsAdmin()) {
      codes.add(FailureCode.FORBIDDEN);
    }
    if (isMachine(endpoint)) {
      codes.add(FailureCode.MALFORMED_JSON);
      codes.add(FailureCode.PAYLOAD_TOO_LARGE);
      codes.add(FailureCode.UNSUPPORTED_MEDIA_TYPE);
      codes.add(FailureCode.RATE_LIMITED);
    }
    switch (endpoint.input()) {
      case Endpoint.Input.Body<?> body ->
          codes.addAll(
              EnumSet.of(
                  FailureCode.MALFORMED_JSON,
                  FailureCode.VALIDATION_FAILED,
                  FailureCode.PAYLOAD_TOO_LARGE,
                  FailureCode.UNSUPPORTED_MEDIA_TYPE));
      case Endpoint.Input.Query<?> query -> codes.add(FailureCode.VALIDATION_FAILED);
      case Endpoint.Input.None none -> {}
    }
    if (endpoint.idempotent()) {
      codes.add(FailureCode.VALIDATION_FAILED);
      codes.add(FailureCode.IDEMPOTENCY_KEY_REUSED);
    }
    if (!RouteTable.parameterNames(endpoint.path()).isEmpty()) {
      codes.add(FailureCode.NOT_FOUND);
    }
    if (endpoint.limit().isPresent()) {
      codes.add(FailureCode.RATE_LIMITED);
    }
    Map<String, Set<FailureCode>> byStatus = new TreeMap<>();
    for (FailureCode code : codes) {
      byStatus.computeIfAbsent(Integer.toString(code.status()), fresh -> new TreeSet<>()).add(code);
    }
    return byStatus;
  }

  private static ObjectNode error(String status, Collection<FailureCode> codes) {
    ObjectNode response = JSON.objectNode();
    response.put("description", String.join(", ", codes.stream().map(FailureCode::name).toList()));
    headers(response, Optional.empty(), status.equals("429") || status.equals("503"));
    ObjectNode schema = response.putObject("content").putObject(JSON_TYPE).putObject("schema");
    schema.put("$ref", "#/components/schemas/" + ErrorMapper.ErrorBody.class.getSimpleName());
    ArrayNode known = schema.putObject("properties").putObject("code").putArray("enum");
    codes.forEach(code -> known.add(code.name()));
    return response;
  }

  private static void headers(ObjectNode response, Optional<RateLimit> limit, boolean wait) {
    ObjectNode headers = response.putObject("headers");
    header(headers, "X-Request-Id", "string", true);
    if (limit.isPresent()) {
      // where only what is accepted is charged, a replay has nothing to tell
      boolean always = isCharged(limit.get());
      header(headers, "RateLimit-Limit", "integer", always);
      header(headers, "RateLimit-Remaining", "integer", always);
      header(headers, "RateLimit-Reset", "integer", always);
    }
    if (wait) {
      header(headers, "Retry-After", "integer", true);
    }
  }

  private static void header(ObjectNode headers, String name, String type, boolean always) {
    ObjectNode header = headers.putObject(name);
    if (always) {
      header.put("required", true);
    }
    header.putObject("schema").put("type", type);
  }
}
