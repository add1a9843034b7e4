package app.infinitestories.functions.entry;

import app.infinitestories.platform.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.functions.HttpRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The JSON body of a task; Cloud Scheduler sends none. */
final class TaskBody {
  private final JsonNode fields;

  private TaskBody(JsonNode fields) {
    this.fields = fields;
  }

  /** Reads it; throws IllegalArgumentException for a body that is not JSON. */
  static TaskBody of(HttpRequest request) throws IOException {
    String text =
        new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return new TaskBody(text.isEmpty() ? Json.mapper().createObjectNode() : Json.parse(text));
  }

  /** A field, or a default where there is none. */
  String text(String name, String fallback) {
    return fields.path(name).asText(fallback);
  }
}
