package app.infinitestories.functions.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/**
 * Both providers once more, by what their published specifications say and nothing else: unknown
 * fields are refused, and every answer is the plainest that the specification allows. It leaves out
 * what is optional there, such as usage.
 */
final class PublishedProviders implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern PART = Pattern.compile("; name=\"([^\"]+)\"");
  private static final int SAMPLE_RATE = 24_000;

  /**
   * Fields by path: https://platform.openai.com/docs/api-reference, https://docs.dev.runwayml.com.
   */
  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "/v1/chat/completions",
          Set.of(
              "model",
              "messages",
              "response_format",
              "max_completion_tokens",
              "store",
              "temperature",
              "top_p",
              "n",
              "seed",
              "user",
              "modalities",
              "audio",
              "reasoning_effort",
              "verbosity",
              "safety_identifier",
              "prompt_cache_key",
              "service_tier",
              "metadata"),
          "/v1/moderations",
          Set.of("model", "input"),
          "/v1/images/generations",
          Set.of(
              "model",
              "prompt",
              "n",
              "size",
              "quality",
              "background",
              "output_format",
              "output_compression",
              "moderation",
              "user"),
          "/v1/images/edits",
          Set.of(
              "model",
              "prompt",
              "image",
              "image[]",
              "mask",
              "n",
              "size",
              "quality",
              "background",
              "input_fidelity",
              "output_format",
              "output_compression",
              "user"),
          "/v1/audio/speech",
          Set.of("model", "input", "voice", "instructions", "response_format", "speed"),
          "/v1/image_to_video",
          Set.of(
              "model",
              "promptImage",
              "promptText",
              "ratio",
              "duration",
              "seed",
              "contentModeration"));

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final byte[] clip;

  private PublishedProviders(byte[] clip) throws IOException {
    this.clip = clip.clone();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * Starts them.
   *
   * @param clip the MP4 that every clip is
   */
  static PublishedProviders start(byte[] clip) throws IOException {
    return new PublishedProviders(clip);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What the specifications do not know, and was sent nevertheless. */
  List<String> violations() {
    return List.copyOf(violations);
  }

  /** The paths of all requests that were in order. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String full = exchange.getRequestURI().getPath();
      String path = full.substring(full.indexOf("/v1/"));
      var violation = violation(exchange, path, body);
      if (!violation.isEmpty()) {
        violations.add(exchange.getRequestMethod() + " " + path + ": " + violation);
        send(
            exchange,
            400,
            "application/json",
            bytes(
                object()
                    .set(
                        "error",
                        object()
                            .put("message", violation)
                            .put("type", "invalid_request_error")
                            .putNull("param")
                            .putNull("code"))));
        return;
      }
      asked.add(path);
      answer(exchange, path, body);
    }
  }

  private static String violation(HttpExchange exchange, String path, byte[] body)
      throws IOException {
    if (path.startsWith("/v1/files/")) {
      return "";
    }
    if (!String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
        .startsWith("Bearer ")) {
      return "no key";
    }
    boolean runway = path.equals("/v1/image_to_video") || path.startsWith("/v1/tasks/");
    if (runway && exchange.getRequestHeaders().getFirst("X-Runway-Version") == null) {
      return "no version";
    }
    if (path.startsWith("/v1/tasks/")) {
      return "";
    }
    var known = FIELDS.get(path);
    if (known == null || !exchange.getRequestMethod().equals("POST")) {
      return "unknown path";
    }
    var unknown = new TreeSet<String>();
    if (path.equals("/v1/images/edits")) {
      var parts = PART.matcher(new String(body, StandardCharsets.ISO_8859_1));
      while (parts.find()) {
        unknown.add(parts.group(1));
      }
    } else {
      JSON.readTree(body).fieldNames().forEachRemaining(unknown::add);
    }
    if (!unknown.contains("model")) {
      return "no model";
    }
    unknown.removeAll(known);
    return unknown.isEmpty() ? "" : "unknown fields " + unknown;
  }

  private void answer(HttpExchange exchange, String path, byte[] body) throws IOException {
    switch (path) {
      case "/v1/chat/completions" -> json(exchange, chat(JSON.readTree(body)));
      case "/v1/moderations" -> json(exchange, moderation());
      case "/v1/images/generations", "/v1/images/edits" -> json(exchange, picture());
      case "/v1/audio/speech" -> send(exchange, 200, "audio/wav", sound());
      case "/v1/image_to_video" ->
          json(exchange, object().put("id", "5e1b6c9e-0000-4000-8000-000000000001"));
      default -> {
        if (path.startsWith("/v1/files/")) {
          send(exchange, 200, "video/mp4", clip);
        } else {
          var task =
              object()
                  .put("id", path.substring("/v1/tasks/".length()))
                  .put("status", "SUCCEEDED")
                  .put("createdAt", "2026-11-01T10:00:00Z");
          task.putArray("output").add(address() + "/v1/files/clip.mp4");
          json(exchange, task);
        }
      }
    }
  }

  private static ObjectNode chat(JsonNode request) {
    var schema = request.path("response_format").path("json_schema").path("schema");
    var completion =
        object()
            .put("id", "chatcmpl-sample")
            .put("object", "chat.completion")
            .put("created", 1_790_000_000L)
            .put("model", request.path("model").asText());
    var choice = completion.putArray("choices").addObject();
    choice.put("index", 0).put("finish_reason", "stop").putNull("logprobs");
    choice
        .putObject("message")
        .put("role", "assistant")
        .put("content", shaped(schema, "text").toString())
        .putNull("refusal");
    return completion;
  }

  /** The plainest value of a schema. */
  private static JsonNode shaped(JsonNode schema, String name) {
    return switch (schema.path("type").asText()) {
      case "object" -> {
        var value = object();
        schema
            .path("properties")
            .properties()
            .forEach(field -> value.set(field.getKey(), shaped(field.getValue(), field.getKey())));
        yield value;
      }
      case "array" -> {
        var value = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 3; i++) {
          value.add(shaped(schema.path("items"), name));
        }
        yield value;
      }
      case "boolean" -> JsonNodeFactory.instance.booleanNode(true);
      case "integer", "number" -> JsonNodeFactory.instance.numberNode(1);
      default ->
          JsonNodeFactory.instance.textNode(
              "A small boat sails over the blue lake, and a bird sings in the green tree.");
    };
  }

  private static ObjectNode moderation() {
    var categories = object();
    var scores = object();
    var types = object();
    for (String category :
        List.of(
            "harassment",
            "harassment/threatening",
            "hate",
            "hate/threatening",
            "illicit",
            "illicit/violent",
            "self-harm",
            "self-harm/instructions",
            "self-harm/intent",
            "sexual",
            "sexual/minors",
            "violence",
            "violence/graphic")) {
      categories.put(category, false);
      scores.put(category, 0.001);
      types.putArray(category);
    }
    var answer = object().put("id", "modr-sample").put("model", "omni-moderation-latest");
    var result = answer.putArray("results").addObject().put("flagged", false);
    result.set("categories", categories);
    result.set("category_scores", scores);
    result.set("category_applied_input_types", types);
    return answer;
  }

  private static ObjectNode picture() throws IOException {
    var image = new BufferedImage(1_024, 1_024, BufferedImage.TYPE_INT_RGB);
    var g = image.createGraphics();
    g.setColor(new Color(0x87, 0xb5, 0xd9));
    g.fillRect(0, 0, 1_024, 1_024);
    g.setColor(new Color(0xd9, 0x9f, 0x57));
    g.fillOval(300, 300, 400, 400);
    g.dispose();
    var png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    var answer = object().put("created", 1_790_000_000L);
    answer
        .putArray("data")
        .addObject()
        .put("b64_json", Base64.getEncoder().encodeToString(png.toByteArray()));
    return answer;
  }

  /** One second of a low tone. */
  private static byte[] sound() {
    short[] samples = new short[SAMPLE_RATE];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (6_000 * Math.sin(i * 2 * Math.PI * 220 / SAMPLE_RATE));
    }
    return new app.infinitestories.local.studio.media.Pcm(samples).wav();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static byte[] bytes(JsonNode node) {
    return node.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void json(HttpExchange exchange, JsonNode node) throws IOException {
    send(exchange, 200, "application/json", bytes(node));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
