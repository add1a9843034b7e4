package app.infinitestories.local.tasks;

import com.google.cloud.tasks.v2.Task;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One queue: what waits, what runs, and which names may not be used again yet. */
final class TaskQueueRunner {
  /** How long the service remembers the name of a task that is done or deleted. */
  static final Duration NAME_MEMORY = Duration.ofHours(1);

  private final QueueSettings settings;
  private final TaskDispatcher dispatcher;
  private final Clock clock;
  private final ScheduledExecutorService timer;
  private final ExecutorService workers;
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparing(Waiting::due).thenComparingLong(Waiting::order));
  private final Map<String, Task> live = new HashMap<>();
  private final Map<String, Instant> usedUntil = new HashMap<>();
  private int running;
  private long order;
  private boolean closed;

  private record Waiting(Task task, Instant due, int failures, String lastAnswer, long order) {}

  TaskQueueRunner(
      QueueSettings settings,
      TaskDispatcher dispatcher,
      Clock clock,
      ScheduledExecutorService timer,
      ExecutorService workers) {
    this.settings = settings;
    this.dispatcher = dispatcher;
    this.clock = clock;
    this.timer = timer;
    this.workers = workers;
  }

  /** Adds a task; false when its name is in use or was, less than an hour ago. */
  synchronized boolean add(Task task, Instant due) {
    var now = clock.instant();
    usedUntil.values().removeIf(until -> !until.isAfter(now));
    if (live.containsKey(task.getName()) || usedUntil.containsKey(task.getName())) {
      return false;
    }
    live.put(task.getName(), task);
    waiting.add(new Waiting(task, due, 0, "", order++));
    pump();
    return true;
  }

  synchronized Optional<Task> find(String name) {
    return Optional.ofNullable(live.get(name));
  }

  synchronized List<Task> list() {
    return new ArrayList<>(live.values());
  }

  synchronized boolean delete(String name) {
    waiting.removeIf(w -> w.task().getName().equals(name));
    return forget(name);
  }

  synchronized void close() {
    closed = true;
    waiting.clear();
    live.clear();
  }

  private synchronized void pump() {
    while (!closed && !waiting.isEmpty() && running < settings.maxConcurrentDispatches()) {
      var wait = Duration.between(clock.instant(), waiting.element().due());
      if (wait.isPositive()) {
        // Several timers for the same moment do no harm: each looks at what is due.
        var _ = timer.schedule(this::pump, wait.toMillis() + 1, TimeUnit.MILLISECONDS);
        return;
      }
      var next = waiting.remove();
      running++;
      workers.execute(() -> run(next));
    }
  }

  private void run(Waiting next) {
    var answer = dispatcher.dispatch(next.task(), next.failures(), next.lastAnswer());
    synchronized (this) {
      running--;
      int failures = next.failures() + 1;
      boolean exhausted = settings.maxAttempts() > 0 && failures >= settings.maxAttempts();
      if (closed || !live.containsKey(next.task().getName())) {
        return; // deleted while it ran
      }
      if (answer.success() || exhausted) {
        forget(next.task().getName());
      } else {
        var due = clock.instant().plus(settings.backoff(failures));
        waiting.add(new Waiting(next.task(), due, failures, answer.text(), order++));
      }
      pump();
    }
  }

  private boolean forget(String name) {
    boolean there = live.remove(name) != null;
    if (there) {
      usedUntil.put(name, clock.instant().plus(NAME_MEMORY));
    }
    return there;
  }
}
