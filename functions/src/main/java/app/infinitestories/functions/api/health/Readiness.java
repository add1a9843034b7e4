package app.infinitestories.functions.api.health;

import app.infinitestories.platform.log.EventLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks every dependency at once, gives each the same time, and keeps the answer for a few seconds,
 * so that a load balancer's impatience is not passed on.
 */
public final class Readiness {
  private static final EventLog LOG = EventLog.of(Readiness.class);
  private static final Duration KEPT = Duration.ofSeconds(5);
  static final String UP = "ok";
  static final String DOWN = "unavailable";

  /** One dependency: {@code ok} or {@code unavailable}, and how long the answer took. */
  public record Dependency(String status, long latencyMs) {}

  /** A configured model, and the day on which its provider turns it off, if that is known. */
  public record Model(String id, @Nullable LocalDate shutdownDate) {}

  /** The answer of readiness. */
  public record Report(String status, Map<String, Dependency> dependencies, List<Model> models) {
    boolean isReady() {
      return status.equals(UP);
    }
  }

  private record Kept(Report report, Instant until) {}

  private final List<DependencyProbe> probes;
  private final Supplier<List<Model>> models;
  private final Duration patience;
  private final Clock clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable Kept kept;

  /**
   * Prepares to ask; nothing is asked yet.
   *
   * @param patience how long a dependency may take; 2 seconds in production
   */
  public Readiness(
      List<DependencyProbe> probes, Supplier<List<Model>> models, Duration patience, Clock clock) {
    this.probes = List.copyOf(probes);
    this.models = models;
    this.patience = patience;
    this.clock = clock;
  }

  /** What the dependencies say, or said at most five seconds ago. */
  Report report() {
    Kept before = kept;
    if (before != null && clock.instant().isBefore(before.until())) {
      return before.report();
    }
    // one asks, the others wait for what it learns
    asking.lock();
    try {
      Kept meanwhile = kept;
      if (meanwhile != null && clock.instant().isBefore(meanwhile.until())) {
        return meanwhile.report();
      }
      Report fresh = ask();
      kept = new Kept(fresh, clock.instant().plus(KEPT));
      return fresh;
    } finally {
      asking.unlock();
    }
  }

  private Report ask() {
    List<Callable<Long>> questions =
        probes.stream().<Callable<Long>>map(probe -> () -> ask(probe)).toList();
    List<Future<Long>> answers = new ArrayList<>();
    try {
      answers.addAll(threads.invokeAll(questions, patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking the dependencies", interrupted);
    }
    Map<String, Dependency> dependencies = new LinkedHashMap<>();
    for (int i = 0; i < probes.size(); i++) {
      dependencies.put(probes.get(i).name(), dependency(probes.get(i).name(), answers.get(i)));
    }
    boolean ready = dependencies.values().stream().allMatch(each -> each.status().equals(UP));
    return new Report(ready ? UP : DOWN, dependencies, models.get());
  }

  private long ask(DependencyProbe probe) throws Exception {
    Instant begin = clock.instant();
    probe.check().run();
    return Duration.between(begin, clock.instant()).toMillis();
  }

  private Dependency dependency(String name, Future<Long> answer) {
    try {
      return new Dependency(UP, answer.get());
    } catch (CancellationException tooSlow) {
      LOG.warn("health.dependency-down", "dependency", name, "cause", "no answer in time");
    } catch (ExecutionException failed) {
      LOG.warn("health.dependency-down", "dependency", name, "cause", failed.getCause());
    } catch (InterruptedException impossible) {
      Thread.currentThread().interrupt();
    }
    return new Dependency(DOWN, patience.toMillis());
  }
}
