package app.infinitestories.functions.api.purchases;

import app.infinitestories.purchases.Product;
import app.infinitestories.purchases.Purchase;
import app.infinitestories.purchases.Store;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A purchase, or a subscription with its renewals. */
public record PurchaseView(
    String id,
    Store store,
    String productId,
    Product.Kind kind,
    Purchase.State state,
    long tokens,
    @Nullable Instant purchasedAt,
    @Nullable Instant expiresAt) {

  static PurchaseView of(Purchase purchase) {
    return new PurchaseView(
        purchase.id(),
        purchase.store(),
        purchase.productId(),
        purchase.kind(),
        purchase.state(),
        purchase.tokens(),
        purchase.purchasedAt(),
        purchase.expiresAt());
  }
}
