package app.infinitestories.film;

/** Film frames in order. Each call fills the next one. */
interface Shots extends AutoCloseable {
  void next(Yuv into);

  @Override
  default void close() {}
}
