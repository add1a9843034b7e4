package app.infinitestories.queue.run;

import static app.infinitestories.platform.firestore.Times.timestamp;

import app.infinitestories.jobs.StepOutcome.NewDocument;
import app.infinitestories.queue.AnnounceChanges;
import app.infinitestories.queue.JobError;
import app.infinitestories.queue.JobState;
import app.infinitestories.queue.Preview;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.QueuedJob;
import app.infinitestories.queue.Slot;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.lane.Lane;
import app.infinitestories.queue.lane.LaneWrite;
import app.infinitestories.queue.lane.SlotNotes;
import app.infinitestories.queue.line.LeaveLine;
import app.infinitestories.queue.steps.Orphans;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.WriteBatch;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The batches with which a run lets go of its job, each through the lane and so under its fence.
 */
public final class LastWrites {
  private final QueueStore store;
  private final QueueConfig config;
  private final Timing timing;
  private final LeaveLine leaveLine;
  private final Orphans orphans;
  private final AnnounceChanges announce;

  public LastWrites(
      QueueStore store,
      QueueConfig config,
      Timing timing,
      LeaveLine leaveLine,
      Orphans orphans,
      AnnounceChanges announce) {
    this.store = store;
    this.config = config;
    this.timing = timing;
    this.leaveLine = leaveLine;
    this.orphans = orphans;
    this.announce = announce;
  }

  /** Waiting with the slot: a run that has only looked changes nothing but the slot. */
  void waitUntil(Instant until, QueuedJob job, Slot slot, Lane lane) {
    Map<String, @Nullable Object> pollAt = new HashMap<>();
    pollAt.put("pollAt", timestamp(until));
    if (lane.isStarted()) {
      Map<String, @Nullable Object> waiting = new HashMap<>();
      waiting.put("state", JobState.WAITING.word());
      lane.finish(new Fixed(job.ref(), waiting, slot, pollAt));
    } else {
      lane.finishUnstarted(new Fixed(slot.ref(), Map.of(), slot, pollAt));
    }
  }

  /** Parked: the slot is free, the place in the window is kept. */
  void park(Instant until, QueuedJob job, Slot slot, Lane lane, SlotNotes notes) {
    boolean progressed = notes.doneSteps() > 0;
    Instant since = progressed || job.parkedSince() == null ? timing.now() : job.parkedSince();
    Map<String, @Nullable Object> parked = leaving(notes);
    parked.put("state", JobState.PARKED.word());
    Instant oldest = since.plus(config.parked());
    parked.put("dueAt", timestamp(until.isBefore(oldest) ? until : oldest));
    parked.put("parkedSince", timestamp(since));
    parked.put("parks", progressed ? 1L : job.parks() + 1L);
    parked.put("attempts", progressed ? 0L : (long) job.attempts());
    Timestamp at = lane.finish(new Fixed(job.ref(), parked, slot, null));
    announce.changed(seen(job, notes, JobState.PARKED), null, at);
  }

  /** Back in the line with its old turn, one attempt more. */
  void returnToLine(int attempts, QueuedJob job, Slot slot, Lane lane, SlotNotes notes) {
    Map<String, @Nullable Object> ready = leaving(notes);
    ready.put("state", JobState.READY.word());
    ready.put("readyAt", timestamp(timing.now()));
    ready.put("attempts", (long) attempts);
    Timestamp at = lane.finish(new Fixed(job.ref(), ready, slot, null));
    announce.changed(seen(job, notes, JobState.READY), null, at);
  }

  /** Out of the window: done, failed, or asking the parent. */
  void end(
      QueuedJob job,
      Lane lane,
      SlotNotes notes,
      JobState to,
      @Nullable JobError error,
      List<NewDocument> creates) {
    var end = new End(job, notes, to, error, creates);
    Timestamp at = lane.finish(end);
    end.departure().announce(at, notes.step(), notes.progress(), notes.previews());
  }

  private Map<String, @Nullable Object> leaving(SlotNotes notes) {
    var fields = new HashMap<String, @Nullable Object>();
    fields.put("slot", null);
    fields.put("step", notes.step());
    fields.put("progress", (long) notes.progress());
    fields.put("previews", Preview.toMaps(notes.previews()));
    return fields;
  }

  private QueuedJob seen(QueuedJob job, SlotNotes notes, JobState state) {
    return job.moved(state, job.error(), timing.now())
        .seen(notes.step(), notes.progress(), notes.previews());
  }

  /** Fields that are known beforehand; frees the slot unless other fields for it are given. */
  private record Fixed(
      DocumentReference proof,
      Map<String, @Nullable Object> fields,
      Slot slot,
      @Nullable Map<String, @Nullable Object> keptSlot)
      implements LaneWrite {
    @Override
    public void addTo(WriteBatch batch, String commitId) {
      if (!proof.equals(slot.ref())) {
        Map<String, @Nullable Object> all = new HashMap<>(fields);
        all.put("commitId", commitId);
        batch.update(proof, all);
      }
    }

    @Override
    public Map<String, @Nullable Object> slotFields(long beat, String commitId) {
      return keptSlot == null ? Slot.freed(beat, commitId) : keptSlot;
    }
  }

  /** The end, whose account and next job are read anew for each attempt. */
  private final class End implements LaneWrite {
    private final QueuedJob job;
    private final SlotNotes notes;
    private final JobState to;
    private final @Nullable JobError error;
    private final List<NewDocument> creates;
    private LeaveLine.@Nullable Departure departure;

    End(
        QueuedJob job,
        SlotNotes notes,
        JobState to,
        @Nullable JobError error,
        List<NewDocument> creates) {
      this.job = job;
      this.notes = notes;
      this.to = to;
      this.error = error;
      this.creates = creates;
    }

    LeaveLine.Departure departure() {
      if (departure == null) {
        throw new IllegalStateException("nothing was written");
      }
      return departure;
    }

    @Override
    public void addTo(WriteBatch batch, String commitId) {
      LeaveLine.Departure now =
          leaveLine.prepare(job.moved(JobState.RUNNING, null, timing.now()), to, error);
      departure = now;
      Map<String, @Nullable Object> fields = leaving(notes);
      fields.putAll(now.fields(commitId));
      if (to == JobState.SUCCEEDED) {
        fields.put("progress", 100L);
      }
      batch.update(job.ref(), fields);
      now.addTo(batch, commitId);
      orphans.addTo(batch, job.id(), orphans.submittedTasks(job.id()));
      for (NewDocument create : creates) {
        batch.create(store.document(create.path()), create.fields());
      }
    }

    @Override
    public DocumentReference proof() {
      return job.ref();
    }

    @Override
    public Map<String, @Nullable Object> slotFields(long beat, String commitId) {
      return Slot.freed(beat, commitId);
    }
  }
}
