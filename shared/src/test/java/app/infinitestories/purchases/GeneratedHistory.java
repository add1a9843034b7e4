package app.infinitestories.purchases;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happened at the stores in one made-up history, in the order in which it happened, and what
 * that must come to: kept by simple book-keeping as the history is made, not by the fold.
 */
final class GeneratedHistory {
  private static final List<String> TOKENS = List.of("five", "three");

  final List<StoreEvent> events = new ArrayList<>();
  final List<String> users;
  private final Random random;
  private final Map<String, Chain> chains = new LinkedHashMap<>();
  private long hour;
  private int told;

  private static final class Chain {
    final Map<String, String> products = new LinkedHashMap<>();
    final Set<String> refunded = new HashSet<>();
    @Nullable String owner;
    @Nullable String payer;
    long end = -1;
    boolean willRenew;
  }

  GeneratedHistory(long seed, String prefix) {
    random = new Random(seed);
    users = List.of(prefix + "anna", prefix + "ben", prefix + "$anonymous:1", prefix + "cleo");
    int chainCount = 1 + random.nextInt(3);
    for (int i = 0; i < chainCount; i++) {
      chains.put("apple:" + prefix + "chain" + i, new Chain());
    }
    int steps = 2 + random.nextInt(9);
    for (int i = 0; i < steps; i++) {
      hour += 1 + random.nextInt(200);
      step(chains.keySet().stream().toList().get(random.nextInt(chains.size())));
    }
  }

  /** Tokens that each user must have got in the end. */
  Map<String, Long> tokens() {
    var tokens = new LinkedHashMap<String, Long>();
    users.forEach(user -> tokens.put(user, 0L));
    chains
        .values()
        .forEach(chain -> {
          if (chain.owner != null) {
            long sum =
                chain.products.entrySet().stream()
                    .filter(bought -> !chain.refunded.contains(bought.getKey()))
                    .mapToLong(bought -> worth(bought.getValue()))
                    .sum();
            tokens.merge(chain.owner, sum, Long::sum);
          }
        });
    return tokens;
  }

  /** Who owns what paid period until when, as text: {@code owner until hour renews}. */
  Map<String, String> periods() {
    var periods = new LinkedHashMap<String, String>();
    chains.forEach((id, chain) -> {
      if (chain.owner != null) {
        periods.put(
            id,
            chain.owner
                + (chain.end < 0 ? " always" : " until " + Told.at(chain.end))
                + (chain.willRenew ? " renews" : "")
                + (chain.refunded.contains(Objects.requireNonNull(chain.payer)) ? " revoked" : ""));
      }
    });
    return periods;
  }

  static String period(ChainState state) {
    return state.owner()
        + (state.periodEnd() == null ? " always" : " until " + state.periodEnd())
        + (state.willRenew() ? " renews" : "")
        + (state.revoked() ? " revoked" : "");
  }

  private static long worth(String product) {
    return Objects.requireNonNull(Told.PRODUCTS.byId().get(product)).tokens();
  }

  private void step(String id) {
    Chain chain = Objects.requireNonNull(chains.get(id));
    int dice = random.nextInt(10);
    if (chain.owner == null || dice < 3) {
      buy(id, chain);
    } else if (dice < 5) {
      refund(id, chain);
    } else if (dice < 8) {
      transfer();
    } else if (dice < 9 && chain.end >= 0) {
      events.add(Told.of(StoreEvent.Kind.EXPIRE, id(), hour, id).until(hour).event());
      chain.end = Math.min(chain.end, hour);
      chain.willRenew = false;
    } else if (chain.end >= 0) {
      events.add(Told.of(StoreEvent.Kind.WILL_RENEW, id(), hour, id).renews(false).event());
      chain.willRenew = false;
    }
  }

  private void buy(String id, Chain chain) {
    if (chain.owner == null) {
      chain.owner = users.get(random.nextInt(users.size()));
    }
    String tx = id + ":tx" + chain.products.size();
    boolean subscription = random.nextBoolean();
    String product = subscription ? "plus" : TOKENS.get(random.nextInt(TOKENS.size()));
    Told purchase =
        Told.of(StoreEvent.Kind.PURCHASE, id(), hour, id).tx(tx).product(product).by(chain.owner);
    events.add((subscription ? purchase.until(hour + 720) : purchase).event());
    if (random.nextInt(3) == 0) {
      // The same purchase, told by another source.
      Told again =
          Told.of(StoreEvent.Kind.PURCHASE, id(), hour, id).tx(tx).product(product).by(chain.owner);
      events.add((subscription ? again.until(hour + 720) : again).event());
    }
    chain.products.put(tx, product);
    chain.payer = tx;
    chain.end = subscription ? hour + 720 : -1;
    chain.willRenew = subscription;
  }

  private void refund(String id, Chain chain) {
    List<String> bought = List.copyOf(chain.products.keySet());
    String tx = bought.get(random.nextInt(bought.size()));
    boolean reversed = chain.refunded.contains(tx);
    StoreEvent.Kind kind = reversed ? StoreEvent.Kind.REFUND_REVERSED : StoreEvent.Kind.REFUND;
    events.add(Told.of(kind, id(), hour, id).tx(tx).event());
    if (!(reversed ? chain.refunded.remove(tx) : chain.refunded.add(tx))) {
      throw new IllegalStateException("refunded twice");
    }
  }

  private void transfer() {
    String from = users.get(random.nextInt(users.size()));
    String to = users.get(random.nextInt(users.size()));
    events.add(Told.transfer(id(), hour, from, to));
    chains.values().stream()
        .filter(chain -> from.equals(chain.owner))
        .forEach(chain -> chain.owner = to);
  }

  private String id() {
    return "store:" + events.size() + "-" + users.getFirst() + told++;
  }
}
