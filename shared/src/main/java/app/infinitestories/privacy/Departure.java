package app.infinitestories.privacy;

import app.infinitestories.accounts.Tombstones;
import app.infinitestories.platform.Hashes;
import com.google.cloud.firestore.DocumentSnapshot;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A user who is going or gone, as their tombstone says.
 *
 * @param uid null once the last sweep is done: from then on nothing names them
 * @param jobId of the deletion
 * @param salt of the name that the legal record keeps in place of the uid
 */
record Departure(@Nullable String uid, String jobId, String salt) {
  static Departure of(DocumentSnapshot tombstone) {
    return new Departure(
        tombstone.getString("uid"),
        Objects.requireNonNull(tombstone.getString("jobId")),
        Objects.requireNonNull(tombstone.getString("salt")));
  }

  /** What stands in the legal record in place of the uid; the same whenever it is asked for. */
  static String legalName(String uid, String salt) {
    return "gone-" + Hashes.sha256(salt, uid).substring(0, 40);
  }

  static String path(String uid) {
    return Tombstones.path(uid);
  }
}
