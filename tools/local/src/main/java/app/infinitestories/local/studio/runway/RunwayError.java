package app.infinitestories.local.studio.runway;

import app.infinitestories.local.studio.Json;
import app.infinitestories.local.studio.Reply;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** An error as Runway sends it: {@code {"error": …, "issues": […]}}. */
final class RunwayError extends RuntimeException {
  private static final String DOCS = "https://docs.dev.runwayml.com/api";

  /** What is wrong with one field; the path is empty for the body itself. */
  record Issue(String code, String path, String message) {}

  private final int status;
  private final List<Issue> issues;

  RunwayError(int status, String message, List<Issue> issues) {
    super(message);
    this.status = status;
    this.issues = issues;
  }

  static RunwayError of(int status, String message) {
    return new RunwayError(status, message, List.of());
  }

  static RunwayError invalid(List<Issue> issues) {
    return new RunwayError(400, "Validation of body failed", issues);
  }

  Reply reply() {
    ObjectNode body = Json.object().put("error", getMessage());
    if (!issues.isEmpty()) {
      ArrayNode list = body.putArray("issues");
      for (Issue issue : issues) {
        ObjectNode entry = list.addObject().put("code", issue.code());
        ArrayNode path = entry.putArray("path");
        if (!issue.path().isEmpty()) {
          path.add(issue.path());
        }
        entry.put("message", issue.message());
      }
      body.put("docUrl", DOCS);
    }
    Reply reply = Reply.json(status, body);
    return status == 429 ? reply.with("Retry-After", "1") : reply;
  }
}
