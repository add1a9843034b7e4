package app.infinitestories.local.studio.openai;

import app.infinitestories.local.studio.Desk;
import app.infinitestories.local.studio.Endpoint;
import app.infinitestories.local.studio.Fault;
import app.infinitestories.local.studio.Json;
import app.infinitestories.local.studio.Request;
import app.infinitestories.local.studio.Seeds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Ascii;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** {@code POST /v1/chat/completions}: structured output, picture inputs, spoken answers. */
final class ChatCompletions {
  private static final Set<String> KNOWN =
      Set.of(
          "messages",
          "model",
          "audio",
          "frequency_penalty",
          "logit_bias",
          "logprobs",
          "max_completion_tokens",
          "max_tokens",
          "metadata",
          "modalities",
          "moderation",
          "n",
          "parallel_tool_calls",
          "prediction",
          "presence_penalty",
          "prompt_cache_key",
          "prompt_cache_options",
          "prompt_cache_retention",
          "reasoning_effort",
          "response_format",
          "safety_identifier",
          "seed",
          "service_tier",
          "stop",
          "store",
          "stream",
          "stream_options",
          "temperature",
          "tool_choice",
          "tools",
          "top_logprobs",
          "top_p",
          "user",
          "verbosity",
          "web_search_options");

  private final Desk desk;
  private final Models models;
  private final ChatTasks tasks;
  private final Speech speech;

  ChatCompletions(Desk desk, Models models, Speech speech, EmptyPages emptyPages) {
    this.desk = desk;
    this.models = models;
    this.tasks = new ChatTasks(desk, emptyPages);
    this.speech = speech;
  }

  /** Structured output: the schema's name and itself. */
  private record Format(String name, JsonNode schema) {}

  /**
   * Answers a chat.
   *
   * @param generalFaults called with the task's name once the request has been found valid
   */
  ObjectNode answer(Request request, Fields fields, Consumer<String> generalFaults) {
    fields.only(KNOWN);
    String model = fields.text("model", 200);
    request.concerns(model, null);
    Models.Use use = models.require(model, Set.of(Models.Use.CHAT, Models.Use.CHAT_AUDIO));
    OptionalLong maxTokens = checkParameters(fields, model);
    Conversation conversation = Conversation.read(fields.required("messages"));
    Optional<Format> format = format(fields, conversation);
    String task = format.map(Format::name).orElse("");
    request.concerns(model, task.isEmpty() ? null : task);
    generalFaults.accept(task);
    if (desk.strikes(Fault.REFUSAL, Endpoint.CHAT, task)) {
      throw OpenAiError.chatRefused();
    }
    ObjectNode message = Json.object().put("role", "assistant");
    String finish = "stop";
    String content;
    if (use == Models.Use.CHAT_AUDIO) {
      content = conversation.lastUserText();
      message.putNull("content").set("audio", audio(fields, conversation));
    } else {
      content = format.map(f -> structured(f, conversation)).orElseGet(() -> plain(conversation));
      int limit = Math.toIntExact(Math.min(maxTokens.orElse(1_000_000), 1_000_000));
      if (desk.strikes(Fault.TRUNCATED, Endpoint.CHAT, task)) {
        content = content.substring(0, content.length() / 2);
        finish = "length";
      } else if (Tokens.ofText(content) > limit) {
        content = content.substring(0, Math.min(content.length(), limit * 4));
        finish = "length";
      }
      message.put("content", content);
    }
    message.putNull("refusal").putArray("annotations");
    return completion(model, message, finish, usage(conversation, content));
  }

  private String structured(Format format, Conversation conversation) {
    JsonNode made = Schemas.fit(format.schema(), tasks.answer(format.name(), conversation));
    if (desk.strikes(Fault.INVALID_JSON, Endpoint.CHAT, format.name())
        && made instanceof ObjectNode object
        && !object.isEmpty()) {
      String first = object.fieldNames().next();
      object.set("unexpected_" + first, object.remove(first));
    }
    return made.toString();
  }

  private static String plain(Conversation conversation) {
    return "The offline studio read %d characters and %d pictures."
        .formatted(conversation.allText().length(), conversation.pictures().size());
  }

