package app.infinitestories.queue.steps;

import app.infinitestories.jobs.StepSignal;
import java.time.Instant;

/** A provider is away for longer: the slot is given back until then, the place is kept. */
public final class ParkUntil extends StepSignal {
  private static final long serialVersionUID = 1L;

  private final Instant until;

  ParkUntil(Instant until, String why) {
    super("parks until " + until + ": " + why);
    this.until = until;
  }

  public Instant until() {
    return until;
  }
}
