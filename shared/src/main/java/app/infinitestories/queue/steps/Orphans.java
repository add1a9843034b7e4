package app.infinitestories.queue.steps;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.firestore.FirestoreTimeout;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.Timing;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import com.google.cloud.firestore.WriteBatch;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Paid results and provider tasks that have no owner any more: kept by id so that the task is
 * cancelled at the provider and the cost gets into the job's report.
 */
public final class Orphans {
  private static final EventLog LOG = EventLog.of(Orphans.class);

  private final QueueStore store;
  private final Timing timing;

  public Orphans(QueueStore store, Timing timing) {
    this.store = store;
    this.timing = timing;
  }

  /** A task of a job that is about to end from outside. */
  public record Task(String stepKey, String provider, String taskId, BigDecimal usd) {}

  /** The job's tasks that are at a provider now. */
  public List<Task> submittedTasks(String jobId) {
    List<QueryDocumentSnapshot> steps =
        on(store
                .steps(jobId)
                .whereEqualTo("state", StepRecord.State.SUBMITTED.word())
                .limit(100)
                .get())
            .getDocuments();
    return steps.stream().map(StepRecord::of).map(Orphans::task).toList();
  }

  /** Puts tasks into the batch that ends their job. */
  public void addTo(WriteBatch batch, String jobId, List<Task> tasks) {
    tasks.forEach(task -> batch.set(ref(task), fields(jobId, task)));
  }

  /**
   * From a run that has no lane any more, or gives a task up: ids only, no matter what else
   * happens.
   *
   * @param usd what it cost beyond what the step's own record says
   */
  void add(String jobId, StepRecord step, BigDecimal usd) {
    Task task = task(step, usd);
    try {
      on(ref(task).create(fields(jobId, task)));
      LOG.warn("orphan.kept", "job", jobId, "step", step.key());
    } catch (FirestoreException | FirestoreTimeout e) {
      // Known already, or lost: then only the provider's own bill tells of it.
      LOG.error("orphan.not-kept", e, "job", jobId, "step", step.key());
    }
  }

  /** A task that is at its provider now may cost all that was estimated. */
  private static Task task(StepRecord step) {
    return task(step, step.estimateUsd());
  }

  private static Task task(StepRecord step, BigDecimal usd) {
    return new Task(
        step.key(),
        step.provider() == null ? "none" : step.provider(),
        // A call that answered at once has no task at the provider: nothing to cancel there.
        step.taskId() == null ? "" : step.taskId(),
        usd);
  }

  private DocumentReference ref(Task task) {
    String id = task.taskId().isEmpty() ? store.newId() : task.taskId().replace('/', '_');
    return store.orphans().document(task.provider() + ":" + id);
  }

  private Map<String, @Nullable Object> fields(String jobId, Task task) {
    var fields = new HashMap<String, @Nullable Object>();
    fields.put("jobId", jobId);
    fields.put("step", task.stepKey());
    fields.put("provider", task.provider());
    fields.put("taskId", task.taskId().isEmpty() ? null : task.taskId());
    fields.put("cost", task.usd().toPlainString());
    fields.put("cancelledAt", task.taskId().isEmpty() ? timestamp(timing.now()) : null);
    fields.put("createdAt", timestamp(timing.now()));
    return fields;
  }
}
