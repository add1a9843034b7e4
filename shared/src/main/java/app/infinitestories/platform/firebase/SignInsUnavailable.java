package app.infinitestories.platform.firebase;

/** Firebase Auth did not answer as it should; trying again later may help. */
public final class SignInsUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SignInsUnavailable(String what, Throwable cause) {
    super(what, cause);
  }
}
