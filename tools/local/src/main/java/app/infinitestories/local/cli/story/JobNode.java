package app.infinitestories.local.cli.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A job as a phone sees it in the Realtime Database.
 *
 * @param progress 0 to 100
 * @param position place in the line; {@code positionExact} false makes it an upper bound
 * @param etaSeconds how long it will take yet, in half of all cases at most
 * @param previewScene the scene that was painted last
 */
record JobNode(
    String state,
    @Nullable String step,
    int progress,
    OptionalInt position,
    boolean positionExact,
    OptionalLong etaSeconds,
    OptionalInt previewScene,
    @Nullable String errorCode) {

  /** Reads {@code queue/users/{uid}/jobs/{jobId}}. */
  static JobNode ofDatabase(JsonNode node) {
    return new JobNode(
        node.path("state").asText("queued"),
        text(node.path("step")),
        node.path("progress").asInt(),
        integer(node.path("position")),
        node.path("positionExact").asBoolean(true),
        seconds(node.path("etaP50Seconds")),
        integer(node.path("preview").path("scene")),
        text(node.path("error").path("code")));
  }

  /** Reads the API's {@code job}, which says the same in other words. */
  static JobNode ofApi(JsonNode job) {
    var previews = job.path("previews");
    return new JobNode(
        job.path("state").asText("queued"),
        text(job.path("step")),
        job.path("progress").asInt(),
        integer(job.path("position")),
        job.path("positionExact").asBoolean(true),
        seconds(job.path("eta").path("p50Seconds")),
        integer(previews.path(previews.size() - 1).path("scene")),
        text(job.path("error").path("code")));
  }

  boolean finished() {
    return switch (state) {
      case "succeeded", "failed", "cancelled" -> true;
      default -> false;
    };
  }

  boolean waitsForParent() {
    return state.equals("awaiting_approval");
  }

  /** What is being done, in words for a person. */
  String words() {
    return switch (state) {
      case "queued" -> position.isPresent() ? "waiting in line, " + place() : "waiting in line";
      case "running" -> StepWords.of(step);
      case "awaiting_approval" -> "waiting for the parent's approval";
      case "succeeded" -> "the film is ready";
      case "failed" -> "failed";
      case "cancelled" -> "cancelled";
      default -> state;
    };
  }

  private String place() {
    return (positionExact ? "place " : "at most place ") + position.getAsInt();
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() ? node.asText() : null;
  }

  private static OptionalInt integer(JsonNode node) {
    return node.isNumber() ? OptionalInt.of(node.asInt()) : OptionalInt.empty();
  }

  private static OptionalLong seconds(JsonNode node) {
    return node.isNumber() ? OptionalLong.of(node.asLong()) : OptionalLong.empty();
  }
}
