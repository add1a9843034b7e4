package app.infinitestories.jobs;

/**
 * Thrown by {@link Steps} to leave a pipeline early (to wait, to park, to fail, or because the
 * lease is lost). Only the engine catches it.
 */
public abstract class StepSignal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  protected StepSignal(String message) {
    super(message, null, false, false);
  }
}
