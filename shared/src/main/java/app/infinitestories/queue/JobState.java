package app.infinitestories.queue;

import java.util.Locale;

/** Where a job stands; docs/queue.md has the table of what leads from one to the next. */
public enum JobState {
  /** Behind its owner's window. */
  BACKLOG,
  /** In the line of its pool. */
  READY,
  /** Waits for a provider without a slot, but keeps its place in the window. */
  PARKED,
  /** Has a slot; a task or a poll is due. */
  WAITING,
  /** Has a slot and a worker. */
  RUNNING,
  /** The parent is asked; has neither slot nor place. */
  AWAITING_APPROVAL,
  FAILED,
  SUCCEEDED,
  CANCELLED;

  /** The word in the job's document. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static JobState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The word that clients see: queued, running, or the state's own. */
  public String shown() {
    return switch (this) {
      case BACKLOG, READY, PARKED -> "queued";
      case WAITING, RUNNING -> "running";
      case AWAITING_APPROVAL, FAILED, SUCCEEDED, CANCELLED -> word();
    };
  }

  /** Nothing changes any more, except that a failed job may be retried. */
  public boolean isFinished() {
    return this == FAILED || this == SUCCEEDED || this == CANCELLED;
  }

  /** Counts in its owner's window. */
  public boolean isActive() {
    return this == READY || this == PARKED || this == WAITING || this == RUNNING;
  }

  /** Is changed only together with its slot. */
  public boolean hasSlot() {
    return this == WAITING || this == RUNNING;
  }
}
