package app.infinitestories.queue;

import app.infinitestories.accounts.Cost;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the queue knows of a kind of job.
 *
 * @param visible a user sees it, so its end goes to the outbox
 * @param makesStory its story has the job's own id
 * @param cancellable its owner may cancel it
 * @param estimates by length; the entry {@code ""} is for kinds without length
 * @param costs by length, in the same way
 */
public record KindSpec(
    String kind,
    String pool,
    boolean visible,
    boolean makesStory,
    boolean cancellable,
    Map<String, Estimate> estimates,
    Map<String, Cost> costs) {

  private static final Estimate UNKNOWN = new Estimate(60, 120);

  /** Slot time of that length. */
  public Estimate estimate(String length) {
    Estimate exact = estimates.get(length);
    return exact == null ? estimates.getOrDefault("", UNKNOWN) : exact;
  }

  /** What that length costs. */
  public Cost cost(String length) {
    Cost exact = costs.get(length);
    return exact == null ? costs.getOrDefault("", Cost.FREE) : exact;
  }

  /** The story that a job of this kind makes or belongs to. */
  public @Nullable String storyId(String jobId, Map<String, Object> input) {
    return makesStory ? jobId : input.get("storyId") instanceof String story ? story : null;
  }
}
