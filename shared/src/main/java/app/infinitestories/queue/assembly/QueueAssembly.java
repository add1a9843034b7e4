package app.infinitestories.queue.assembly;

import app.infinitestories.accounts.Accounts;
import app.infinitestories.jobs.Pipeline;
import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.queue.AnnounceChanges;
import app.infinitestories.queue.JobChanges;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.ReadJobs;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.WakeUps;
import app.infinitestories.queue.admission.AdmitJobs;
import app.infinitestories.queue.admission.Breakers;
import app.infinitestories.queue.admission.SetUpSlots;
import app.infinitestories.queue.line.EnterLine;
import app.infinitestories.queue.line.KeepAnswer;
import app.infinitestories.queue.line.LeaveLine;
import app.infinitestories.queue.line.Repeat;
import app.infinitestories.queue.line.RetryGuard;
import app.infinitestories.queue.line.RetryJob;
import app.infinitestories.queue.line.SubmitJob;
import app.infinitestories.queue.run.ApproveJob;
import app.infinitestories.queue.run.CancelJob;
import app.infinitestories.queue.run.EndFromOutside;
import app.infinitestories.queue.run.LastWrites;
import app.infinitestories.queue.run.WorkOnJob;
import app.infinitestories.queue.steps.CostReport;
import app.infinitestories.queue.steps.Orphans;
import app.infinitestories.queue.steps.RunPipeline;
import app.infinitestories.queue.sweeper.EndWaiting;
import app.infinitestories.queue.sweeper.PromoteBacklogs;
import app.infinitestories.queue.sweeper.ProviderTasks;
import app.infinitestories.queue.sweeper.ReapOrphans;
import app.infinitestories.queue.sweeper.ReturnExpiredLeases;
import app.infinitestories.queue.sweeper.SweepQueue;
import com.google.cloud.firestore.Firestore;
import java.util.Map;

/** All parts of the queue over one Firestore, for the wiring of the functions and for tests. */
public final class QueueAssembly {
  private final QueueStore store;
  private final QueueConfig config;
  private final Timing timing;
  private final Accounts accounts;
  private final WakeUps wakeUps;
  private final AnnounceChanges announce;
  private final EnterLine enterLine;
  private final LeaveLine leaveLine;
  private final KeepAnswer keepAnswer;
  private final Breakers breakers;
  private final Orphans orphans;
  private final LastWrites lastWrites;
  private final AdmitJobs admitJobs;
  private final EndFromOutside endFromOutside;
  private final SweepQueue sweepQueue;

  public QueueAssembly(
      Firestore firestore,
      IdSource ids,
      Timing timing,
      QueueConfig config,
      Accounts accounts,
      WakeUps wakeUps,
      JobChanges changes) {
    this.store = new QueueStore(firestore, ids);
    this.config = config;
    this.timing = timing;
    this.accounts = accounts;
    this.wakeUps = wakeUps;
    this.announce = new AnnounceChanges(changes, config);
    this.enterLine = new EnterLine(store, config, timing);
    this.leaveLine = new LeaveLine(store, accounts, enterLine, config, timing, announce);
    this.keepAnswer = new KeepAnswer(store, timing);
    this.breakers = new Breakers(store, timing);
    this.orphans = new Orphans(store, timing);
    this.lastWrites = new LastWrites(store, config, timing, leaveLine, orphans, announce);
    this.admitJobs =
        new AdmitJobs(
            store, new SetUpSlots(store, config, timing), breakers, wakeUps, timing, announce);
    this.endFromOutside = new EndFromOutside(store, leaveLine, orphans, wakeUps);
    this.sweepQueue =
        new SweepQueue(
            returnExpiredLeases(),
            endWaiting(),
            new PromoteBacklogs(store, accounts, enterLine, config, timing, wakeUps, announce));
  }

  /** Everything that a function does about one pool each minute, and with each wake-up. */
  public void sweepAndAdmit() {
    sweepQueue().run();
    config.slots().keySet().forEach(admitJobs::run);
  }

  public QueueStore store() {
    return store;
  }

  public Breakers breakers() {
    return breakers;
  }

  public KeepAnswer keepAnswer() {
    return keepAnswer;
  }

  public SubmitJob submitJob() {
    return new SubmitJob(store, accounts, enterLine, keepAnswer, config, timing, announce, wakeUps);
  }

  public AdmitJobs admitJobs() {
    return admitJobs;
  }

  public CancelJob cancelJob() {
    return new CancelJob(endFromOutside, config, new Repeat(timing));
  }

  public ApproveJob approveJob() {
    return new ApproveJob(
        store, accounts, enterLine, endFromOutside, config, timing, announce, wakeUps);
  }

  /** Another round, where the guard says that what it needs is still there. */
  public RetryJob retryJob(RetryGuard guard) {
    return new RetryJob(
        store, accounts, enterLine, keepAnswer, config, timing, announce, wakeUps, guard);
  }

  public ReadJobs readJobs() {
    return new ReadJobs(store, config);
  }

  public CostReport costReport() {
    return new CostReport(store);
  }

  public ReturnExpiredLeases returnExpiredLeases() {
    return new ReturnExpiredLeases(store, config, timing, endFromOutside, wakeUps, announce);
  }

  public EndWaiting endWaiting() {
    return new EndWaiting(store, config, timing, endFromOutside, wakeUps, announce);
  }

  public SweepQueue sweepQueue() {
    return sweepQueue;
  }

  public ReapOrphans reapOrphans(ProviderTasks providers) {
    return new ReapOrphans(store, timing, providers);
  }

  /** The worker, with the pipelines by kind of job. */
  public WorkOnJob workOnJob(Map<String, Pipeline> pipelines, MediaStore media) {
    var runPipeline = new RunPipeline(store, config, timing, media, breakers, orphans);
    return new WorkOnJob(
        store, config, timing, pipelines, runPipeline, lastWrites, wakeUps, announce);
  }
}
