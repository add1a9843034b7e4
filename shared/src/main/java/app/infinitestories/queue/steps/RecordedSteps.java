package app.infinitestories.queue.steps;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.json.Json;
import app.infinitestories.queue.QueueStore;
import com.google.cloud.firestore.DocumentSnapshot;
import java.util.Optional;

/** What the steps of a job have recorded, for those who are not its worker. */
public final class RecordedSteps {
  private final QueueStore store;

  public RecordedSteps(QueueStore store) {
    this.store = store;
  }

  /** Whether the step of that key is done. */
  public boolean isDone(String jobId, String key) {
    return record(jobId, key).isPresent();
  }

  /** The result of a step that is done; empty for one that is not, or whose result is large. */
  public <T> Optional<T> result(String jobId, String key, Class<T> type) {
    return record(jobId, key)
        .flatMap(step -> Optional.ofNullable(step.result()))
        .map(text -> Json.read(text, type));
  }

  private Optional<StepRecord> record(String jobId, String key) {
    DocumentSnapshot document = on(store.steps(jobId).document(key).get());
    return document.exists()
        ? Optional.of(StepRecord.of(document)).filter(s -> s.state() == StepRecord.State.DONE)
        : Optional.empty();
  }
}
