package app.infinitestories.purchases;

import org.jspecify.annotations.Nullable;

/**
 * What one product of the stores is worth here.
 *
 * @param tokens granted with each transaction; 0 for none
 * @param tier of the subscription, {@code premium}; null for what is no subscription
 * @param monthlyStories narrated stories a month while the subscription lasts
 * @param giftTokens that a code made of one transaction is worth; 0 for what is no gift
 */
public record Product(
    String id, long tokens, @Nullable String tier, long monthlyStories, long giftTokens) {

  /** Which of the three it is. */
  public enum Kind {
    SUBSCRIPTION,
    CONSUMABLE,
    GIFT
  }

  /** The kind that is shown. */
  public Kind kind() {
    if (tier != null) {
      return Kind.SUBSCRIPTION;
    }
    return giftTokens > 0 ? Kind.GIFT : Kind.CONSUMABLE;
  }
}
