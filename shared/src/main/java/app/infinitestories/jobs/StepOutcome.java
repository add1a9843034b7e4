package app.infinitestories.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a run of a pipeline ended. */
public sealed interface StepOutcome {
  /** All steps are done; these documents are created in the batch that ends the job. */
  record Done(List<NewDocument> creates) implements StepOutcome {}

  /** Nothing to do before that time; the slot is kept. */
  record Wait(Instant until) implements StepOutcome {}

  /** Something is not there now; back off, with the slot for up to 2 minutes, parked beyond. */
  record Retry(Duration after, String why) implements StepOutcome {}

  /** The parent is asked to approve; the slot is given back meanwhile. */
  record Ask() implements StepOutcome {}

  /** The job fails for good: what it held is given back and its owner is told. */
  record Fail(String code, String message) implements StepOutcome {}

  /** A document that the ending batch creates, by its path. */
  record NewDocument(String path, Map<String, @Nullable Object> fields) {}
}
