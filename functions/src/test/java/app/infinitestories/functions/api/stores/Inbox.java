package app.infinitestories.functions.api.stores;

import app.infinitestories.platform.failure.Failure;
import app.infinitestories.purchases.Delivery;
import app.infinitestories.purchases.ReceiveDelivery;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps deliveries in memory: what the stores' own tests look at. */
final class Inbox implements ReceiveDelivery {
  private final Map<String, Delivery> kept = new LinkedHashMap<>();
  private boolean down;
  private boolean slow;
  private @Nullable RuntimeException fault;

  @Override
  public Outcome receive(Delivery delivery) {
    if (fault != null) {
      throw fault;
    }
    if (down) {
      throw new Failure.Unavailable(Duration.ofSeconds(1), null);
    }
    if (kept.putIfAbsent(delivery.source() + ":" + delivery.id(), delivery) != null) {
      return Outcome.REPEATED;
    }
    if (slow) {
      return Outcome.KEPT;
    }
    return delivery.event().isPresent() ? Outcome.APPLIED : Outcome.IGNORED;
  }

  /** From now on effects follow later. */
  void slowDown() {
    slow = true;
  }

  void breakDown() {
    down = true;
  }

  /** Has a fault of its own, which is nobody else's. */
  void breakWith(RuntimeException fault) {
    this.fault = fault;
  }

  List<Delivery> kept() {
    return List.copyOf(kept.values());
  }

  Delivery only() {
    if (kept.size() != 1) {
      throw new AssertionError("kept " + kept.keySet());
    }
    return kept.values().iterator().next();
  }
}
