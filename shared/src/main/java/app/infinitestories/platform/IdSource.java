package app.infinitestories.platform;

/** Where new ids come from; passed in, so that a test can foretell them. */
@FunctionalInterface
public interface IdSource {
  /** A new id of URL-safe characters that nobody can guess and that never repeats. */
  String next();
}
