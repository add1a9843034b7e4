package app.infinitestories.local.studio;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * What every endpoint of a studio shares: seed, latency, faults and clock, adjustable at run time.
 */
public final class Desk {
  private final Clock clock;
  private final FaultCounter faults;
  private volatile long seed;
  private volatile Latency latency;

  public Desk(StudioSettings settings, Clock clock) {
    this.clock = clock;
    this.seed = settings.seed();
    this.latency = settings.latency();
    this.faults = new FaultCounter(settings.faults());
  }

  public Clock clock() {
    return clock;
  }

  public long seed() {
    return seed;
  }

  public Latency latency() {
    return latency;
  }

  public Faults remainingFaults() {
    return faults.remaining();
  }

  void setSeed(long newSeed) {
    seed = newSeed;
  }

  void setLatency(Latency newLatency) {
    latency = newLatency;
  }

  void order(Faults newFaults) {
    faults.order(newFaults);
  }

  /** Takes one of this fault if it is ordered for this endpoint, one of the scopes, or any. */
  public boolean strikes(Fault fault, Endpoint endpoint, String... scopes) {
    return faults.take(fault, scopes(endpoint, scopes));
  }

  /** Takes one of this fault only if it is ordered for this very endpoint. */
  public boolean strikesScoped(Fault fault, Endpoint endpoint) {
    return faults.takeScoped(fault, scopes(endpoint));
  }

  /** Lets the client wait as long as this endpoint's latency says. */
  public void work(Endpoint endpoint) {
    rest(latency.of(endpoint));
  }

  /** Lets the client wait; ends early when the studio closes. */
  public void rest(Duration duration) {
    if (duration.isZero()) {
      return;
    }
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Set<String> scopes(Endpoint endpoint, String... more) {
    Set<String> all = new HashSet<>(Set.of(more));
    all.add(endpoint.label());
    return all;
  }
}
