package app.infinitestories.functions.web;

/** Turns a bearer token into the user that it speaks for. */
@FunctionalInterface
public interface Authenticator {

  /**
   * The user behind a token.
   *
   * @throws app.infinitestories.platform.failure.Failure.Unauthenticated if the token is bad,
   *     expired or revoked
   * @throws app.infinitestories.platform.failure.Failure.Unavailable if nobody can tell now
   */
  User authenticate(String token);
}
