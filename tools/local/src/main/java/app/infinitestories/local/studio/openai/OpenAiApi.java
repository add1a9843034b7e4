package app.infinitestories.local.studio.openai;

import app.infinitestories.local.studio.Desk;
import app.infinitestories.local.studio.Endpoint;
import app.infinitestories.local.studio.Fault;
import app.infinitestories.local.studio.Json;
import app.infinitestories.local.studio.Latency;
import app.infinitestories.local.studio.Provider;
import app.infinitestories.local.studio.Reply;
import app.infinitestories.local.studio.Request;
import app.infinitestories.local.studio.speech.Memory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Pattern;

/** OpenAI's endpoints as far as the product uses them, with keys, models, errors and faults. */
public final class OpenAiApi implements Provider {
  private static final Pattern KEY = Pattern.compile("Bearer sk-[A-Za-z0-9_-]{8,}");
  private static final String MODELS = "/v1/models";

  private final Desk desk;
  private final Models models;
  private final ChatCompletions chat;
  private final Moderations moderations;
  private final Images images;
  private final Speech speech;
  private final Transcriptions transcriptions;

  public OpenAiApi(Desk desk) {
    this.desk = desk;
    Memory memory = new Memory();
    models = new Models(desk.clock());
    speech = new Speech(models, memory);
    EmptyPages emptyPages = new EmptyPages();
    chat = new ChatCompletions(desk, models, speech, emptyPages);
    moderations = new Moderations(desk, models);
    images = new Images(desk, models, emptyPages);
    transcriptions = new Transcriptions(desk, models, memory);
  }

  @Override
  public Reply answer(Request request, String path) {
    try {
      authenticate(request);
      Endpoint endpoint = endpoint(request, path);
      if (endpoint == Endpoint.MODELS) {
        return models(path);
      }
      Reply reply = post(request, path, endpoint);
      desk.work(endpoint);
      return desk.strikes(Fault.CUT_CONNECTION, endpoint) ? reply.cutOff() : reply;
    } catch (OpenAiError error) {
      return error.reply();
    }
  }

  private static void authenticate(Request request) {
    Optional<String> header = request.header("Authorization");
    if (header.isEmpty()) {
      throw OpenAiError.noKey();
    }
    if (!KEY.matcher(header.get()).matches()) {
      throw OpenAiError.wrongKey();
    }
  }

  private static Endpoint endpoint(Request request, String path) {
    Endpoint endpoint =
        switch (path) {
          case "/v1/chat/completions" -> Endpoint.CHAT;
          case "/v1/moderations" -> Endpoint.MODERATIONS;
          case "/v1/images/generations", "/v1/images/edits" -> Endpoint.IMAGES;
          case "/v1/audio/speech" -> Endpoint.SPEECH;
          case "/v1/audio/transcriptions" -> Endpoint.TRANSCRIPTIONS;
          default -> {
            if (path.equals(MODELS) || path.startsWith(MODELS + "/")) {
              yield Endpoint.MODELS;
            }
            throw OpenAiError.noSuchUrl(request.method(), path);
          }
        };
    if (!request.method().equals(endpoint == Endpoint.MODELS ? "GET" : "POST")) {
      throw OpenAiError.wrongMethod(request.method(), path);
    }
    return endpoint;
  }

  private Reply models(String path) {
    if (desk.strikesScoped(Fault.SERVER_ERROR, Endpoint.MODELS)) {
      throw OpenAiError.server();
    }
    return Reply.json(
        200, path.equals(MODELS) ? models.list() : models.one(path.substring(MODELS.length() + 1)));
  }

  private Reply post(Request request, String path, Endpoint endpoint) {
    Runnable faults = () -> generalFaults(endpoint, "");
    return switch (path) {
      case "/v1/chat/completions" ->
          Reply.json(
              200, chat.answer(request, json(request), task -> generalFaults(endpoint, task)));
      case "/v1/moderations" -> Reply.json(200, moderations.answer(request, json(request), faults));
      case "/v1/images/generations" ->
          Reply.json(200, images.generate(request, json(request), faults));
      case "/v1/images/edits" -> Reply.json(200, images.edit(request, form(request), faults));
      case "/v1/audio/speech" -> speech.answer(request, json(request), faults);
      default -> transcriptions.answer(request, form(request), faults);
    };
  }

  private void generalFaults(Endpoint endpoint, String task) {
    if (desk.strikes(Fault.RATE_LIMIT, endpoint, task)) {
      throw OpenAiError.rateLimited();
    }
    if (desk.strikes(Fault.SERVER_ERROR, endpoint, task)) {
      throw OpenAiError.server();
    }
    if (desk.strikes(Fault.SLOW, endpoint, task)) {
      desk.rest(Latency.SLOW);
    }
  }

  private static Fields json(Request request) {
    if (!request.header("Content-Type").orElse("").startsWith("application/json")) {
      throw OpenAiError.invalid(
          null,
          "unsupported_content_type",
          "Unsupported content type. This API method only accepts 'application/json' requests.");
    }
    return Json.read(request.body())
        .filter(ObjectNode.class::isInstance)
        .map(node -> Fields.ofJson((ObjectNode) node))
        .orElseThrow(() ->
            OpenAiError.invalid(null, null, "We could not parse the JSON body of your request."));
  }

  private static Form form(Request request) {
    return Form.read(request)
        .orElseThrow(() ->
            OpenAiError.invalid(
                null,
                "unsupported_content_type",
                "Unsupported content type. This API method only accepts 'multipart/form-data' requests."));
  }
}
