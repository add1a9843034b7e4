package app.infinitestories.users;

import static app.infinitestories.platform.firestore.Times.instant;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user's profile, {@code users/{uid}}.
 *
 * @param registeredAt when the app registered the user; a profile opened by first contact has none
 * @param guardianConsentAt when the guardian allowed a photo or recording to be used; null while
 *     there is no consent
 * @param withdrawnAt when that consent was withdrawn, as long as what rested on it is not forgotten
 * @param revision bumped by every write of the user's data: what caches are keyed by
 */
public record Profile(
    String uid,
    @Nullable String email,
    @Nullable String displayName,
    String language,
    @Nullable String picturePath,
    @Nullable Instant registeredAt,
    @Nullable Instant guardianConsentAt,
    @Nullable Instant withdrawnAt,
    Instant createdAt,
    long revision) {

  static Profile of(DocumentSnapshot document) {
    Long revision = document.getLong("revision");
    String language = document.getString("language");
    Instant created = time(document, "createdAt");
    return new Profile(
        document.getId(),
        document.getString("email"),
        document.getString("displayName"),
        language == null ? "en" : language,
        document.getString("picturePath"),
        time(document, "registeredAt"),
        time(document, "guardianConsentAt"),
        time(document, Profiles.WITHDRAWN),
        created == null ? Instant.EPOCH : created,
        revision == null ? 0 : revision);
  }

  private static @Nullable Instant time(DocumentSnapshot document, String field) {
    Timestamp value = document.getTimestamp(field);
    return value == null ? null : instant(value);
  }

  @Override
  public String toString() {
    return "Profile[" + uid + "]";
  }
}
