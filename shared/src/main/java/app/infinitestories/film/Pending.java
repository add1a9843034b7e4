package app.infinitestories.film;

/** Marks what is being written. */
final class Pending {
  private Pending() {}

  @SuppressWarnings({
    "DoNotCallSuggester",
    "TypeParameterUnusedInFormals"
  }) // Gone with the last part.
  static <T> T value() {
    throw new UnsupportedOperationException("being written");
  }
}
