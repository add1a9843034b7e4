package app.infinitestories.local.studio.openai;

import app.infinitestories.local.studio.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The messages of a chat request: what the user says last, all text, and the pictures. */
record Conversation(String allText, String lastUserText, List<BufferedImage> pictures) {
  private static final List<String> ROLES =
      List.of("developer", "system", "user", "assistant", "tool", "function");
  private static final Set<String> MESSAGE =
      Set.of(
          "role",
          "content",
          "name",
          "refusal",
          "audio",
          "tool_calls",
          "tool_call_id",
          "function_call");
  private static final int MAX_TEXT = 10_000_000;

  static Conversation read(JsonNode messages) {
    if (!messages.isArray()) {
      throw OpenAiError.wrongType("messages", "an array of objects", Fields.described(messages));
    }
    if (messages.isEmpty()) {
      throw OpenAiError.invalid(
          "messages",
          "empty_array",
          "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.");
    }
    StringBuilder all = new StringBuilder();
    String last = "";
    List<BufferedImage> pictures = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      Fields message = Fields.at(messages.get(i), "messages[%d]".formatted(i));
      message.only(MESSAGE);
      message.required("role");
      String role = message.choice("role", ROLES).orElseThrow();
      String text = content(message, i, pictures);
      all.append(text).append('\n');
      if (role.equals("user")) {
        last = text;
      }
    }
    return new Conversation(all.toString(), last, List.copyOf(pictures));
  }

  /** The JSON object in the user's last message, or an empty one if there is none. */
  ObjectNode brief() {
    int open = lastUserText.indexOf('{');
    int close = lastUserText.lastIndexOf('}');
    if (open < 0 || close < open) {
      return Json.object();
    }
    return Json.read(lastUserText.substring(open, close + 1))
                .filter(JsonNode::isObject)
                .orElseGet(Json::object)
            instanceof ObjectNode brief
        ? brief
        : Json.object();
  }

  private static String content(Fields message, int index, List<BufferedImage> pictures) {
    JsonNode content = message.required("content");
    if (content.isTextual()) {
      return content.textValue();
    }
    if (!content.isArray()) {
      throw OpenAiError.wrongType(
          message.path("content"), "a string or an array", Fields.described(content));
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < content.size(); i++) {
      Fields part = Fields.at(content.get(i), "messages[%d].content[%d]".formatted(index, i));
      part.required("type");
      String type =
          part.choice("type", List.of("text", "image_url", "input_audio", "file", "refusal"))
              .orElseThrow();
      switch (type) {
        case "text" -> {
          part.only(Set.of("type", "text"));
          texts.add(part.text("text", MAX_TEXT));
        }
        case "image_url" -> {
          part.only(Set.of("type", "image_url"));
          Fields image = part.inside("image_url");
          image.only(Set.of("url", "detail"));
          image.choice("detail", List.of("auto", "low", "high"));
          pictures.add(ImageUrls.decode(image, "url"));
        }
        default -> part.notOffline("type", "content parts of this type");
      }
    }
    return String.join("\n", texts);
  }
}
