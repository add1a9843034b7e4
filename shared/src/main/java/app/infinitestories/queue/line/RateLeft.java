package app.infinitestories.queue.line;

import app.infinitestories.accounts.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What is left of a limit: how many requests, and how long until one more is free again. */
public record RateLeft(int limit, int remaining, Duration reset) {

  /** As the account's window stands now. */
  public static RateLeft of(RatePolicy policy, Account account, Instant now) {
    long from = now.minus(policy.window()).toEpochMilli();
    List<Long> inside =
        account.windows().getOrDefault(policy.name(), List.of()).stream()
            .filter(time -> time > from)
            .sorted()
            .toList();
    Duration reset = inside.isEmpty() ? Duration.ZERO : Duration.ofMillis(inside.getFirst() - from);
    return new RateLeft(policy.count(), Math.max(0, policy.count() - inside.size()), reset);
  }

  /** After one more request was accepted now. */
  RateLeft minusOne(RatePolicy policy) {
    return new RateLeft(limit, remaining - 1, reset.isZero() ? policy.window() : reset);
  }
}
