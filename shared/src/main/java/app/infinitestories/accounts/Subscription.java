package app.infinitestories.accounts;

import static app.infinitestories.platform.firestore.Times.instant;

import com.google.cloud.Timestamp;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user pays for, the account's field {@code subscription}.
 *
 * @param tier {@code free} or {@code premium}
 * @param expiresAt null for what does not end by itself
 */
public record Subscription(String tier, @Nullable Instant expiresAt) {
  /** Nothing is paid for. */
  public static final Subscription FREE = new Subscription("free", null);

  private static final String PREMIUM = "premium";

  /** Whether premium content may be watched at that moment. */
  public boolean entitles(Instant now) {
    return tier.equals(PREMIUM) && (expiresAt == null || now.isBefore(expiresAt));
  }

  /** The subscription in the account's field; {@link #FREE} where there is none. */
  static Subscription of(@Nullable Object stored) {
    if (!(stored instanceof Map<?, ?> map) || !(map.get("tier") instanceof String tier)) {
      return FREE;
    }
    return new Subscription(
        tier, map.get("expiresAt") instanceof Timestamp end ? instant(end) : null);
  }
}
