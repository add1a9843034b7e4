package app.infinitestories.purchases;

import app.infinitestories.purchases.ChainState.Hop;
import app.infinitestories.purchases.ChainState.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * Who has which part of a chain's tokens. Without spends in between the last owner has them all; an
 * owner who had spent some keeps those when the chain is taken from them.
 *
 * @param applied tokens by transaction and user, as they are in the accounts
 * @param kept by TRANSFER and transaction, what the old owner had spent; written down when the
 *     TRANSFER is first applied and never computed again
 */
record Shares(Map<String, Map<String, Long>> applied, Map<String, Map<String, Long>> kept) {
  static final Shares NONE = new Shares(Map.of(), Map.of());

  /** What an account is to get, or to give back where it is negative. */
  record Difference(String user, String tx, long tokens) {}

  /** Shares, and what brought them about. */
  record Settled(Shares shares, List<Difference> differences) {}

  Shares {
    applied = copy(applied);
    kept = copy(kept);
  }

  /**
   * Shares as the state wants them.
   *
   * @param available tokens in a user's account now
   */
  Settled settle(ChainState state, Products products, ToLongFunction<String> available) {
    var wanted = new LinkedHashMap<String, Map<String, Long>>();
    var keeping = new LinkedHashMap<String, Map<String, Long>>();
    kept.forEach((transfer, byTx) -> keeping.put(transfer, new LinkedHashMap<>(byTx)));
    if (!state.hops().isEmpty()) {
      state
          .transactions()
          .forEach((tx, bought) -> {
            var byUser = new LinkedHashMap<String, Long>();
            byUser.put(state.hops().get(bought.hop()).owner(), bought.target(products));
            wanted.put(tx, byUser);
          });
      for (int hop = 1; hop < state.hops().size(); hop++) {
        pass(state, hop, wanted, keeping, available);
      }
    }
    return new Settled(new Shares(withoutZeros(wanted), keeping), differences(wanted));
  }

  /** One TRANSFER: moves of each transaction bought before what the old owner still has. */
  private void pass(
      ChainState state,
      int hop,
      Map<String, Map<String, Long>> wanted,
      Map<String, Map<String, Long>> keeping,
      ToLongFunction<String> available) {
    Hop to = state.hops().get(hop);
    String from = state.hops().get(hop - 1).owner();
    String transfer = Objects.requireNonNull(to.transfer(), "only the first owner has none");
    for (Map.Entry<String, Transaction> bought : state.transactions().entrySet()) {
      Map<String, Long> byUser = Objects.requireNonNull(wanted.get(bought.getKey()));
      long has = byUser.getOrDefault(from, 0L);
      if (bought.getValue().hop() >= hop || has == 0) {
        continue;
      }
      Map<String, Long> decided = keeping.computeIfAbsent(transfer, none -> new LinkedHashMap<>());
      Long keeps = decided.get(bought.getKey());
      if (keeps == null) {
        long room = available.applyAsLong(from) + outstanding(from, wanted);
        keeps = has - Math.min(has, Math.max(0, room));
        decided.put(bought.getKey(), keeps);
      }
      long moved = Math.max(0, has - keeps);
      byUser.put(from, has - moved);
      byUser.merge(to.owner(), moved, Long::sum);
    }
  }

  /** What the account is still to get of this chain, at this point of the row of owners. */
  private long outstanding(String user, Map<String, Map<String, Long>> wanted) {
    return sum(user, wanted) - sum(user, applied);
  }

  private static long sum(String user, Map<String, Map<String, Long>> shares) {
    return shares.values().stream().mapToLong(byUser -> byUser.getOrDefault(user, 0L)).sum();
  }

  private List<Difference> differences(Map<String, Map<String, Long>> wanted) {
    var differences = new ArrayList<Difference>();
    var all = new TreeSet<>(wanted.keySet());
    all.addAll(applied.keySet());
    for (String tx : all) {
      Map<String, Long> now = wanted.getOrDefault(tx, Map.of());
      Map<String, Long> before = applied.getOrDefault(tx, Map.of());
      var users = new TreeSet<>(now.keySet());
      users.addAll(before.keySet());
      for (String user : users) {
        long tokens = now.getOrDefault(user, 0L) - before.getOrDefault(user, 0L);
        if (tokens != 0) {
          differences.add(new Difference(user, tx, tokens));
        }
      }
    }
    return differences;
  }

  private static Map<String, Map<String, Long>> withoutZeros(Map<String, Map<String, Long>> all) {
    var left = new LinkedHashMap<String, Map<String, Long>>();
    all.forEach((tx, byUser) -> {
      var some = new LinkedHashMap<>(byUser);
      some.values().removeIf(tokens -> tokens == 0);
      if (!some.isEmpty()) {
        left.put(tx, some);
      }
    });
    return left;
  }

  private static Map<String, Map<String, Long>> copy(Map<String, Map<String, Long>> all) {
    var copy = new LinkedHashMap<String, Map<String, Long>>();
    all.forEach((key, inner) -> copy.put(key, Map.copyOf(inner)));
    return Map.copyOf(copy);
  }
}
