package app.infinitestories.purchases;

import static app.infinitestories.platform.firestore.Times.timestamp;

import app.infinitestories.platform.Hashes;
import com.google.cloud.firestore.DocumentSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chain as its document {@code purchases/{chain hash}} remembers it between two foldings.
 *
 * @param owner at the end of the last folding; null while nobody is known
 * @param path everybody who owned it, as far as was known then
 * @param claimedBy see {@link ChainFold}
 * @param rev counts foldings; part of the ids of ledger entries
 */
record ChainRecord(
    @Nullable String owner,
    List<String> path,
    @Nullable String claimedBy,
    Shares shares,
    long rev) {
  static final ChainRecord NEW = new ChainRecord(null, List.of(), null, Shares.NONE, 0);

  /** Where the chain is kept. */
  static String id(String chain) {
    return Hashes.sha256(chain);
  }

  static ChainRecord of(DocumentSnapshot document) {
    if (!document.exists()) {
      return NEW;
    }
    return new ChainRecord(
        document.getString("owner"),
        document.get("path") instanceof List<?> path
            ? path.stream().map(String::valueOf).toList()
            : List.of(),
        document.getString("claimedBy"),
        new Shares(shares(document.get("applied")), shares(document.get("kept"))),
        Objects.requireNonNull(document.getLong("rev")));
  }

  /** The document after a folding. */
  static Map<String, @Nullable Object> fields(
      String chain, ChainState state, Shares shares, Products products, long rev) {
    var fields = new HashMap<String, @Nullable Object>();
    fields.put("chain", chain);
    fields.put("store", state.store().word());
    fields.put("owner", state.owner());
    fields.put("claimedBy", state.claimed() ? state.hops().getFirst().owner() : null);
    fields.put("path", List.copyOf(state.path()));
    fields.put("product", state.product());
    fields.put("purchasedAt", lastBought(state));
    fields.put("expiresAt", time(state.ends()));
    fields.put("willRenew", state.willRenew());
    fields.put("refunded", state.revoked());
    fields.put("unknown", List.copyOf(state.unknown(products)));
    fields.put("transactions", transactions(state, products));
    fields.put("applied", shares.applied());
    fields.put("kept", shares.kept());
    fields.put("rev", rev);
    return fields;
  }

  private static @Nullable Object lastBought(ChainState state) {
    ChainState.Transaction last =
        state.lastTx() == null ? null : state.transactions().get(state.lastTx());
    return last == null ? null : time(last.purchasedAt());
  }

  private static List<Object> transactions(ChainState state, Products products) {
    var all = new ArrayList<Object>();
    state
        .transactions()
        .forEach((tx, bought) -> {
          var map = new HashMap<String, @Nullable Object>();
          map.put("tx", tx);
          map.put("product", bought.product());
          map.put("refunded", bought.refunded());
          map.put("purchasedAt", time(bought.purchasedAt()));
          map.put("expiresAt", time(bought.expiresAt()));
          map.put("tokens", bought.target(products));
          all.add(map);
        });
    return all;
  }

  private static @Nullable Object time(@Nullable Instant instant) {
    return instant == null ? null : timestamp(instant);
  }

  private static Map<String, Map<String, Long>> shares(@Nullable Object stored) {
    var shares = new HashMap<String, Map<String, Long>>();
    if (stored instanceof Map<?, ?> outer) {
      outer.forEach((key, inner) -> {
        var numbers = new HashMap<String, Long>();
        if (inner instanceof Map<?, ?> map) {
          map.forEach(
              (name, number) -> numbers.put(String.valueOf(name), ((Number) number).longValue()));
        }
        shares.put(String.valueOf(key), numbers);
      });
    }
    return shares;
  }
}
