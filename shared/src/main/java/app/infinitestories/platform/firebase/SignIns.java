package app.infinitestories.platform.firebase;

/** The users of Firebase Auth, for those who end what a user can do. */
public interface SignIns {
  /**
   * Ends every session: a token that is checked with Firebase from now on is refused.
   *
   * @throws SignInsUnavailable when Firebase does not answer as it should
   */
  void revoke(String uid);

  /**
   * Deletes the user; one who is not there is fine.
   *
   * @throws SignInsUnavailable when Firebase does not answer as it should
   */
  void delete(String uid);

  /**
   * Whether there is such a user.
   *
   * @throws SignInsUnavailable when Firebase does not answer as it should
   */
  boolean exists(String uid);
}