  private OptionalLong checkParameters(Fields fields, String model) {
    if (model.matches("(gpt-[56]|o\\d).*")) {
      if (fields.has("max_tokens")) {
        throw OpenAiError.unsupportedParameter(
            "max_tokens",
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.");
      }
      for (String name : List.of("temperature", "top_p")) {
        if (fields.number(name, 0, 2).orElse(1) != 1) {
          throw OpenAiError.invalid(
              name,
              "unsupported_value",
              "Unsupported value: '%s' does not support this value with this model. Only the default (1) value is supported."
                  .formatted(name));
        }
      }
    }
    fields.number("temperature", 0, 2);
    fields.number("top_p", 0, 1);
    fields.number("frequency_penalty", -2, 2);
    fields.number("presence_penalty", -2, 2);
    fields.integer("n", 1, 1);
    fields.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE);
    fields.choice("reasoning_effort", List.of("none", "minimal", "low", "medium", "high", "xhigh"));
    fields.choice("verbosity", List.of("low", "medium", "high"));
    fields.choice("service_tier", List.of("auto", "default", "flex", "scale", "priority"));
    fields.optionalText("user", 1_000);
    fields.optionalText("safety_identifier", 64);
    fields.optionalText("prompt_cache_key", 64);
    fields.flag("store");
    fields.notOffline("stream", "streaming");
    fields.notOffline("tools", "tools");
    fields.notOffline("logprobs", "log probabilities");
    fields.notOffline("web_search_options", "web search");
    fields.integer("max_tokens", 1, 1_000_000);
    return fields.integer("max_completion_tokens", 1, 1_000_000);
  }

  private static Optional<Format> format(Fields fields, Conversation conversation) {
    if (!fields.has("response_format")) {
      return Optional.empty();
    }
    Fields format = fields.inside("response_format");
    format.only(Set.of("type", "json_schema"));
    format.required("type");
    String type =
        format.choice("type", List.of("text", "json_object", "json_schema")).orElseThrow();
    if (type.equals("json_object") && !Ascii.toLowerCase(conversation.allText()).contains("json")) {
      throw OpenAiError.invalid(
          "messages",
          null,
          "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.");
    }
    if (!type.equals("json_schema")) {
      return Optional.empty();
    }
    Fields schema = format.inside("json_schema");
    schema.only(Set.of("name", "description", "schema", "strict"));
    String name = schema.text("name", 64);
    if (!name.matches("[a-zA-Z0-9_-]+")) {
      throw OpenAiError.invalid(
          schema.path("name"),
          "invalid_value",
          "Invalid '%s': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'."
              .formatted(schema.path("name")));
    }
    schema.optionalText("description", 10_000);
    schema.flag("strict");
    JsonNode body = schema.required("schema");
    if (schema.value("strict").map(JsonNode::asBoolean).orElse(false)) {
      SchemaRules.check(name, body);
    }
    return Optional.of(new Format(name, body));
  }

  /** Spoken answers: the studio's model reads aloud what the user message says. */
  private ObjectNode audio(Fields fields, Conversation conversation) {
    Fields audio = fields.inside("audio");
    audio.only(Set.of("format", "voice"));
    audio.required("format");
    String format =
        audio.choice("format", List.of("wav", "mp3", "flac", "opus", "aac", "pcm16")).orElseThrow();
    String voice = audio.text("voice", 100);
    String text = conversation.lastUserText();
    String manner = conversation.allText().replace(text, "");
    byte[] bytes = speech.speak(text, voice, manner, 1.0, format.equals("pcm16") ? "pcm" : format);
    return Json.object()
        .put("id", "audio_" + Long.toHexString(Seeds.of(desk.seed(), text, voice)))
        .put("expires_at", desk.clock().instant().getEpochSecond() + 3_600)
        .put("data", Base64.getEncoder().encodeToString(bytes))
        .put("transcript", text);
  }

  private ObjectNode completion(String model, ObjectNode message, String finish, ObjectNode usage) {
    ObjectNode choice = Json.object().put("index", 0);
    choice.set("message", message);
    choice.putNull("logprobs").put("finish_reason", finish);
    ObjectNode completion =
        Json.object()
            .put("id", "chatcmpl-" + Long.toHexString(Seeds.of(desk.seed(), message.toString())))
            .put("object", "chat.completion")
            .put("created", desk.clock().instant().getEpochSecond())
            .put("model", model);
    completion.putArray("choices").add(choice);
    completion.set("usage", usage);
    return completion.put("service_tier", "default");
  }

  private static ObjectNode usage(Conversation conversation, String content) {
    int in =
        Tokens.ofText(conversation.allText())
            + conversation.pictures().stream()
                .mapToInt(p -> Tokens.ofPicture(p.getWidth(), p.getHeight()))
                .sum();
    int out = Tokens.ofText(content);
    ObjectNode usage =
        Json.object()
            .put("prompt_tokens", in)
            .put("completion_tokens", out)
            .put("total_tokens", in + out);
    usage.putObject("prompt_tokens_details").put("cached_tokens", 0).put("audio_tokens", 0);
    usage
        .putObject("completion_tokens_details")
        .put("reasoning_tokens", 0)
        .put("audio_tokens", 0)
        .put("accepted_prediction_tokens", 0)
        .put("rejected_prediction_tokens", 0);
    return usage;
  }
}
