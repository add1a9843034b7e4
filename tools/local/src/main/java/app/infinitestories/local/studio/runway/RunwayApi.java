package app.infinitestories.local.studio.runway;

import app.infinitestories.local.studio.Desk;
import app.infinitestories.local.studio.Endpoint;
import app.infinitestories.local.studio.Fault;
import app.infinitestories.local.studio.Json;
import app.infinitestories.local.studio.Latency;
import app.infinitestories.local.studio.Provider;
import app.infinitestories.local.studio.Reply;
import app.infinitestories.local.studio.Request;
import app.infinitestories.local.studio.openai.Form;
import app.infinitestories.local.studio.openai.Pictures;
import app.infinitestories.local.studio.runway.RunwayError.Issue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Runway's endpoints as far as the product uses them. */
public final class RunwayApi implements Provider, AutoCloseable {
  private static final String VERSION = "2024-11-06";
  private static final Pattern KEY = Pattern.compile("Bearer key_[A-Za-z0-9_-]{8,}");
  private static final String TASKS = "/v1/tasks/";
  private static final String OUTPUTS = "/outputs/";
  private static final String UPLOAD = "/upload/";
  private static final int MAX_DATA_URI = 5 * 1024 * 1024;

  private final Desk desk;
  private final String baseUrl;
  private final ClipBoard board;
  private final Uploads uploads = new Uploads();

  /** An API whose output and upload addresses begin with the given base URL. */
  public RunwayApi(Desk desk, String baseUrl) {
    this.desk = desk;
    this.baseUrl = baseUrl;
    this.board = new ClipBoard(desk);
  }

  @Override
  public void close() {
    board.close();
  }

  @Override
  public Reply answer(Request request, String path) {
    try {
      // These two addresses carry their own secret, as signed URLs do: no key, no version.
      if (path.startsWith(OUTPUTS)) {
        return output(path.substring(OUTPUTS.length()));
      }
      if (path.startsWith(UPLOAD)) {
        return upload(request, path.substring(UPLOAD.length()));
      }
      authenticate(request);
      if (path.equals("/v1/image_to_video") || path.equals("/v1/uploads")) {
        return post(request, path);
      }
      if (path.startsWith(TASKS)) {
        return task(request, path.substring(TASKS.length()));
      }
      throw RunwayError.of(404, "Not found");
    } catch (RunwayError error) {
      return error.reply();
    }
  }

  private static void authenticate(Request request) {
    if (!KEY.matcher(request.header("Authorization").orElse("")).matches()) {
      throw RunwayError.of(401, "The provided API key is not valid.");
    }
    String version = request.header("X-Runway-Version").orElse("");
    if (!version.equals(VERSION)) {
      throw RunwayError.of(
          400,
          version.isEmpty()
              ? "The X-Runway-Version header is required."
              : "The X-Runway-Version '%s' is not supported.".formatted(version));
    }
  }

  private Reply post(Request request, String path) {
    if (!request.method().equals("POST")) {
      throw RunwayError.of(405, "Method not allowed");
    }
    JsonNode body =
        Json.read(request.body())
            .filter(JsonNode::isObject)
            .orElseThrow(() -> RunwayError.of(400, "The body is not a JSON object."));
    boolean clip = path.equals("/v1/image_to_video");
    Endpoint endpoint = clip ? Endpoint.CLIPS : Endpoint.UPLOADS;
    Reply reply = Reply.json(200, clip ? submit(request, body) : ticket(body));
    return desk.strikes(Fault.CUT_CONNECTION, endpoint) ? reply.cutOff() : reply;
  }

  private void generalFaults(Endpoint endpoint) {
    if (desk.strikes(Fault.RATE_LIMIT, endpoint)) {
      throw RunwayError.of(429, "Too many requests");
    }
    if (desk.strikes(Fault.SERVER_ERROR, endpoint)) {
      throw RunwayError.of(503, "Service unavailable");
    }
    if (desk.strikes(Fault.SLOW, endpoint)) {
      desk.rest(Latency.SLOW);
    }
  }

  private ObjectNode submit(Request request, JsonNode body) {
    request.concerns(body.path("model").asText(null), null);
    ClipOrder order = ClipOrder.read(body);
    BufferedImage firstFrame = picture(order.image());
    generalFaults(Endpoint.CLIPS);
    ClipTask task = board.submit(order, firstFrame, fate());
    return Json.object().put("id", task.id);
  }

