package app.infinitestories.queue.steps;

import app.infinitestories.jobs.StepSignal;
import java.time.Instant;

/** Nothing to do before that time; the slot is kept. */
public final class WaitUntil extends StepSignal {
  private static final long serialVersionUID = 1L;

  private final Instant until;
  private final boolean forRoom;

  WaitUntil(Instant until, boolean forRoom) {
    super("waits until " + until);
    this.until = until;
    this.forRoom = forRoom;
  }

  public Instant until() {
    return until;
  }

  /** Waits only because too many of the job's tasks are at the provider already. */
  boolean forRoom() {
    return forRoom;
  }
}
