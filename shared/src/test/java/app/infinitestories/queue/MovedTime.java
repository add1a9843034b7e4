package app.infinitestories.queue;

import com.google.common.base.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes as the machine's does, plus whatever the test adds. */
final class MovedTime extends Clock {
  private final AtomicLong added = new AtomicLong();

  void add(Duration duration) {
    added.addAndGet(duration.toNanos());
  }

  @Override
  public Instant instant() {
    return Instant.now().plusNanos(added.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  Timing timing(long seed) {
    var ticker =
        new Ticker() {
          @Override
          public long read() {
            return System.nanoTime() + added.get();
          }
        };
    return new Timing(this, ticker, new SharedRandom(seed), Timing.system().pause());
  }

  /** One seed for many threads. */
  private static final class SharedRandom implements java.util.random.RandomGenerator {
    private final SplittableRandom random;

    SharedRandom(long seed) {
      this.random = new SplittableRandom(seed);
    }

    @Override
    public synchronized long nextLong() {
      return random.nextLong();
    }
  }
}
