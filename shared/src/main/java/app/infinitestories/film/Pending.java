package app.infinitestories.film;

/** Marks what is being written. */
final class Pending {
  private Pending() {}

  static <T> T value() {
    throw new UnsupportedOperationException("being written");
  }
}
