package app.infinitestories.ratelimit;

import app.infinitestories.platform.IdSource;
import com.google.cloud.firestore.Firestore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The limiter of production: instance windows for everyday requests, stored ones for doors. */
public final class SlidingRateLimiter implements RateLimiter {
  private final double factor;
  private final InstanceWindows instance;
  private final StoredWindows stored;

  /**
   * @param factor scales every limit, for load tests; 1 in production
   * @param firestore asked for at the first door, not before
   * @param marks tell a write of ours from anybody else's
   */
  public SlidingRateLimiter(
      double factor, Supplier<Firestore> firestore, Clock clock, IdSource marks) {
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException("RATE_LIMIT_FACTOR must be above 0, was " + factor);
    }
    this.factor = factor;
    this.instance = new InstanceWindows(clock);
    this.stored = new StoredWindows(firestore, clock, marks);
  }

  /** Who a signed-in user is to the limits. */
  public static String caller(String uid) {
    return "user:" + uid;
  }

  /** The paths of the stored windows of a signed-in user, for those who delete them. */
  public static List<String> storedWindows(String uid) {
    return StoredWindows.paths(caller(uid));
  }

  @Override
  public Optional<Allowance> charge(RateLimit limit, String route, String caller) {
    SlidingWindow window = new SlidingWindow(limitOf(limit), limit.window());
    return switch (limit.kept()) {
      case BY_INSTANCE ->
          Optional.of(instance.take(limit.name() + ' ' + route + ' ' + caller, window));
      case IN_STORE -> Optional.of(stored.take(limit, caller, window));
      case BY_ACCEPTANCE -> Optional.empty();
    };
  }

  @Override
  public int limitOf(RateLimit limit) {
    return limit.count(factor);
  }
}