  private ClipTask.Fate fate() {
    if (desk.strikes(Fault.STUCK_TASK, Endpoint.CLIPS)) {
      return ClipTask.Fate.STAY_RUNNING;
    }
    if (desk.strikes(Fault.THROTTLED_TASK, Endpoint.CLIPS)) {
      return ClipTask.Fate.START_LATE;
    }
    if (desk.strikes(Fault.FAILED_TASK, Endpoint.CLIPS)) {
      return ClipTask.Fate.FAIL;
    }
    return desk.strikes(Fault.UNSAFE_TASK, Endpoint.CLIPS)
        ? ClipTask.Fate.FAIL_UNSAFE
        : ClipTask.Fate.SUCCEED;
  }

  private BufferedImage picture(String uri) {
    if (uri.startsWith("data:")) {
      if (uri.length() > MAX_DATA_URI) {
        throw wrongImage("Data URI must be at most 5242880 characters");
      }
      return Pictures.fromDataUri(uri)
          .flatMap(Pictures::decode)
          .orElseThrow(() -> wrongImage("Invalid data URI: not a base64 picture"));
    }
    if (uri.startsWith("runway://")) {
      return uploads
          .find(uri)
          .flatMap(Pictures::decode)
          .orElseThrow(() -> wrongImage("The upload does not exist or is not a picture"));
    }
    throw wrongImage(
        uri.startsWith("https://")
            ? "Failed to fetch the asset: the offline studio takes data URIs and uploads only"
            : "Must be an HTTPS URL, a data URI or a runway:// URI");
  }

  private static RunwayError wrongImage(String message) {
    return RunwayError.invalid(List.of(new Issue("custom", "promptImage", message)));
  }

  private ObjectNode ticket(JsonNode body) {
    Set<String> known = Set.of("filename", "type");
    body.fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            throw RunwayError.invalid(
                List.of(
                    new Issue(
                        "unrecognized_keys",
                        "",
                        "Unrecognized key(s) in object: '%s'".formatted(name))));
          }
        });
    if (!body.path("filename").asText().matches(".+\\.[A-Za-z0-9]{2,5}")) {
      throw RunwayError.invalid(
          List.of(new Issue("invalid_string", "filename", "Must be a name with an extension")));
    }
    if (!body.path("type").asText().equals("ephemeral")) {
      throw RunwayError.invalid(
          List.of(new Issue("invalid_enum_value", "type", "Expected 'ephemeral'")));
    }
    generalFaults(Endpoint.UPLOADS);
    String id = uploads.open();
    ObjectNode ticket = Json.object().put("uploadUrl", baseUrl + UPLOAD + id);
    ticket.putObject("fields").put("key", id);
    return ticket.put("runwayUri", Uploads.uri(id));
  }

  private Reply upload(Request request, String id) {
    List<Form.Part> files =
        Form.read(request)
            .orElseThrow(() -> RunwayError.of(400, "Send multipart/form-data"))
            .files(Set.of("file"));
    if (files.size() != 1) {
      throw RunwayError.of(400, "Send one file");
    }
    if (!uploads.store(id, files.getFirst().bytes())) {
      throw RunwayError.of(404, "No such upload");
    }
    return Reply.empty(204);
  }

  private Reply task(Request request, String id) {
    return switch (request.method()) {
      case "GET" -> {
        if (desk.strikesScoped(Fault.SERVER_ERROR, Endpoint.TASKS)) {
          throw RunwayError.of(503, "Service unavailable");
        }
        yield Reply.json(
            200,
            board
                .find(id)
                .map(this::told)
                .orElseThrow(() -> RunwayError.of(404, "Task not found")));
      }
      case "DELETE" -> {
        if (!board.remove(id)) {
          throw RunwayError.of(404, "Task not found");
        }
        yield Reply.empty(204);
      }
      default -> throw RunwayError.of(405, "Method not allowed");
    };
  }

  private ObjectNode told(ClipTask task) {
    Instant now = desk.clock().instant();
    ObjectNode told =
        Json.object()
            .put("id", task.id)
            .put("status", task.state().name())
            .put("createdAt", task.created.toString());
    switch (task.state()) {
      case RUNNING -> told.put("progress", task.progress(now));
      case SUCCEEDED -> {
        told.putArray("output").add(baseUrl + OUTPUTS + task.id + ".mp4");
        told.putObject("cost").put("credits", task.order.credits());
      }
      case FAILED -> told.put("failure", task.failure()).put("failureCode", task.failureCode());
      case PENDING, THROTTLED, CANCELLED -> {}
    }
    return told;
  }

  private Reply output(String name) {
    ClipTask task =
        board
            .find(name.replace(".mp4", ""))
            .filter(found -> found.state() == ClipTask.State.SUCCEEDED)
            .orElseThrow(() -> RunwayError.of(404, "No such file"));
    if (desk.strikes(Fault.LOST_OUTPUT, Endpoint.OUTPUTS)) {
      throw RunwayError.of(404, "The file has expired");
    }
    return Reply.of(200, "video/mp4", task.film.resultNow());
  }
}
