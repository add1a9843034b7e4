package app.infinitestories.queue.line;

/** The order of a user's own jobs behind their window; no user passes another by it. */
public enum Priority {
  LOW(0),
  NORMAL(1),
  HIGH(2),
  /** Approved: its pictures are paid for, so it goes first. */
  APPROVED(3);

  private final int number;

  Priority(int number) {
    this.number = number;
  }

  /** As stored. */
  public int number() {
    return number;
  }
}
