package app.infinitestories.local.studio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The studio's own endpoints: settings at run time and the journal of calls. */
final class Control implements Provider {
  private final Desk desk;
  private final Journal journal;

  Control(Desk desk, Journal journal) {
    this.desk = desk;
    this.journal = journal;
  }

  @Override
  public Reply answer(Request request, String path) {
    return switch (request.method() + " " + path) {
      case "GET /studio/settings" -> settings();
      case "PUT /studio/settings" -> change(request);
      case "GET /studio/calls" -> calls();
      case "DELETE /studio/calls" -> {
        journal.clear();
        yield Reply.empty(204);
      }
      default -> Reply.json(404, Json.object().put("error", "The studio has no " + path));
    };
  }

  private Reply settings() {
    return Reply.json(
        200,
        Json.object()
            .put("seed", desk.seed())
            .put("latency", desk.latency().factor())
            .put("faults", desk.remainingFaults().toString()));
  }

  private Reply change(Request request) {
    Optional<JsonNode> body = Json.read(request.body()).filter(JsonNode::isObject);
    if (body.isEmpty()) {
      return Reply.json(400, Json.object().put("error", "Send a JSON object"));
    }
    JsonNode wanted = body.get();
    try {
      // All values are read before the first is set: a bad request changes nothing.
      Optional<Latency> latency =
          Optional.ofNullable(wanted.get("latency")).map(node -> Latency.parse(node.asText()));
      Optional<Faults> faults =
          Optional.ofNullable(wanted.get("faults")).map(node -> Faults.parse(node.asText()));
      Optional.ofNullable(wanted.get("seed")).ifPresent(node -> desk.setSeed(node.asLong()));
      latency.ifPresent(desk::setLatency);
      faults.ifPresent(desk::order);
    } catch (IllegalArgumentException e) {
      return Reply.json(400, Json.object().put("error", e.getMessage()));
    }
    return settings();
  }

  private Reply calls() {
    ArrayNode list = Json.array();
    for (Call call : journal.all()) {
      ObjectNode entry =
          Json.object()
              .put("time", call.time().toString())
              .put("method", call.method())
              .put("path", call.path())
              .put("bodySha256", call.bodySha256())
              .put("status", call.status());
      entry.put("model", call.model()).put("task", call.task());
      list.add(entry);
    }
    return Reply.json(200, Json.object().set("calls", list));
  }
}
