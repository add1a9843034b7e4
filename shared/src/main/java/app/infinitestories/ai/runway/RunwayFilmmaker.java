package app.infinitestories.ai.runway;

import app.infinitestories.ai.AiConfig;
import app.infinitestories.ai.ClipProgress;
import app.infinitestories.ai.ClipRequest;
import app.infinitestories.ai.Filmmaker;
import app.infinitestories.ai.Media;
import app.infinitestories.ai.ModelSwitch;
import app.infinitestories.ai.PriceTable;
import app.infinitestories.platform.json.Json;
import app.infinitestories.provider.Answer;
import app.infinitestories.provider.Charge;
import app.infinitestories.provider.PaidCall;
import app.infinitestories.provider.ProviderException;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/** Image to video by Runway. */
public final class RunwayFilmmaker implements Filmmaker {
  private static final int MAX_PROMPT = 1_000;
  private static final String RATIO = "1280:720";
  private static final int FTYP_OFFSET = 4;
  private static final int SMALLEST_FILM = 64;
  private static final int LONGEST_CLIP_SECONDS = 10;

  /** Models that make any length from 2 to 10 seconds; the others have a few fixed ones. */
  private static final List<Integer> FIXED_LENGTHS = List.of(4, 6, 8);

  private final RunwayHttp http;
  private final ModelSwitch model;
  private final PriceTable prices;

  public RunwayFilmmaker(AiConfig config, Clock clock) {
    this.http = new RunwayHttp(config.runway(), config.timeLimits().video(), clock);
    this.model = new ModelSwitch(config.video());
    this.prices = config.prices();
  }

  @Override
  public String submit(ClipRequest request) throws ProviderException {
    String image = PromptImage.uri(request.picture());
    return model.ask(id -> submit(id, request, image));
  }

  @Override
  public ClipProgress poll(String taskId) throws ProviderException {
    String id = model.current();
    RunwayHttp.Reply reply = http.getTask(id, taskId);
    if (reply.status() == 404) {
      return new ClipProgress.Cancelled();
    }
    if (!reply.isSuccess()) {
      throw http.failure(id, reply);
    }
    JsonNode task = reply.body();
    return switch (task.path("status").asText()) {
      case "PENDING", "THROTTLED" -> new ClipProgress.Running(0);
      case "RUNNING" ->
          new ClipProgress.Running(Math.clamp(task.path("progress").asDouble(0), 0, 1));
      case "SUCCEEDED" -> ready(id, taskId, task);
      case "FAILED" -> failed(id, task.path("failureCode").asText());
      case "CANCELLED" -> new ClipProgress.Cancelled();
      default -> throw bad(id, "a task without a known status");
    };
  }

  @Override
  public void cancel(String taskId) throws ProviderException {
    String id = model.current();
    RunwayHttp.Reply reply = http.deleteTask(id, taskId);
    if (!reply.isSuccess() && reply.status() != 404) {
      throw http.failure(id, reply);
    }
  }

  @Override
  public int clipSeconds(int seconds) {
    return clipSeconds(model.current(), seconds);
  }

  @Override
  public PaidCall estimate(int seconds) {
    String id = model.current();
    return new PaidCall(RunwayHttp.PROVIDER, id, prices.film(id, clipSeconds(id, seconds)));
  }

  private String submit(String id, ClipRequest request, String image) throws ProviderException {
    var body =
        Json.mapper()
            .createObjectNode()
            .put("model", id)
            .put("promptImage", image)
            .put("promptText", shortened(request.motionPrompt()))
            .put("ratio", RATIO)
            .put("duration", clipSeconds(id, request.seconds()))
            .put("seed", request.seed());
    RunwayHttp.Reply reply = http.post(id, "v1/image_to_video", body);
    if (modelIsGone(reply)) {
      throw new ProviderException.ModelGone(RunwayHttp.PROVIDER, id);
    }
    if (!reply.isSuccess()) {
      throw http.failure(id, reply);
    }
    String taskId = reply.body().path("id").asText();
    if (taskId.isBlank()) {
      throw bad(id, "a task without an id");
    }
    return taskId;
  }

