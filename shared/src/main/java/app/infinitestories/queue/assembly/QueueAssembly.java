package app.infinitestories.queue.assembly;

import app.infinitestories.accounts.Accounts;
import app.infinitestories.jobs.Pipeline;
import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.queue.AnnounceChanges;
import app.infinitestories.queue.JobChanges;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.WakeUps;
import app.infinitestories.queue.admission.AdmitJobs;
import app.infinitestories.queue.admission.Breakers;
import app.infinitestories.queue.admission.SetUpSlots;
import app.infinitestories.queue.line.EnterLine;
import app.infinitestories.queue.line.KeepAnswer;
import app.infinitestories.queue.line.LeaveLine;
import app.infinitestories.queue.line.SubmitJob;
import app.infinitestories.queue.run.LastWrites;
import app.infinitestories.queue.run.WorkOnJob;
import app.infinitestories.queue.steps.Orphans;
import app.infinitestories.queue.steps.RunPipeline;
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
    this.lastWrites = new LastWrites(store, timing, leaveLine, orphans, announce);
    this.admitJobs =
        new AdmitJobs(store, new SetUpSlots(store, config), breakers, wakeUps, timing, announce);
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
    return new SubmitJob(store, accounts, enterLine, keepAnswer, config, timing, announce);
  }

  public AdmitJobs admitJobs() {
    return admitJobs;
  }

  /** The worker, with the pipelines by kind of job. */
  public WorkOnJob workOnJob(Map<String, Pipeline> pipelines, MediaStore media) {
    var runPipeline = new RunPipeline(store, config, timing, media, breakers, orphans);
    return new WorkOnJob(
        store, config, timing, pipelines, runPipeline, lastWrites, wakeUps, announce);
  }
}
