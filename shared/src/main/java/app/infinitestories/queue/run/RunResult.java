package app.infinitestories.queue.run;

/** What became of a task. */
public enum RunResult {
  /** There was nothing to do: the job has moved on, or another copy of the task has it. */
  DROPPED,
  /** A poll brought nothing new, or the run waits for a time. */
  WAITING,
  PARKED,
  ASKED,
  SUCCEEDED,
  FAILED,
  /** Broke, and is in line again. */
  RETURNED,
  /** The lease was lost on the way. */
  LOST
}
