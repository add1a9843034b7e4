package app.infinitestories.queue;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a job failed: a code of the API and a sentence for the parent, without any words of theirs.
 */
public record JobError(String code, String message) {
  public static final String TOO_MANY_ATTEMPTS = "TOO_MANY_ATTEMPTS";
  public static final String PROVIDER_UNAVAILABLE = "PROVIDER_UNAVAILABLE";
  public static final String INTERNAL = "INTERNAL";
  public static final String COST_CAP_REACHED = "COST_CAP_REACHED";
  public static final String CONTENT_REJECTED = "CONTENT_REJECTED";

  public Map<String, Object> toMap() {
    return Map.of("code", code, "message", message);
  }

  public static @Nullable JobError of(@Nullable Object stored) {
    return stored instanceof Map<?, ?> map
        ? new JobError(String.valueOf(map.get("code")), String.valueOf(map.get("message")))
        : null;
  }
}
