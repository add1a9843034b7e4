package app.infinitestories.local.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Hands out the ordered faults, each as often as ordered. Safe for use by many threads. */
public final class FaultCounter {
  private final List<Faults.Order> left = new ArrayList<>();

  public FaultCounter(Faults faults) {
    order(faults);
  }

  public synchronized void order(Faults faults) {
    left.clear();
    left.addAll(faults.orders());
  }

  public synchronized Faults remaining() {
    return new Faults(left);
  }

  /** Takes one of this fault if it is ordered without a scope or for one of these scopes. */
  public boolean take(Fault fault, Set<String> scopes) {
    return take(fault, order -> order.scope().map(scopes::contains).orElse(true));
  }

  /** Takes one of this fault only if it is ordered for one of these scopes. */
  public boolean takeScoped(Fault fault, Set<String> scopes) {
    return take(fault, order -> order.scope().map(scopes::contains).orElse(false));
  }

  private synchronized boolean take(Fault fault, Predicate<Faults.Order> fits) {
    for (int i = 0; i < left.size(); i++) {
      Faults.Order order = left.get(i);
      if (order.fault() == fault && order.count() > 0 && fits.test(order)) {
        if (order.count() != Integer.MAX_VALUE) {
          left.set(i, new Faults.Order(fault, order.scope(), order.count() - 1));
        }
        return true;
      }
    }
    return false;
  }
}
