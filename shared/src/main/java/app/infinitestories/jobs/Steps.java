package app.infinitestories.jobs;

import app.infinitestories.provider.Answer;
import app.infinitestories.provider.PaidCall;
import app.infinitestories.provider.ProviderException;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * The steps of one job. Each method records the result before the next step starts; on a replay a
 * recorded step returns its result and calls nobody. Results are records (or strings, numbers,
 * lists) that Jackson can write and read.
 *
 * <p>Keys are {@code name[.index…]@revision}; names are unique within a pipeline.
 */
public interface Steps {
  /** Own work that costs nothing: repeated if it was cut off. */
  <T> T run(String name, Class<T> type, Work<T> work);

  /**
   * One paid call that answers at once. Its intent is written before, its charge and result after.
   * Busy providers are waited for (with the slot for 2 minutes, parked beyond); a bad answer is
   * asked for once more.
   *
   * @throws ContentRefused when the provider's safety rules say no, now or on an earlier run
   * @throws CostCapReached when the estimate does not fit, before anything is sent
   */
  <T> T call(String name, Class<T> type, PaidCall call, Work<T> work);

  /**
   * One paid task that takes minutes: submitted once, its id recorded at once, then polled without
   * holding a worker.
   *
   * @throws ContentRefused when the task was refused
   * @throws CostCapReached when the estimate does not fit, before anything is sent
   */
  <T> T await(String name, Class<T> type, PaidCall call, Submit submit, Poll<T> poll);

  /**
   * The same steps for several items, side by side up to the engine's bound; results in the order
   * of the items. Keys inside carry the item's index. If some items must wait, the others still go
   * as far as they can before the run ends.
   */
  <I, O> List<O> each(List<I> items, Each<I, O> body);

  /** Two independent branches side by side; returns when both are done. */
  <A, B> Both<A, B> both(Supplier<A> first, Supplier<B> second);

  /** The same steps, but their keys carry the job's revision: what a change at approval redoes. */
  Steps revised();

  /** Shows a scene's picture to the parent while the film is still in the making. */
  void preview(int scene, String path);

  /** The last step: its documents are created in the batch that ends the job. */
  StepOutcome finish(String name, Work<StepOutcome.Done> work);

  /** A result of two branches. */
  record Both<A, B>(A first, B second) {}

  /** Work of a step. */
  @FunctionalInterface
  interface Work<T> {
    T run(StepContext step) throws ProviderException, IOException;
  }

  /** Sends a task and returns the provider's id of it. */
  @FunctionalInterface
  interface Submit {
    String run(StepContext step) throws ProviderException, IOException;
  }

  /** Asks for a task. */
  @FunctionalInterface
  interface Poll<T> {
    PollResult<T> run(StepContext step, String taskId) throws ProviderException, IOException;
  }

  /** What a poll found. */
  sealed interface PollResult<T> {
    /** Still at work; {@code progress} from 0 to 1. */
    record Pending<T>(double progress) implements PollResult<T> {}

    /** Finished; what {@link StepContext#upload} stored is part of the answer. */
    record Ready<T>(Answer<T> answer) implements PollResult<T> {}

    /** The provider lost it by its own fault; submit once more, then fail. */
    record Lost<T>(String why) implements PollResult<T> {}
  }

  /** The steps of one item. */
  @FunctionalInterface
  interface Each<I, O> {
    O run(I item, Steps steps);
  }
}
