package app.infinitestories.purchases;

import app.infinitestories.accounts.Subscription;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all events of a chain together say.
 *
 * @param hops the owners, one after the other; empty while no event named one
 * @param transactions by tx, in the order in which they were bought or heard of
 * @param product of the paid period; null for none yet
 * @param periodEnd of what was paid for; null for what does not end by itself
 * @param graceUntil end of an open grace period; null when there is none
 * @param anchoredAt when the row of paid periods began that this one belongs to
 * @param lastTx the transaction that pays for the period
 * @param claimed the first owner is known only because they showed the purchase
 */
record ChainState(
    Store store,
    List<Hop> hops,
    Map<String, Transaction> transactions,
    @Nullable String product,
    @Nullable Instant periodEnd,
    @Nullable Instant graceUntil,
    boolean willRenew,
    @Nullable Instant anchoredAt,
    @Nullable String lastTx,
    boolean claimed) {

  /**
   * An owner.
   *
   * @param transfer id of the event that made them so, mostly a TRANSFER; null for the first
   */
  record Hop(@Nullable String transfer, String owner) {}

  /**
   * One transaction.
   *
   * @param product null while only its refund is known
   * @param hop the owner at the time, by place in the row of owners
   */
  record Transaction(
      @Nullable String product,
      boolean refunded,
      @Nullable Instant purchasedAt,
      @Nullable Instant expiresAt,
      int hop) {

    Transaction refunded(boolean now) {
      return new Transaction(product, now, purchasedAt, expiresAt, hop);
    }

    /** Tokens that it is worth now; 0 for an unknown product too. */
    long target(Products products) {
      return refunded || product == null
          ? 0
          : products.find(product).map(Product::tokens).orElse(0L);
    }
  }

  ChainState {
    hops = List.copyOf(hops);
    transactions = Collections.unmodifiableMap(new LinkedHashMap<>(transactions));
  }

  /** The owner at the end; null while nobody is known. */
  @Nullable String owner() {
    return hops.isEmpty() ? null : hops.getLast().owner();
  }

  /** Everybody who owns it or did. */
  Set<String> path() {
    var path = new LinkedHashSet<String>();
    hops.forEach(hop -> path.add(hop.owner()));
    return path;
  }

  /** Products that configuration does not know. */
  Set<String> unknown(Products products) {
    var unknown = new HashSet<String>();
    for (Transaction transaction : transactions.values()) {
      String id = transaction.product();
      if (id != null && products.find(id).isEmpty()) {
        unknown.add(id);
      }
    }
    return unknown;
  }

  /** What the owner has of it; null for nothing, or nothing that a subscription gives. */
  @Nullable Subscription subscription(Products products) {
    if (product == null || anchoredAt == null || revoked()) {
      return null;
    }
    Product known = products.find(product).orElse(null);
    if (known == null || known.tier() == null) {
      return null;
    }
    Instant ends = ends();
    return new Subscription(
        known.tier(),
        store.word(),
        product,
        ends,
        willRenew,
        graceUntil != null && graceUntil.equals(ends),
        known.monthlyStories(),
        anchoredAt.atZone(ZoneOffset.UTC).getDayOfMonth());
  }

  /** When what is paid for ends, grace included; null for never. */
  @Nullable Instant ends() {
    if (periodEnd == null || graceUntil == null) {
      return periodEnd;
    }
    return graceUntil.isAfter(periodEnd) ? graceUntil : periodEnd;
  }

  /** Whether the transaction that pays for the period was given back. */
  boolean revoked() {
    Transaction last = lastTx == null ? null : transactions.get(lastTx);
    return last != null && last.refunded();
  }
}
