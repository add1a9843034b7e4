package app.infinitestories.queue.lane;

import app.infinitestories.jobs.StepSignal;

/** The job is no longer this run's: it was taken away, ended from outside, or never started. */
public final class LeaseLost extends StepSignal {
  private static final long serialVersionUID = 1L;

  public LeaseLost(String why) {
    super(why);
  }
}
