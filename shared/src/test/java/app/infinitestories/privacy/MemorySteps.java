package app.infinitestories.privacy;

import app.infinitestories.jobs.StepContext;
import app.infinitestories.jobs.StepOutcome;
import app.infinitestories.jobs.Steps;
import app.infinitestories.provider.Charge;
import app.infinitestories.provider.PaidCall;
import app.infinitestories.provider.ProviderException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A ledger of steps that may lose power: after a step's work, before or after it is recorded. */
final class MemorySteps implements Steps {
  private final Map<String, Object> recorded = new HashMap<>();
  private int crashAfter;
  private boolean recordFirst;
  private int worked;

  /** The power goes after that many steps have done their work. */
  void crashAfter(int steps, boolean recorded) {
    crashAfter = steps;
    recordFirst = recorded;
    worked = 0;
  }

  void neverCrash() {
    crashAfter = Integer.MAX_VALUE;
  }

  /** The power is gone. */
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public <T> T run(String name, Class<T> type, Work<T> work) {
    if (recorded.containsKey(name)) {
      return type.cast(recorded.get(name));
    }
    T value;
    try {
      value = work.run(NONE);
    } catch (ProviderException | IOException e) {
      throw new UncheckedIOException(new IOException(e));
    }
    boolean crash = ++worked == crashAfter;
    if (!crash || recordFirst) {
      recorded.put(name, value);
    }
    if (crash) {
      throw new Crash();
    }
    return value;
  }

  @Override
  public StepOutcome finish(String name, Work<StepOutcome.Done> work) {
    try {
      return work.run(NONE);
    } catch (ProviderException | IOException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private static final StepContext NONE =
      new StepContext() {
        @Override
        public String key() {
          return "step";
        }

        @Override
        public void charge(Charge charge) {
          throw new UnsupportedOperationException();
        }

        @Override
        public String upload(byte[] bytes, String extension, String contentType) {
          throw new UnsupportedOperationException();
        }

        @Override
        public void uploadTo(String path, byte[] bytes, String contentType) {
          throw new UnsupportedOperationException();
        }
      };

  @Override
  public <T> T call(String name, Class<T> type, PaidCall call, Work<T> work) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> T await(String name, Class<T> type, PaidCall call, Submit submit, Poll<T> poll) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <I, O> List<O> each(List<I> items, Each<I, O> body) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <A, B> Both<A, B> both(Supplier<A> first, Supplier<B> second) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Steps revised() {
    return this;
  }

  @Override
  public void preview(int scene, String path) {}
}
