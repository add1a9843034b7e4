package app.infinitestories.local.studio.openai;

import app.infinitestories.local.studio.Json;
import app.infinitestories.local.studio.Reply;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An error as OpenAI sends it: {@code {"error": {message, type, param, code}}}. */
final class OpenAiError extends RuntimeException {
  private final int status;
  private final String type;
  private final @Nullable String param;
  private final @Nullable String code;

  private OpenAiError(
      int status, String type, @Nullable String param, @Nullable String code, String message) {
    super(message);
    this.status = status;
    this.type = type;
    this.param = param;
    this.code = code;
  }

  static OpenAiError invalid(@Nullable String param, @Nullable String code, String message) {
    return new OpenAiError(400, "invalid_request_error", param, code, message);
  }

  static OpenAiError unknownParameter(String param) {
    return invalid(param, "unknown_parameter", "Unknown parameter: '%s'.".formatted(param));
  }

  static OpenAiError missing(String param) {
    return invalid(
        param, "missing_required_parameter", "Missing required parameter: '%s'.".formatted(param));
  }

  static OpenAiError wrongType(String param, String expected, String got) {
    return invalid(
        param,
        "invalid_type",
        "Invalid type for '%s': expected %s, but got %s instead.".formatted(param, expected, got));
  }

  static OpenAiError wrongValue(String param, String value, Collection<String> allowed) {
    return invalid(
        param,
        "invalid_value",
        "Invalid value: '%s'. Supported values are: %s.".formatted(value, listed(allowed)));
  }

  static OpenAiError tooLong(String param, int limit, int length) {
    return invalid(
        param,
        "string_above_max_length",
        "Invalid '%s': string too long. Expected a string with maximum length %d, but got a string with length %d instead."
            .formatted(param, limit, length));
  }

  static OpenAiError unsupportedParameter(String param, String message) {
    return invalid(param, "unsupported_parameter", message);
  }

  static OpenAiError noKey() {
    return new OpenAiError(
        401,
        "invalid_request_error",
        null,
        null,
        "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).");
  }

  static OpenAiError wrongKey() {
    return new OpenAiError(
        401, "invalid_request_error", null, "invalid_api_key", "Incorrect API key provided.");
  }

  static OpenAiError noSuchModel(String model) {
    return new OpenAiError(
        404,
        "invalid_request_error",
        null,
        "model_not_found",
        "The model '%s' does not exist or you do not have access to it.".formatted(model));
  }

  static OpenAiError retiredModel(String model) {
    return new OpenAiError(
        404,
        "invalid_request_error",
        null,
        "model_not_found",
        "The model '%s' has been shut down and is no longer available.".formatted(model));
  }

  static OpenAiError noSuchUrl(String method, String path) {
    return new OpenAiError(
        404, "invalid_request_error", null, null, "Invalid URL (%s %s)".formatted(method, path));
  }

  static OpenAiError wrongMethod(String method, String path) {
    return new OpenAiError(
        405,
        "invalid_request_error",
        null,
        "method_not_supported",
        "Not allowed to %s on %s.".formatted(method, path));
  }

  static OpenAiError pictureRefused() {
    return new OpenAiError(
        400,
        "image_generation_user_error",
        null,
        "moderation_blocked",
        "Your request was rejected by the safety system. safety_violations=[violence].");
  }

  static OpenAiError chatRefused() {
    return invalid(
        "prompt",
        "content_policy_violation",
        "Invalid prompt: your prompt was flagged as potentially violating our usage policy. Please try again with a different prompt.");
  }

  static OpenAiError rateLimited() {
    return new OpenAiError(
        429,
        "requests",
        null,
        "rate_limit_exceeded",
        "Rate limit reached for requests per minute. Please try again in 1s.");
  }

  static OpenAiError server() {
    return new OpenAiError(
        500,
        "server_error",
        null,
        null,
        "The server had an error while processing your request. Sorry about that!");
  }

  static OpenAiError overloaded() {
    return new OpenAiError(
        503, "server_error", null, null, "The server is currently overloaded. Please try again.");
  }

  static OpenAiError noVoice(String message) {
    return new OpenAiError(500, "server_error", null, "speech_engine_missing", message);
  }

  Reply reply() {
    ObjectNode error = Json.object().put("message", getMessage()).put("type", type);
    error.put("param", param).put("code", code);
    Reply reply = Reply.json(status, Json.object().set("error", error));
    return status == 429 ? reply.with("Retry-After", "1") : reply;
  }

  private static String listed(Collection<String> values) {
    List<String> quoted = values.stream().sorted().map(value -> "'" + value + "'").toList();
    if (quoted.size() < 2) {
      return String.join("", quoted);
    }
    String head = String.join(", ", quoted.subList(0, quoted.size() - 1));
    return head + (quoted.size() > 2 ? ", and " : " and ") + quoted.getLast();
  }
}
