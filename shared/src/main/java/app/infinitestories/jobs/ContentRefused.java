package app.infinitestories.jobs;

/**
 * A provider's safety rules refused a step. Recorded with the step, so a replay refuses again
 * without asking; the pipeline may go down the refusal ladder with a step of another name.
 */
public final class ContentRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String category;
  private final boolean terminal;

  public ContentRefused(String step, String category, boolean terminal) {
    super(step + " refused: " + category);
    this.category = category;
    this.terminal = terminal;
  }

  /** Which rule, never a quote. */
  public String category() {
    return category;
  }

  /** The provider forbids asking again in other words. */
  public boolean terminal() {
    return terminal;
  }
}
