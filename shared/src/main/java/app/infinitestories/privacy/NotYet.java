package app.infinitestories.privacy;

/** Too much is going on around a user for this step now; trying again soon helps. */
final class NotYet extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotYet(String why) {
    super(why);
  }
}
