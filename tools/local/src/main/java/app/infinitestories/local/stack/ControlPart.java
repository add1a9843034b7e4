package app.infinitestories.local.stack;

import app.infinitestories.local.part.HttpPart;
import app.infinitestories.local.part.Part;
import app.infinitestories.local.part.PartException;
import app.infinitestories.local.part.ProcessPart;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Stops and starts single parts of a running stack: {@code GET /parts}, {@code POST
 * /parts/{name}/stop}, {@code /start} and, for those that are processes, {@code /kill}.
 */
final class ControlPart extends HttpPart {
  private static final Pattern ORDER = Pattern.compile("/parts/([^/]+)/(start|stop|kill)");

  private final Map<String, Part> parts;

  ControlPart(int port, Map<String, Part> parts) {
    super("control", port);
    this.parts = parts;
  }

  @Override
  protected void handle(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    var order = ORDER.matcher(path);
    if (path.equals("/parts") && exchange.getRequestMethod().equals("GET")) {
      var answer = JsonNodeFactory.instance.objectNode();
      var list = answer.putArray("parts");
      parts.values().forEach(part -> list.add(view(part)));
      sendJson(exchange, 200, answer);
    } else if (order.matches() && exchange.getRequestMethod().equals("POST")) {
      var part = parts.get(order.group(1));
      if (part == null) {
        fail(exchange, 404, "There is no part " + order.group(1) + ", only " + parts.keySet());
        return;
      }
      try {
        carryOut(part, order.group(2));
        sendJson(exchange, 200, view(part));
      } catch (PartException e) {
        fail(exchange, 409, String.valueOf(e.getMessage()));
      }
    } else {
      fail(exchange, 404, "GET /parts, POST /parts/{name}/stop, start or kill");
    }
  }

  private static void carryOut(Part part, String order) {
    if (part instanceof OutsidePart) {
      throw OutsidePart.notOurs(part.name());
    }
    switch (order) {
      case "start" -> part.start();
      case "kill" -> {
        if (!(part instanceof ProcessPart process)) {
          throw new PartException("The " + part.name() + " is no process of its own");
        }
        process.kill();
      }
      default -> part.stop();
    }
  }

  private static ObjectNode view(Part part) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", part.name())
        .put("address", part.address().toString())
        .put("running", part.running())
        .put("outside", part instanceof OutsidePart);
  }

  private static void fail(HttpExchange exchange, int status, String message) throws IOException {
    sendJson(exchange, status, JsonNodeFactory.instance.objectNode().put("error", message));
  }
}
