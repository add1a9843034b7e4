package app.infinitestories.accounts;

import app.infinitestories.platform.Hashes;

/**
 * Where an account that is going or gone leaves its mark, {@code tombstones/{uid hash}}: created in
 * the batch that accepts the deletion and never deleted, so that nobody opens the account again.
 */
public final class Tombstones {
  private Tombstones() {}

  /** The path of a user's tombstone. */
  public static String path(String uid) {
    return "tombstones/" + Hashes.sha256(uid);
  }
}