  /** Unknown paths and models are 404; a model struck from the list is a fault of that field. */
  private static boolean modelIsGone(RunwayHttp.Reply reply) {
    if (reply.status() == 404 || reply.status() == 410) {
      return true;
    }
    return reply.status() == 400
        && reply
            .body()
            .path("issues")
            .valueStream()
            .anyMatch(issue -> issue.path("path").path(0).asText().equals("model"));
  }

  private ClipProgress ready(String id, String taskId, JsonNode task) throws ProviderException {
    Charge charge = charge(id, task.path("cost").path("credits"));
    try {
      byte[] film = film(id, taskId, task);
      if (!isMp4(film)) {
        throw bad(id, "the film is no MP4");
      }
      return new ClipProgress.Ready(new Answer<>(Media.of(film, "video/mp4"), charge));
    } catch (ProviderException.BadAnswer | ProviderException.BadRequest made) {
      throw made.costing(charge); // it was made, so it is on the bill
    }
  }

  /** The film is paid for: when its address is dead, the task is asked once for a fresh one. */
  private byte[] film(String id, String taskId, JsonNode task) throws ProviderException {
    try {
      return http.download(id, address(task));
    } catch (ProviderException.BadRequest dead) {
      return http.download(id, address(http.getTask(id, taskId).body()));
    }
  }

  private static String address(JsonNode task) {
    return task.path("output").path(0).asText();
  }

  /** Without stated credits the dearest clip is booked: the film is made and must not be lost. */
  private Charge charge(String id, JsonNode credits) {
    BigDecimal units =
        credits.isNumber() ? credits.decimalValue() : BigDecimal.valueOf(LONGEST_CLIP_SECONDS);
    return new Charge(
        RunwayHttp.PROVIDER,
        id,
        "video_generation",
        credits.isNumber() ? "credits" : "seconds",
        units,
        credits.isNumber() ? prices.runwayCredits(units) : prices.film(id, LONGEST_CLIP_SECONDS));
  }

  private static ClipProgress failed(String id, String code) throws ProviderException {
    List<String> parts = List.of(code.split("\\.", -1));
    if (parts.contains("SAFETY")) {
      throw new ProviderException.Refused(RunwayHttp.PROVIDER, id, code, true);
    }
    if (parts.contains("INTERNAL") || code.equals("THIRD_PARTY.UNAVAILABLE")) {
      return new ClipProgress.Lost(code);
    }
    if (parts.contains("ASSET") || parts.contains("INPUT_PREPROCESSING")) {
      throw new ProviderException.BadRequest(RunwayHttp.PROVIDER, id, "failed: " + code, null);
    }
    throw bad(id, "failed: " + code);
  }

  private static int clipSeconds(String id, int seconds) {
    if (!id.startsWith("veo")) {
      return Math.clamp(seconds, 2, LONGEST_CLIP_SECONDS);
    }
    return FIXED_LENGTHS.stream()
        .filter(length -> length >= seconds)
        .findFirst()
        .orElse(FIXED_LENGTHS.getLast());
  }

  private static String shortened(String prompt) {
    String text = prompt.strip();
    if (text.length() <= MAX_PROMPT) {
      return text;
    }
    int cut = text.lastIndexOf(' ', MAX_PROMPT);
    return text.substring(0, cut > 0 ? cut : MAX_PROMPT);
  }

  private static boolean isMp4(byte[] film) {
    return film.length >= SMALLEST_FILM
        && new String(film, FTYP_OFFSET, 4, StandardCharsets.US_ASCII).equals("ftyp");
  }

  private static ProviderException.BadAnswer bad(String id, String what) {
    return new ProviderException.BadAnswer(RunwayHttp.PROVIDER, id, what, null);
  }
}
