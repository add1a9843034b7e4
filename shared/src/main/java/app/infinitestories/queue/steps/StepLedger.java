package app.infinitestories.queue.steps;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.provider.Charge;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.QueuedJob;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.lane.Lane;
import app.infinitestories.queue.lane.LaneWrite;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import com.google.cloud.firestore.WriteBatch;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The steps of one job: read once at the start of a run, then written through its lane. */
final class StepLedger {
  private final QueueStore store;
  private final Timing timing;
  private final QueuedJob job;
  private final Lane lane;
  private final Map<String, StepRecord> records = new ConcurrentHashMap<>();
  private final Set<String> done = ConcurrentHashMap.newKeySet();

  StepLedger(QueueStore store, Timing timing, QueuedJob job, Lane lane) {
    this.store = store;
    this.timing = timing;
    this.job = job;
    this.lane = lane;
    for (QueryDocumentSnapshot step : on(store.steps(job.id()).get()).getDocuments()) {
      StepRecord record = StepRecord.of(step);
      records.put(step.getId(), record);
      if (record.state() == StepRecord.State.DONE) {
        done.add(record.key());
      }
    }
  }

  Optional<StepRecord> find(String key) {
    return Optional.ofNullable(records.get(key));
  }

  Collection<StepRecord> all() {
    return records.values();
  }

  /** All steps that are done or being recorded as such, with one more. */
  Set<String> countDone(String key) {
    done.add(key);
    return Set.copyOf(done);
  }

  /** Tasks of this round that are at a provider. */
  long submitted() {
    return records.values().stream().filter(this::isSubmitted).count();
  }

  boolean isSubmitted(StepRecord step) {
    return step.state() == StepRecord.State.SUBMITTED && step.round() == job.round();
  }

  /** What the job cost so far, over all rounds. */
  BigDecimal spentUsd() {
    return records.values().stream()
        .map(StepRecord::spentUsd)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Records a step; returns the commit time once it is written. */
  Timestamp write(StepRecord step) {
    StepRecord before = records.get(step.key());
    Timestamp at = lane.write(new StepWrite(step, before == null ? 0 : before.charges().size()));
    records.put(step.key(), step);
    return at;
  }

  /** The step's document, and one metric per new charge: its id is the step's and its number. */
  private final class StepWrite implements LaneWrite {
    private final StepRecord step;
    private final int chargesBefore;

    StepWrite(StepRecord step, int chargesBefore) {
      this.step = step;
      this.chargesBefore = chargesBefore;
    }

    @Override
    public void addTo(WriteBatch batch, String commitId) {
      Instant now = timing.now();
      batch.set(proof(), step.toMap(commitId, now));
      for (int n = chargesBefore; n < step.charges().size(); n++) {
        batch.set(metric(n, now), metricFields(step.charges().get(n), now));
      }
    }

    private DocumentReference metric(int n, Instant now) {
      String month = YearMonth.from(now.atZone(ZoneOffset.UTC)).toString();
      String id = job.id() + ":" + step.key() + (n == 0 ? "" : ":" + n);
      return store.document("users/" + job.uid() + "/usage/" + month + "/metrics/" + id);
    }

    private Map<String, @Nullable Object> metricFields(Charge charge, Instant now) {
      var fields = new HashMap<String, @Nullable Object>(StepRecord.toMap(charge));
      fields.put("jobId", job.id());
      fields.put("kind", job.kind());
      fields.put("at", timestamp(now));
      return fields;
    }

    @Override
    public DocumentReference proof() {
      return store.steps(job.id()).document(step.key());
    }
  }
}
