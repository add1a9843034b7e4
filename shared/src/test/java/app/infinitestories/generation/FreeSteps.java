package app.infinitestories.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.infinitestories.jobs.StepContext;
import app.infinitestories.jobs.StepOutcome;
import app.infinitestories.jobs.Steps;
import app.infinitestories.provider.Charge;
import app.infinitestories.provider.PaidCall;
import app.infinitestories.provider.ProviderException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Runs each step at once, for nothing, and remembers their names in their order. */
final class FreeSteps implements Steps {
  /** What an answer costs here. */
  static final Charge FREE =
      new Charge("sample", "m", "story_generation", "tokens", BigDecimal.ONE, BigDecimal.ZERO);

  private final List<String> names = new ArrayList<>();

  /** The steps so far. */
  List<String> names() {
    return List.copyOf(names);
  }

  @Override
  public <T> T run(String name, Class<T> type, Work<T> work) {
    names.add(name);
    try {
      return work.run(new Bill(name));
    } catch (ProviderException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public <T> T call(String name, Class<T> type, PaidCall call, Work<T> work) {
    return run(name, type, work);
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
  public void preview(int scene, String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StepOutcome finish(String name, Work<StepOutcome.Done> work) {
    throw new UnsupportedOperationException();
  }

  /** A step that pays for nothing and stores nothing. */
  private record Bill(String key) implements StepContext {
    @Override
    public void charge(Charge charge) {
      assertEquals(FREE, charge);
    }

    @Override
    public String upload(byte[] bytes, String extension, String contentType) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void uploadTo(String path, byte[] bytes, String contentType) {
      throw new UnsupportedOperationException();
    }
  }
}
