package app.infinitestories.queue.steps;

import app.infinitestories.jobs.CostCapReached;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** The job's cost cap: what was spent, and what calls under way may cost at most. */
final class Budget {
  private final BigDecimal cap;
  private final StepLedger ledger;
  private final Map<String, BigDecimal> reserved = new HashMap<>();

  Budget(BigDecimal cap, StepLedger ledger) {
    this.cap = cap;
    this.ledger = ledger;
    ledger.all().stream()
        .filter(ledger::isSubmitted)
        .forEach(step -> reserved.put(step.key(), step.estimateUsd()));
  }

  /** Sets the estimate aside, or throws before anything is sent. */
  synchronized void reserve(String key, BigDecimal estimate) {
    BigDecimal others =
        reserved.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(key))
            .map(Map.Entry::getValue)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    if (ledger.spentUsd().add(others).add(estimate).compareTo(cap) > 0) {
      throw new CostCapReached(key);
    }
    reserved.put(key, estimate);
  }

  /** The call is over: what it cost is in the ledger now. */
  synchronized void settle(String key) {
    reserved.remove(key);
  }
}
