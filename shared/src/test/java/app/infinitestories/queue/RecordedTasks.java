package app.infinitestories.queue;

import app.infinitestories.platform.tasks.TaskQueue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Tasks as Cloud Tasks takes them: a used name is refused. Nobody delivers them but the test. */
public final class RecordedTasks implements TaskQueue {
  private final Deque<Work> taken = new ArrayDeque<>();
  private final Set<String> names = new HashSet<>();

  @Override
  public synchronized boolean enqueue(Work work) {
    if (!names.add(work.queue() + "/" + work.name())) {
      return false;
    }
    taken.add(work);
    return true;
  }

  @Override
  public void probe(String queue) {}

  /** The oldest task for a worker that was not taken yet. */
  public synchronized Optional<Work> nextWork() {
    Optional<Work> next =
        taken.stream().filter(work -> work.body().containsKey("jobId")).findFirst();
    next.ifPresent(taken::remove);
    return next;
  }

  synchronized long count(String prefix) {
    return taken.stream().filter(work -> work.name().startsWith(prefix)).count();
  }
}
