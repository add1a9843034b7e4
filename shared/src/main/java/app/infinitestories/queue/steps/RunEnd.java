package app.infinitestories.queue.steps;

import app.infinitestories.jobs.StepOutcome.NewDocument;
import app.infinitestories.queue.JobError;
import java.time.Instant;
import java.util.List;

/** How one run of a pipeline ended. */
public sealed interface RunEnd {
  /** All steps are done; these documents are created with the end of the job. */
  record Done(List<NewDocument> creates) implements RunEnd {}

  /** Go on at that time, with the slot. */
  record Wait(Instant until) implements RunEnd {}

  /** Go on at that time, without the slot. */
  record Park(Instant until) implements RunEnd {}

  /** The parent is asked. */
  record Ask() implements RunEnd {}

  /** Failed for good. */
  record Fail(JobError error) implements RunEnd {}

  /** An error that nobody foresaw: it counts as an attempt. */
  record Broken(RuntimeException cause) implements RunEnd {}

  /** The lease is gone; whatever this run holds goes as well. */
  record Lost(String why) implements RunEnd {}
}
