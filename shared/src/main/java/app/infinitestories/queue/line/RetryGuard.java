package app.infinitestories.queue.line;

import app.infinitestories.jobs.StepOutcome.NewDocument;
import app.infinitestories.queue.QueuedJob;
import java.util.List;
import java.util.Optional;

/** Whether what a failed job was made from is still there as far as it is needed. */
@FunctionalInterface
public interface RetryGuard {
  /** Nothing is ever forgotten. */
  RetryGuard ALWAYS = job -> Optional.of(List.of());

  /**
   * The documents that the next round rests on, with the fields that its batch changes in them, so
   * that none of them can go at the same moment; empty when the job cannot go on.
   */
  Optional<List<NewDocument>> restsOn(QueuedJob job);
}
