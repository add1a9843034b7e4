package app.infinitestories.queue.steps;

import app.infinitestories.queue.lane.LeaseLost;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs branches side by side, each as far as it can get. A branch that must wait does not stop the
 * others; when all have ended, the worst of what happened decides.
 */
final class Branches {
  private Branches() {}

  /** How one branch ended. */
  private record End<T>(@Nullable T value, @Nullable RuntimeException failure) {}

  /**
   * All results in order.
   *
   * @param room whether one more task may go to a provider: then branches that waited for that try
   *     again
   */
  static <T> List<T> run(List<Supplier<T>> branches, BooleanSupplier room) {
    var ends = new ArrayList<@Nullable End<T>>();
    branches.forEach(branch -> ends.add(null));
    boolean again = true;
    while (again) {
      runOnce(branches, ends);
      again = room.getAsBoolean() && forgetThoseWithoutRoom(ends);
    }
    worst(ends);
    var values = new ArrayList<T>();
    for (End<T> end : ends) {
      if (end != null && end.value() != null) {
        values.add(end.value());
      }
    }
    return values;
  }

  private static <T> void runOnce(List<Supplier<T>> branches, List<@Nullable End<T>> ends) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<@Nullable Future<End<T>>>();
      for (int i = 0; i < branches.size(); i++) {
        Supplier<T> branch = branches.get(i);
        Callable<End<T>> guarded = () -> end(branch);
        running.add(ends.get(i) == null ? threads.submit(guarded) : null);
      }
      for (int i = 0; i < running.size(); i++) {
        Future<End<T>> future = running.get(i);
        if (future != null) {
          ends.set(i, future.get());
        }
      }
    } catch (ExecutionException e) {
      // An Error: nothing that a branch could go on from.
      throw new IllegalStateException("a branch broke down", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while branches were at work", e);
    }
  }

  private static <T> End<T> end(Supplier<T> branch) {
    try {
      return new End<>(branch.get(), null);
    } catch (RuntimeException e) {
      return new End<>(null, e);
    }
  }

  private static <T> boolean forgetThoseWithoutRoom(List<@Nullable End<T>> ends) {
    boolean any = false;
    for (int i = 0; i < ends.size(); i++) {
      End<T> end = ends.get(i);
      if (end != null && end.failure() instanceof WaitUntil wait && wait.forRoom()) {
        ends.set(i, null);
        any = true;
      }
    }
    return any;
  }

  /** Lease lost, then a failure, then the earliest waiting, then the earliest parking. */
  private static <T> void worst(List<@Nullable End<T>> ends) {
    @Nullable RuntimeException failure = null;
    @Nullable WaitUntil wait = null;
    @Nullable ParkUntil park = null;
    for (End<T> end : ends) {
      switch (end == null ? null : end.failure()) {
        case null -> {}
        case LeaseLost lost -> throw lost;
        case WaitUntil other ->
            wait = wait == null || other.until().isBefore(wait.until()) ? other : wait;
        case ParkUntil other ->
            park = park == null || other.until().isBefore(park.until()) ? other : park;
        case RuntimeException other -> failure = failure == null ? other : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
    if (wait != null) {
      throw wait;
    }
    if (park != null) {
      throw park;
    }
  }
}
