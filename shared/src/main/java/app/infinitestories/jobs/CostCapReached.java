package app.infinitestories.jobs;

/** The next call does not fit under the job's cost cap; nothing was sent. */
public final class CostCapReached extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CostCapReached(String step) {
    super(step + " does not fit under the cost cap");
  }
}
