package app.infinitestories.purchases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever order stores tell a history in, however often, with losses: the accounts end equal. */
class PurchaseHistoriesTest {
  private static final int HISTORIES = 2_000;
  private static final int ORDERS = 6;

  @Test
  void everyOrderOfAHistoryEndsInTheSameAccounts() {
    for (long seed = 0; seed < HISTORIES; seed++) {
      var history = new GeneratedHistory(seed, "");
      for (int order = 0; order < ORDERS; order++) {
        Books books = told(history, new Random(seed * 1_000 + order));

        String what = "history " + seed + ", order " + order + ": " + history.events;
        assertEquals(history.tokens(), books.tokens(history.users), what);
        assertEquals(new TreeMap<>(history.periods()), new TreeMap<>(books.periods()), what);
      }
    }
  }

  @Test
  void spendsInBetweenNeverMakeTokensOutOfNothing() {
    for (long seed = 0; seed < HISTORIES; seed++) {
      var history = new GeneratedHistory(seed, "");
      var random = new Random(seed);
      var books = new Books();
      List<StoreEvent> order = shuffled(history.events, random);
      long spent = 0;
      for (StoreEvent event : order) {
        books.tell(event);
        String user = history.users.get(random.nextInt(history.users.size()));
        long some = Math.max(0, books.available(user)) * random.nextInt(3) / 2;
        books.spend(user, some);
        spent += some;
      }

      long granted = history.tokens().values().stream().mapToLong(Long::longValue).sum();
      long left = books.tokens(history.users).values().stream().mapToLong(Long::longValue).sum();
      assertEquals(granted, left + spent, "history " + seed + ": " + history.events);
      order.forEach(books::tell);
      assertEquals(
          left, books.tokens(history.users).values().stream().mapToLong(Long::longValue).sum());
    }
  }

  @Test
  void theHistoriesAreWorthTelling() {
    // Else the properties above would hold for nothing.
    int transfersThatMoved = 0;
    int refunds = 0;
    for (long seed = 0; seed < HISTORIES; seed++) {
      var history = new GeneratedHistory(seed, "");
      Books books = told(history, new Random(seed));
      transfersThatMoved +=
          books.states.values().stream().anyMatch(s -> s.hops().size() > 1) ? 1 : 0;
      refunds += books.states.values().stream().anyMatch(ChainState::revoked) ? 1 : 0;
    }
    assertTrue(transfersThatMoved > HISTORIES / 4, "transfers: " + transfersThatMoved);
    assertTrue(refunds > HISTORIES / 10, "refunds: " + refunds);
  }

  /** Tells a history in some order, a part of it twice, and some of it only kept at first. */
  private static Books told(GeneratedHistory history, Random random) {
    var books = new Books();
    var order = new ArrayList<>(history.events);
    history.events.stream().filter(event -> random.nextInt(3) == 0).forEach(order::add);
    Collections.shuffle(order, random);
    var lost = new ArrayList<StoreEvent>();
    for (StoreEvent event : order) {
      if (random.nextInt(5) == 0) {
        books.keep(event);
        lost.add(event);
      } else {
        books.tell(event);
      }
    }
    Collections.shuffle(lost, random);
    lost.forEach(books::tell);
    return books;
  }

  private static List<StoreEvent> shuffled(List<StoreEvent> events, Random random) {
    var order = new ArrayList<>(events);
    Collections.shuffle(order, random);
    return order;
  }

  /** Accounts and chains in memory, settled one event at a time. */
  private static final class Books {
    final Map<String, ChainState> states = new LinkedHashMap<>();
    private final Map<String, StoreEvent> inbox = new LinkedHashMap<>();
    private final Map<String, Shares> shares = new HashMap<>();
    private final Map<String, Long> available = new HashMap<>();

    void keep(StoreEvent event) {
      inbox.put(event.id(), event);
    }

    void tell(StoreEvent event) {
      keep(event);
      if (event.chain() != null) {
        settle(event.chain());
      } else {
        List.copyOf(states.entrySet()).stream()
            .filter(entry -> !Collections.disjoint(entry.getValue().path(), event.from()))
            .forEach(entry -> settle(entry.getKey()));
      }
    }

    private void settle(String chain) {
      ChainState state =
          ChainFold.fold(
              Store.APPLE,
              null,
              inbox.values().stream().filter(event -> chain.equals(event.chain())).toList(),
              user ->
                  inbox.values().stream().filter(event -> event.from().contains(user)).toList());
      Shares.Settled settled =
          shares.getOrDefault(chain, Shares.NONE).settle(state, Told.PRODUCTS, this::available);
      states.put(chain, state);
      shares.put(chain, settled.shares());
      settled
          .differences()
          .forEach(
              difference -> available.merge(difference.user(), difference.tokens(), Long::sum));
    }

    long available(String user) {
      return available.getOrDefault(user, 0L);
    }

    void spend(String user, long tokens) {
      available.merge(user, -tokens, Long::sum);
    }

    Map<String, Long> tokens(List<String> users) {
      var tokens = new LinkedHashMap<String, Long>();
      users.forEach(user -> tokens.put(user, available(user)));
      return tokens;
    }

    Map<String, String> periods() {
      var periods = new HashMap<String, String>();
      states.forEach((chain, state) -> {
        if (state.owner() != null) {
          periods.put(chain, GeneratedHistory.period(Objects.requireNonNull(state)));
        }
      });
      return periods;
    }
  }
}
