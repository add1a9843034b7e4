package app.infinitestories.local.studio;

/** One provider's API: answers requests under its own prefix, errors in the provider's own form. */
public interface Provider {

  /**
   * Answers a request.
   *
   * @param path the path as the provider knows it, for example {@code /v1/models}
   */
  Reply answer(Request request, String path);
}
