package app.infinitestories.platform;

/**
 * A value that must never be printed: a secret or a child's data. Its text form is a fixed word, so
 * that a log line, an exception or a debugger cannot give it away by accident.
 */
public record Redacted<T>(T value) {
  @Override
  public String toString() {
    return "[redacted]";
  }
}
