package app.infinitestories.queue.run;

import app.infinitestories.jobs.Pipeline;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.queue.AnnounceChanges;
import app.infinitestories.queue.JobError;
import app.infinitestories.queue.JobState;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.QueuedJob;
import app.infinitestories.queue.Slot;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.WakeUps;
import app.infinitestories.queue.lane.Lane;
import app.infinitestories.queue.lane.LeaseLost;
import app.infinitestories.queue.lane.SlotNotes;
import app.infinitestories.queue.steps.RunEnd;
import app.infinitestories.queue.steps.RunPipeline;
import app.infinitestories.queue.steps.Uploads;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a task does: runs one job until it is done, waits or fails. A task may come twice, late or
 * for nothing; only one whose beat is the slot's finds anything to do.
 */
public final class WorkOnJob {
  private static final EventLog LOG = EventLog.of(WorkOnJob.class);

  private final QueueStore store;
  private final QueueConfig config;
  private final Timing timing;
  private final Map<String, Pipeline> pipelines;
  private final RunPipeline runPipeline;
  private final LastWrites lastWrites;
  private final WakeUps wakeUps;
  private final AnnounceChanges announce;

  /**
   * @param pipelines by kind of job
   */
  public WorkOnJob(
      QueueStore store,
      QueueConfig config,
      Timing timing,
      Map<String, Pipeline> pipelines,
      RunPipeline runPipeline,
      LastWrites lastWrites,
      WakeUps wakeUps,
      AnnounceChanges announce) {
    this.store = store;
    this.config = config;
    this.timing = timing;
    this.pipelines = Map.copyOf(pipelines);
    this.runPipeline = runPipeline;
    this.lastWrites = lastWrites;
    this.wakeUps = wakeUps;
    this.announce = announce;
  }

  /** Works on the job with that slot, if the task's beat is still the slot's. */
  public RunResult run(String jobId, String slotId, long beat) {
    List<DocumentSnapshot> read = store.all(store.job(jobId), store.slot(slotId));
    Optional<QueuedJob> found = QueuedJob.of(read.get(0));
    if (found.isEmpty() || !read.get(1).exists()) {
      return RunResult.DROPPED;
    }
    QueuedJob job = found.get();
    Slot slot = Slot.of(read.get(1));
    boolean mine =
        job.state() == JobState.WAITING
            && slotId.equals(job.slot())
            && jobId.equals(slot.jobId())
            && slot.beat() == beat
            && !slot.revoked();
    if (!mine) {
      LOG.info(
          "task.dropped",
          "job",
          jobId,
          "state",
          job.state().word(),
          "slot",
          job.slot(),
          "slotsJob",
          slot.jobId(),
          "revoked",
          slot.revoked(),
          "beat",
          beat,
          "slotBeat",
          slot.beat());
      return RunResult.DROPPED;
    }
    Pipeline pipeline = pipelines.get(job.kind());
    if (pipeline == null) {
      throw new IllegalStateException("no pipeline for jobs of kind " + job.kind());
    }
    return work(pipeline, job, slot);
  }

  private RunResult work(Pipeline pipeline, QueuedJob job, Slot slot) {
    var notes = new SlotNotes(slot);
    var started = new Started(job, notes);
    try (var lane = new Lane(store, config, timing, job, slot, notes, started::tell)) {
      started.in(lane);
      Uploads uploads = runPipeline.uploads();
      RunEnd end = runPipeline.run(pipeline, job, lane, notes, uploads, at -> started.tell());
      try {
        return write(end, job, slot, lane, notes);
      } catch (LeaseLost e) {
        uploads.deleteUnrecorded();
        return lost(job, lane, String.valueOf(e.getMessage()));
      }
    }
  }

  private RunResult write(RunEnd end, QueuedJob job, Slot slot, Lane lane, SlotNotes notes) {
    return switch (end) {
      case RunEnd.Wait wait -> {
        lastWrites.waitUntil(wait.until(), job, slot, lane);
        wakeUps.work(job.id(), slot.id(), lane.beat(), wait.until());
        LOG.info("job.waits", "job", job.id(), "until", wait.until(), "beat", lane.beat());
        yield RunResult.WAITING;
      }
      case RunEnd.Park park -> {
        lastWrites.park(park.until(), job, slot, lane, notes);
        left(job);
        yield RunResult.PARKED;
      }
      case RunEnd.Ask ask -> {
        lastWrites.end(job, lane, notes, JobState.AWAITING_APPROVAL, null, List.of());
        left(job);
        yield RunResult.ASKED;
      }
      case RunEnd.Done done -> {
        lastWrites.end(job, lane, notes, JobState.SUCCEEDED, null, done.creates());
        left(job);
        yield RunResult.SUCCEEDED;
      }
      case RunEnd.Fail fail -> {
        LOG.warn("job.failed", "job", job.id(), "code", fail.error().code());
        lastWrites.end(job, lane, notes, JobState.FAILED, fail.error(), List.of());
        left(job);
        yield RunResult.FAILED;
      }
      case RunEnd.Broken broken -> broke(broken.cause(), job, slot, lane, notes);
      case RunEnd.Lost lost -> lost(job, lane, lost.why());
    };
  }

  private RunResult broke(
      RuntimeException cause, QueuedJob job, Slot slot, Lane lane, SlotNotes notes) {
    LOG.error("job.broke", cause, "job", job.id(), "step", notes.step());
    int attempts = (notes.doneSteps() > 0 ? 0 : job.attempts()) + 1;
    if (attempts >= config.attempts()) {
      var error =
          new JobError(
              JobError.TOO_MANY_ATTEMPTS, "We tried several times, and it did not work out.");
      lastWrites.end(job, lane, notes, JobState.FAILED, error, List.of());
      left(job);
      return RunResult.FAILED;
    }
    lastWrites.returnToLine(attempts, job, slot, lane, notes);
    left(job);
    return RunResult.RETURNED;
  }

  private RunResult lost(QueuedJob job, Lane lane, String why) {
    LOG.warn("lease.lost", "job", job.id(), "why", why);
    lane.freeIfRevoked();
    wakeUps.generate(job.pool());
    return lane.isStarted() ? RunResult.LOST : RunResult.DROPPED;
  }

  /** A slot is free, and maybe somebody new is in line. */
  private void left(QueuedJob job) {
    wakeUps.generate(job.pool());
    wakeUps.sync();
  }

  /** Tells how far the run is, from its notes. */
  private final class Started {
    private final QueuedJob job;
    private final SlotNotes notes;
    private volatile Optional<Lane> lane = Optional.empty();

    Started(QueuedJob job, SlotNotes notes) {
      this.job = job;
      this.notes = notes;
    }

    void in(Lane ours) {
      lane = Optional.of(ours);
    }

    void tell() {
      Timestamp at = lane.map(Lane::lastCommit).orElse(job.updateTime());
      announce.changed(
          job.moved(JobState.RUNNING, null, timing.now())
              .seen(notes.step(), notes.progress(), notes.previews()),
          null,
          at);
    }
  }
}
