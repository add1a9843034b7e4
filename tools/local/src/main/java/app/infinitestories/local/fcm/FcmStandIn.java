package app.infinitestories.local.fcm;

import app.infinitestories.local.oauth.OAuthStandIn;
import app.infinitestories.local.part.HttpPart;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Firebase Cloud Messaging on this machine: strict about what it takes, and it keeps it. {@code GET
 * /messages} lists what was sent, {@code DELETE /messages} forgets it, {@code POST /faults} with
 * {@code {"target", "fault"}} makes a device answer with a fault.
 */
public final class FcmStandIn extends HttpPart {
  private static final String FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError";

  private final String project;
  private final OAuthStandIn oauth;
  private final Clock clock;
  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private final Map<String, Fault> faults = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();

  /** What the service answers instead of taking a message. */
  public enum Fault {
    /** The app was removed from the device. */
    UNREGISTERED(404, "NOT_FOUND", "Requested entity was not found."),
    QUOTA_EXCEEDED(429, "RESOURCE_EXHAUSTED", "Quota exceeded for this device."),
    UNAVAILABLE(503, "UNAVAILABLE", "The service is currently unavailable.");

    private final int httpStatus;
    private final String status;
    private final String message;

    Fault(int httpStatus, String status, String message) {
      this.httpStatus = httpStatus;
      this.status = status;
      this.message = message;
    }
  }

  /** What the Admin SDK sends everywhere once FIREBASE_AUTH_EMULATOR_HOST is set. */
  private static final String OWNER = "Bearer owner";

  /** A message that was taken, as it came. */
  public record Sent(String name, Instant at, JsonNode message) {}

  public FcmStandIn(int port, String project, OAuthStandIn oauth, Clock clock) {
    super("fcm", port);
    this.project = project;
    this.oauth = oauth;
    this.clock = clock;
  }

  /** Everything that was taken, oldest first. */
  public List<Sent> sent() {
    return List.copyOf(sent);
  }

  /** From now on messages to that token or fid are answered with the fault; null heals it. */
  public void fail(String target, @Nullable Fault fault) {
    if (fault == null) {
      faults.remove(target);
    } else {
      faults.put(target, fault);
    }
  }

  @Override
  protected void onStop() {
    sent.clear();
    faults.clear();
  }

  @Override
  protected void handle(HttpExchange exchange) throws IOException {
    var call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    if (call.equals("POST /v1/projects/" + project + "/messages:send")) {
      receive(exchange);
      return;
    }
    switch (call) {
      case "GET /messages" -> sendJson(exchange, 200, list());
      case "DELETE /messages" -> {
        sent.clear();
        exchange.sendResponseHeaders(204, -1);
      }
      case "POST /faults" -> setFault(exchange);
      default -> refuse(exchange, 404, "NOT_FOUND", "Not here: " + call, null);
    }
  }

  private void receive(HttpExchange exchange) throws IOException {
    var authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (!OWNER.equals(authorization) && !oauth.accepts(authorization)) {
      refuse(
          exchange,
          401,
          "UNAUTHENTICATED",
          "Request had invalid authentication credentials.",
          "THIRD_PARTY_AUTH_ERROR");
      return;
    }
    JsonNode request;
    try {
      request = JSON.readTree(body(exchange).readAllBytes());
    } catch (JsonProcessingException e) {
      refuse(
          exchange, 400, "INVALID_ARGUMENT", "Invalid JSON payload received.", "INVALID_ARGUMENT");
      return;
    }
    var violation = MessageSchema.check(request);
    if (violation.isPresent()) {
      refuse(exchange, 400, "INVALID_ARGUMENT", violation.get().description(), "INVALID_ARGUMENT");
      return;
    }
    var message = request.path("message");
    var fault = faults.get(message.path("token").asText(message.path("fid").asText()));
    if (fault != null) {
      if (fault == Fault.QUOTA_EXCEEDED) {
        exchange.getResponseHeaders().set("Retry-After", "60");
      }
      refuse(exchange, fault.httpStatus, fault.status, fault.message, fault.name());
      return;
    }
    var name = "projects/%s/messages/0:%d".formatted(project, numbers.incrementAndGet());
    if (!request.path("validate_only").asBoolean(request.path("validateOnly").asBoolean())) {
      sent.add(new Sent(name, clock.instant(), message));
    }
    sendJson(exchange, 200, JsonNodeFactory.instance.objectNode().put("name", name));
  }

  private ObjectNode list() {
    var answer = JsonNodeFactory.instance.objectNode();
    var messages = answer.putArray("messages");
    for (Sent one : sent) {
      messages
          .addObject()
          .put("name", one.name())
          .put("at", one.at().toString())
          .set("message", one.message());
    }
    return answer;
  }

  private void setFault(HttpExchange exchange) throws IOException {
    var wish = JSON.readTree(body(exchange).readAllBytes());
    var fault = wish.path("fault");
    try {
      fail(wish.path("target").asText(), fault.isNull() ? null : Fault.valueOf(fault.asText()));
      exchange.sendResponseHeaders(204, -1);
    } catch (IllegalArgumentException e) {
      refuse(exchange, 400, "INVALID_ARGUMENT", "fault is one of " + List.of(Fault.values()), null);
    }
  }

  private static void refuse(
      HttpExchange exchange, int code, String status, String message, @Nullable String fcmCode)
      throws IOException {
    var answer = JsonNodeFactory.instance.objectNode();
    var error =
        answer.putObject("error").put("code", code).put("message", message).put("status", status);
    if (fcmCode != null) {
      error.putArray("details").addObject().put("@type", FCM_ERROR).put("errorCode", fcmCode);
    }
    sendJson(exchange, code, answer);
  }
}
