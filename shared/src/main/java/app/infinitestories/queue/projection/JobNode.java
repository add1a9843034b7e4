package app.infinitestories.queue.projection;

import app.infinitestories.queue.Estimate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a phone sees of a job, {@code queue/users/{uid}/jobs/{jobId}}: never a name, a prompt, a
 * photo or a signed address.
 *
 * @param state the word of the API: queued, running, awaiting_approval, succeeded, failed,
 *     cancelled
 * @param progress 0 to 100
 * @param position place in the line from 1; null when there is none (running, parked, finished)
 * @param positionExact false when the position is the upper end of a bucket
 * @param preview the latest painted scene
 */
public record JobNode(
    String uid,
    String jobId,
    String state,
    @Nullable String step,
    int progress,
    @Nullable Integer position,
    boolean positionExact,
    @Nullable Estimate eta,
    @Nullable Preview preview,
    @Nullable String errorCode,
    @Nullable String storyId) {

  /** A painted scene and the path of its picture in the bucket. */
  public record Preview(int scene, String path) {}

  /** The word that phones know for an internal state. */
  public static String publicState(String internal) {
    return switch (internal) {
      case "backlog", "ready", "parked" -> "queued";
      case "waiting", "running" -> "running";
      default -> internal;
    };
  }

  String path() {
    return "queue/users/" + uid + "/jobs/" + jobId;
  }

  Map<String, @Nullable Object> toMap(Instant now) {
    Map<String, @Nullable Object> node = new LinkedHashMap<>();
    node.put("state", state);
    node.put("step", step);
    node.put("progress", progress);
    node.put("position", position);
    node.put("positionExact", position == null ? null : positionExact);
    node.put("etaP50Seconds", eta == null ? null : Math.round(eta.p50Seconds()));
    node.put("etaP90Seconds", eta == null ? null : Math.round(eta.p90Seconds()));
    if (preview != null) {
      node.put("preview", Map.of("scene", preview.scene(), "path", preview.path()));
    }
    node.put("error", errorCode == null ? null : Map.of("code", errorCode));
    node.put("storyId", storyId);
    node.put("updatedAt", now.toString());
    return node;
  }
}
