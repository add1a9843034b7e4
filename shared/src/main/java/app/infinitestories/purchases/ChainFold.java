package app.infinitestories.purchases;

import app.infinitestories.purchases.ChainState.Hop;
import app.infinitestories.purchases.ChainState.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Folds the set of a chain's events into its state. The order in which they were told, and how
 * often, makes no difference: they count in the order of their own times.
 */
final class ChainFold {
  private static final Comparator<StoreEvent> IN_TIME =
      Comparator.comparing(StoreEvent::at)
          .thenComparing(StoreEvent::kind)
          .thenComparing(StoreEvent::id);

  private static final String CLAIM = "verify:";

  private final Store store;
  private final @Nullable String claimedBy;
  private final List<Hop> hops = new ArrayList<>();
  private final Map<String, Transaction> transactions = new LinkedHashMap<>();
  private @Nullable String product;
  private @Nullable Instant periodEnd;
  private @Nullable Instant graceUntil;
  private boolean willRenew;
  private @Nullable Instant anchoredAt;
  private @Nullable String lastTx;
  private boolean claimed;

  private ChainFold(Store store, @Nullable String claimedBy) {
    this.store = store;
    this.claimedBy = claimedBy;
  }

  /** The state after these events, TRANSFERs that touch its owners among them. */
  static ChainState fold(Store store, Collection<StoreEvent> events) {
    return fold(store, null, events);
  }

  private static ChainState fold(
      Store store, @Nullable String claimedBy, Collection<StoreEvent> events) {
    var fold = new ChainFold(store, claimedBy);
    var seen = new HashSet<String>();
    events.stream().sorted(IN_TIME).filter(event -> seen.add(event.id())).forEach(fold::apply);
    return fold.state();
  }

  /**
   * The same where the TRANSFERs have yet to be found: asks for those from the first owner, then
   * from each that follows.
   *
   * @param claimedBy who was credited because they showed the purchase, before any store named a
   *     user; null when nobody was. Nobody else is the first owner then
   * @param transfersFrom the TRANSFERs that take from a user
   */
  static ChainState fold(
      Store store,
      @Nullable String claimedBy,
      Collection<StoreEvent> chain,
      Function<String, ? extends Collection<StoreEvent>> transfersFrom) {
    List<StoreEvent> events = new ArrayList<>(chain);
    Set<String> asked = new HashSet<>();
    while (true) {
      ChainState state = fold(store, claimedBy, events);
      Set<String> unasked = state.path();
      unasked.removeAll(asked);
      if (unasked.isEmpty()) {
        return state;
      }
      for (String owner : unasked) {
        asked.add(owner);
        events.addAll(transfersFrom.apply(owner));
      }
    }
  }

  private void apply(StoreEvent event) {
    switch (event.kind()) {
      case PURCHASE -> purchase(event);
      case EXTEND -> {
        Instant to = event.expiresAt();
        if (to != null && periodEnd != null && to.isAfter(periodEnd)) {
          periodEnd = to;
        }
      }
      case WILL_RENEW -> willRenew = event.willRenew() == null ? willRenew : event.willRenew();
      case GRACE -> graceUntil = event.graceUntil() == null ? graceUntil : event.graceUntil();
      case EXPIRE -> expire(event);
      case REFUND -> refund(event, true);
      case REFUND_REVERSED -> refund(event, false);
      case SNAPSHOT -> {
        periodEnd = event.expiresAt();
        graceUntil = event.graceUntil();
        product = event.product() == null ? product : event.product();
        willRenew = event.willRenew() == null ? willRenew : event.willRenew();
      }
      case TRANSFER -> transfer(event);
    }
  }

  private void purchase(StoreEvent event) {
    own(event);
    String tx = event.tx();
    if (tx == null) {
      return;
    }
    Transaction known = transactions.get(tx);
    if (known != null && known.product() != null) {
      // Told by another source too: it was bought once, and has had its effects.
      return;
    }
    transactions.put(
        tx,
        new Transaction(
            event.product(),
            known != null && known.refunded(),
            event.at(),
            event.expiresAt(),
            Math.max(0, hops.size() - 1)));
    Instant paidUntil = paidUntil();
    if (anchoredAt == null || (paidUntil != null && event.at().isAfter(paidUntil))) {
      anchoredAt = event.at();
    }
    lastTx = tx;
    product = event.product();
    periodEnd = event.expiresAt();
    willRenew = event.willRenew() == null ? periodEnd != null : event.willRenew();
    graceUntil = null;
  }

  private void own(StoreEvent event) {
    String user = hops.isEmpty() && claimedBy != null ? claimedBy : event.user();
    if (user == null) {
      return;
    }
    if (hops.isEmpty()) {
      hops.add(new Hop(null, user));
      claimed = claimedBy != null || event.id().startsWith(CLAIM);
    } else if (Buyers.isAnonymous(hops.getLast().owner()) && !Buyers.isAnonymous(user)) {
      // An app's user before the first sign-in, who is known by now.
      hops.add(new Hop(event.id(), user));
    }
  }

  private @Nullable Instant paidUntil() {
    return periodEnd != null && graceUntil != null && graceUntil.isAfter(periodEnd)
        ? graceUntil
        : periodEnd;
  }

  /** One that was over before the last purchase is an earlier period's, and was told late. */
  private void expire(StoreEvent event) {
    Instant end = event.expiresAt() == null ? event.at() : event.expiresAt();
    Transaction last = lastTx == null ? null : transactions.get(lastTx);
    if (last != null && last.purchasedAt() != null && !end.isAfter(last.purchasedAt())) {
      return;
    }
    if (periodEnd == null || end.isBefore(periodEnd)) {
      periodEnd = end;
    }
    graceUntil = null;
    willRenew = false;
  }

  /** Without a transaction named, it is the one that pays for the period. */
  private void refund(StoreEvent event, boolean refunded) {
    String tx = event.tx() == null ? lastTx : event.tx();
    if (tx != null) {
      Transaction known = transactions.get(tx);
      transactions.put(
          tx,
          known == null
              ? new Transaction(null, refunded, null, null, 0)
              : known.refunded(refunded));
    }
  }

  private void transfer(StoreEvent event) {
    if (!hops.isEmpty() && event.from().contains(hops.getLast().owner()) && !event.to().isEmpty()) {
      String to = event.to().getFirst();
      if (!to.equals(hops.getLast().owner())) {
        hops.add(new Hop(event.id(), to));
      }
    }
  }

  private ChainState state() {
    return new ChainState(
        store,
        hops,
        transactions,
        product,
        periodEnd,
        graceUntil,
        willRenew,
        anchoredAt,
        lastTx,
        claimed);
  }
}
