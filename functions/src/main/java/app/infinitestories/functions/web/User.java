package app.infinitestories.functions.web;

import org.jspecify.annotations.Nullable;

/**
 * Who is signed in, as the token says.
 *
 * @param uid Firebase's id of the account
 * @param email {@code null} where the sign-in provider tells none
 * @param admin whether the account carries the claim {@code role=admin}
 * @param leaving whether the account is being deleted, or has been: hardly any route lets them in
 */
public record User(
    String uid, @Nullable String email, boolean emailVerified, boolean admin, boolean leaving) {

  public User(String uid, @Nullable String email, boolean emailVerified, boolean admin) {
    this(uid, email, emailVerified, admin, false);
  }

  /** The same user, who is leaving. */
  public User inLeaving() {
    return new User(uid, email, emailVerified, admin, true);
  }
}
