package app.infinitestories.functions.api.purchases;

import app.infinitestories.accounts.Subscription;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a user pays for by the month or the year. */
public record SubscriptionView(
    String tier,
    @Nullable String store,
    @Nullable String productId,
    @Nullable Instant expiresAt,
    boolean willRenew,
    boolean inGrace) {

  static SubscriptionView of(Subscription subscription) {
    return new SubscriptionView(
        subscription.tier(),
        subscription.store(),
        subscription.productId(),
        subscription.expiresAt(),
        subscription.willRenew(),
        subscription.inGrace());
  }
}
