package app.infinitestories.queue.steps;

import app.infinitestories.jobs.ContentRefused;
import app.infinitestories.jobs.CostCapReached;
import app.infinitestories.jobs.Job;
import app.infinitestories.jobs.JobFailed;
import app.infinitestories.jobs.Pipeline;
import app.infinitestories.jobs.StepOutcome;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.queue.JobError;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.QueuedJob;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.admission.Breakers;
import app.infinitestories.queue.lane.Lane;
import app.infinitestories.queue.lane.LeaseLost;
import app.infinitestories.queue.lane.SlotNotes;
import com.google.cloud.Timestamp;
import java.util.function.Consumer;

/** Runs a pipeline over the step ledger, as far as it gets this time. */
public final class RunPipeline {
  private static final String REFUSED = "This story could not be told within our safety rules.";
  private static final String TOO_DEAR = "This story would have cost more than one story may.";

  private final QueueStore store;
  private final QueueConfig config;
  private final Timing timing;
  private final MediaStore media;
  private final Breakers breakers;
  private final Orphans orphans;

  public RunPipeline(
      QueueStore store,
      QueueConfig config,
      Timing timing,
      MediaStore media,
      Breakers breakers,
      Orphans orphans) {
    this.store = store;
    this.config = config;
    this.timing = timing;
    this.media = media;
    this.breakers = breakers;
    this.orphans = orphans;
  }

  /** Where a run notes what it uploads; the caller takes it back when the end is not accepted. */
  public Uploads uploads() {
    return new Uploads(media);
  }

  /**
   * Runs until the pipeline is done, must wait or fails; never throws what a pipeline may do.
   *
   * @param onStepDone called with the commit time of each finished step
   */
  public RunEnd run(
      Pipeline pipeline,
      QueuedJob queued,
      Lane lane,
      SlotNotes notes,
      Uploads uploads,
      Consumer<Timestamp> onStepDone) {
    Job job = queued.forPipeline();
    var state =
        new RunState(
            job,
            queued.pool(),
            queued.parks(),
            config,
            timing,
            lane,
            new StepLedger(store, timing, queued, lane),
            new Progress(pipeline.plan(job)),
            notes,
            uploads,
            breakers,
            orphans,
            onStepDone);
    RunEnd end = attempt(pipeline, job, state);
    if (!(end instanceof RunEnd.Done)) {
      uploads.deleteUnrecorded();
    }
    return end;
  }

  private RunEnd attempt(Pipeline pipeline, Job job, RunState state) {
    try {
      return switch (pipeline.run(job, new StepEngine(state))) {
        case StepOutcome.Done done -> new RunEnd.Done(done.creates());
        case StepOutcome.Wait wait -> new RunEnd.Wait(wait.until());
        case StepOutcome.Retry retry -> throw state.backOff(retry.after(), retry.why());
        case StepOutcome.Ask ask -> new RunEnd.Ask();
        case StepOutcome.Fail fail -> new RunEnd.Fail(new JobError(fail.code(), fail.message()));
      };
    } catch (WaitUntil e) {
      return new RunEnd.Wait(e.until());
    } catch (ParkUntil e) {
      return new RunEnd.Park(e.until());
    } catch (LeaseLost e) {
      return new RunEnd.Lost(String.valueOf(e.getMessage()));
    } catch (JobFailed e) {
      return new RunEnd.Fail(new JobError(e.code(), String.valueOf(e.getMessage())));
    } catch (ContentRefused e) {
      return new RunEnd.Fail(new JobError(JobError.CONTENT_REJECTED, REFUSED));
    } catch (CostCapReached e) {
      return new RunEnd.Fail(new JobError(JobError.COST_CAP_REACHED, TOO_DEAR));
    } catch (RuntimeException e) {
      // The edge of what others wrote: anything else is a fault, and a poison job must end.
      return new RunEnd.Broken(e);
    }
  }
}
