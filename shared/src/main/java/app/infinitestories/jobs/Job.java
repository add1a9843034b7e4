package app.infinitestories.jobs;

import java.time.Instant;
import java.util.Map;

/**
 * A job as its pipeline sees it.
 *
 * @param kind which pipeline, for example {@code video}
 * @param length short, medium or long, for estimates
 * @param round 1, and one more for each retry by the user
 * @param revision 1, and one more for each change asked for at approval
 * @param input what was submitted, as stored in the job's document
 */
public record Job(
    String id,
    String uid,
    String kind,
    String length,
    int round,
    int revision,
    Map<String, Object> input,
    Instant createdAt) {}
