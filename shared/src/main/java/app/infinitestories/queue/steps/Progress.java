package app.infinitestories.queue.steps;

import app.infinitestories.jobs.Pipeline.PlannedStep;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far a job is: the weight of its finished steps in that of all planned ones. */
final class Progress {
  private final Map<String, PlannedStep> plan = new HashMap<>();
  private final long total;

  Progress(List<PlannedStep> steps) {
    steps.forEach(step -> plan.put(step.name(), step));
    this.total = steps.stream().mapToLong(s -> (long) s.count() * s.weightSeconds()).sum();
  }

  /** Percent from 0 to 99 once those steps are done: only success is 100. */
  int percent(Collection<String> doneKeys) {
    var done = new HashMap<String, Integer>();
    doneKeys.forEach(key -> done.merge(name(key), 1, Integer::sum));
    long weight = 0;
    for (PlannedStep step : plan.values()) {
      long finished = Math.min(step.count(), done.getOrDefault(step.name(), 0));
      weight += finished * step.weightSeconds();
    }
    return total == 0 ? 0 : (int) Math.min(99, weight * 100 / total);
  }

  /** Planned seconds of one such step. */
  int weightSeconds(String name) {
    PlannedStep step = plan.get(name);
    return step == null ? 0 : step.weightSeconds();
  }

  /** The name in a key such as {@code clip.3@1}. */
  static String name(String key) {
    int end = key.length();
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) == '.' || key.charAt(i) == '@') {
        end = i;
        break;
      }
    }
    return key.substring(0, end);
  }
}
