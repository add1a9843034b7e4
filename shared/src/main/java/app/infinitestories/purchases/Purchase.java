package app.infinitestories.purchases;

import static app.infinitestories.platform.firestore.Times.instant;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A purchase or a subscription with all its renewals, as its owner sees it.
 *
 * @param id also what support is told
 * @param owner null while nobody is known to have bought it
 * @param tokens that it brought and that were not refunded
 * @param purchasedAt when it was bought, or renewed last
 * @param expiresAt end of the paid period; null for what does not end
 * @param refundedTxs the transactions that were given back
 */
public record Purchase(
    String id,
    @Nullable String owner,
    Store store,
    String productId,
    Product.Kind kind,
    State state,
    long tokens,
    @Nullable Instant purchasedAt,
    @Nullable Instant expiresAt,
    List<String> refundedTxs) {

  /** What is left of it. */
  public enum State {
    ACTIVE,
    EXPIRED,
    REFUNDED,
    PENDING
  }

  static Optional<Purchase> of(DocumentSnapshot document, Products products, Instant now) {
    String product = document.getString("product");
    if (!document.exists() || product == null) {
      return Optional.empty();
    }
    Timestamp expires = document.getTimestamp("expiresAt");
    Timestamp bought = document.getTimestamp("purchasedAt");
    Instant expiresAt = expires == null ? null : instant(expires);
    Optional<Product> known = products.find(product);
    List<Map<?, ?>> transactions = maps(document.get("transactions"));
    return Optional.of(
        new Purchase(
            document.getId(),
            document.getString("owner"),
            Store.valueOf(String.valueOf(document.getString("store")).toUpperCase(Locale.ROOT)),
            product,
            known
                .map(Product::kind)
                .orElse(expiresAt == null ? Product.Kind.CONSUMABLE : Product.Kind.SUBSCRIPTION),
            state(document, known.isPresent(), expiresAt, now),
            transactions.stream()
                .mapToLong(tx -> tx.get("tokens") instanceof Number n ? n.longValue() : 0)
                .sum(),
            bought == null ? null : instant(bought),
            expiresAt,
            transactions.stream()
                .filter(tx -> Boolean.TRUE.equals(tx.get("refunded")))
                .map(tx -> String.valueOf(tx.get("tx")))
                .toList()));
  }

  private static State state(
      DocumentSnapshot document, boolean known, @Nullable Instant expiresAt, Instant now) {
    if (Boolean.TRUE.equals(document.getBoolean("refunded"))) {
      return State.REFUNDED;
    }
    if (!known) {
      return State.PENDING;
    }
    return expiresAt != null && !now.isBefore(expiresAt) ? State.EXPIRED : State.ACTIVE;
  }

  private static List<Map<?, ?>> maps(@Nullable Object stored) {
    return stored instanceof List<?> list
        ? list.stream()
            .<Map<?, ?>>mapMulti((each, out) -> {
              if (each instanceof Map<?, ?> map) {
                out.accept(map);
              }
            })
            .toList()
        : List.of();
  }
}
