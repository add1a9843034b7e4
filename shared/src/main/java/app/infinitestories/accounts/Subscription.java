package app.infinitestories.accounts;

import static app.infinitestories.platform.firestore.Times.instant;
import static app.infinitestories.platform.firestore.Times.timestamp;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user pays for. The account keeps one per chain of purchases in {@code subscriptions}, and
 * the best of them in {@code subscription}.
 *
 * @param tier {@code free} or {@code premium}
 * @param store who takes the money; null for none
 * @param productId the store's id of the product; null for none
 * @param expiresAt end of what is paid for, an open grace period included; null for what does not
 *     end by itself
 * @param inGrace the store could not collect, and the grace period is open
 * @param monthlyStories the month's quota while it lasts
 * @param anchorDay the day of the month on which it is billed, 1 to 31
 */
public record Subscription(
    String tier,
    @Nullable String store,
    @Nullable String productId,
    @Nullable Instant expiresAt,
    boolean willRenew,
    boolean inGrace,
    long monthlyStories,
    int anchorDay) {
  /** Nothing is paid for. */
  public static final Subscription FREE =
      new Subscription("free", null, null, null, false, false, 0, 1);

  private static final String PREMIUM = "premium";
  private static final Comparator<Subscription> BY_WORTH =
      Comparator.comparingLong(Subscription::monthlyStories)
          .thenComparing(Subscription::expiresAt, Comparator.nullsLast(Comparator.naturalOrder()));

  /** Whether premium content may be watched at that moment. */
  public boolean entitles(Instant now) {
    return tier.equals(PREMIUM) && (expiresAt == null || now.isBefore(expiresAt));
  }

  /** The one that counts at that moment: of those that entitle, the one worth most. */
  public static Subscription best(Collection<Subscription> all, Instant now) {
    return all.stream().filter(each -> each.entitles(now)).max(BY_WORTH).orElse(FREE);
  }

  /** The subscription that counts in an account's document. */
  static Subscription of(DocumentSnapshot account, Instant now) {
    Map<String, Subscription> all = all(account);
    return all.isEmpty()
        ? best(List.of(of(account.get("subscription"))), now)
        : best(all.values(), now);
  }

  /** All subscriptions in an account's document, by chain. */
  static Map<String, Subscription> all(DocumentSnapshot account) {
    var all = new HashMap<String, Subscription>();
    if (account.get("subscriptions") instanceof Map<?, ?> byChain) {
      byChain.forEach((chain, stored) -> all.put(String.valueOf(chain), of(stored)));
    }
    return all;
  }

  Map<String, @Nullable Object> toMap() {
    var map = new HashMap<String, @Nullable Object>();
    map.put("tier", tier);
    map.put("store", store);
    map.put("productId", productId);
    map.put("expiresAt", expiresAt == null ? null : timestamp(expiresAt));
    map.put("willRenew", willRenew);
    map.put("inGrace", inGrace);
    map.put("monthlyStories", monthlyStories);
    map.put("anchorDay", anchorDay);
    return map;
  }

  private static Subscription of(@Nullable Object stored) {
    if (!(stored instanceof Map<?, ?> map) || !(map.get("tier") instanceof String tier)) {
      return FREE;
    }
    return new Subscription(
        tier,
        map.get("store") instanceof String store ? store : null,
        map.get("productId") instanceof String product ? product : null,
        map.get("expiresAt") instanceof Timestamp end ? instant(end) : null,
        Boolean.TRUE.equals(map.get("willRenew")),
        Boolean.TRUE.equals(map.get("inGrace")),
        map.get("monthlyStories") instanceof Number stories ? stories.longValue() : 0,
        map.get("anchorDay") instanceof Number day ? day.intValue() : 1);
  }
}
