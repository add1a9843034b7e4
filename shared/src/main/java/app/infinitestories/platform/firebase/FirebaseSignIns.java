package app.infinitestories.platform.firebase;

import com.google.firebase.auth.AuthErrorCode;
import com.google.firebase.auth.FirebaseAuth;
import com.google.firebase.auth.FirebaseAuthException;
import java.util.function.Supplier;

/** {@link SignIns} on the Firebase Admin SDK. */
public final class FirebaseSignIns implements SignIns {
  private final Supplier<FirebaseAuth> auth;

  /**
   * @param auth asked for at the first use
   */
  public FirebaseSignIns(Supplier<FirebaseAuth> auth) {
    this.auth = auth;
  }

  private interface Call {
    void run() throws FirebaseAuthException;
  }

  @Override
  public void revoke(String uid) {
    found("revocation", () -> auth.get().revokeRefreshTokens(uid));
  }

  @Override
  public void delete(String uid) {
    found("deletion", () -> auth.get().deleteUser(uid));
  }

  @Override
  public boolean exists(String uid) {
    return found("look-up", () -> auth.get().getUser(uid));
  }

  /** False when there is no such user. */
  private static boolean found(String what, Call call) {
    try {
      call.run();
      return true;
    } catch (FirebaseAuthException e) {
      if (e.getAuthErrorCode() == AuthErrorCode.USER_NOT_FOUND) {
        return false;
      }
      throw new SignInsUnavailable(what + " of a user failed", e);
    }
  }
}
