package app.infinitestories.queue.steps;

import app.infinitestories.jobs.Job;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.provider.Charge;
import app.infinitestories.provider.PaidCall;
import app.infinitestories.provider.ProviderException;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.admission.Breakers;
import app.infinitestories.queue.lane.Lane;
import app.infinitestories.queue.lane.LeaseLost;
import app.infinitestories.queue.lane.SlotNotes;
import com.google.cloud.Timestamp;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What all branches of one run share. */
final class RunState {
  private static final EventLog LOG = EventLog.of(StepEngine.class);
  private static final int LARGEST_RESULT_BYTES = 100_000;
  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(60);
  private static final Duration SHORTEST_BACK_OFF = Duration.ofMillis(200);
  private static final Duration FIRST_PARK = Duration.ofMinutes(2);
  private static final Duration LONGEST_PARK = Duration.ofMinutes(30);

  private final Job job;
  private final String pool;
  private final int parks;
  private final QueueConfig config;
  private final Timing timing;
  private final Lane lane;
  private final StepLedger ledger;
  private final Budget budget;
  private final Progress progress;
  private final SlotNotes notes;
  private final Uploads uploads;
  private final Breakers breakers;
  private final Orphans orphans;
  private final Consumer<Timestamp> onStepDone;
  private final Semaphore permits;
  private final Set<String> submitting = ConcurrentHashMap.newKeySet();
  private final long startedNanos;

  RunState(
      Job job,
      String pool,
      int parks,
      QueueConfig config,
      Timing timing,
      Lane lane,
      StepLedger ledger,
      Progress progress,
      SlotNotes notes,
      Uploads uploads,
      Breakers breakers,
      Orphans orphans,
      Consumer<Timestamp> onStepDone) {
    this.job = job;
    this.pool = pool;
    this.parks = parks;
    this.config = config;
    this.timing = timing;
    this.lane = lane;
    this.ledger = ledger;
    this.budget = new Budget(config.costCapUsd(), ledger);
    this.progress = progress;
    this.notes = notes;
    this.uploads = uploads;
    this.breakers = breakers;
    this.orphans = orphans;
    this.onStepDone = onStepDone;
    this.permits = new Semaphore(config.callsAtOnce());
    this.startedNanos = timing.nanos();
  }

  Job job() {
    return job;
  }

  QueueConfig config() {
    return config;
  }

  Timing timing() {
    return timing;
  }

  Lane lane() {
    return lane;
  }

  StepLedger ledger() {
    return ledger;
  }

  Budget budget() {
    return budget;
  }

  Progress progress() {
    return progress;
  }

  SlotNotes notes() {
    return notes;
  }

  EventLog log() {
    return LOG;
  }

  /** Work of one step. */
  interface StepWork<T> {
    T run() throws ProviderException, IOException;
  }

  /** Works beside other steps of the job, as many as are allowed at once. */
  <T> T beside(StepWork<T> work) throws ProviderException, IOException {
    permits.acquireUninterruptibly();
    try {
      return work.run();
    } finally {
      permits.release();
    }
  }

  boolean isOverBudget() {
    return timing.since(startedNanos).compareTo(config.runBudget()) > 0;
  }

  /** Whether one more task may go to a provider. */
  boolean hasRoom() {
    return ledger.submitted() + submitting.size() < config.clipsAtOnce();
  }

  /** Takes the place of one task, or waits for those under way. */
  synchronized void takeRoom(String key) {
    if (!hasRoom()) {
      throw new WaitUntil(nextPoll(), true);
    }
    submitting.add(key);
  }

  void giveRoom(String key) {
    submitting.remove(key);
  }

  /** About one poll interval from now; tasks of many jobs must not fall into step. */
  Instant nextPoll() {
    long interval = config.pollInterval().toMillis();
    long jitter = timing.random().nextLong(Math.max(1, interval / 5));
    return timing.now().plusMillis(interval - interval / 10 + jitter);
  }

  StepRecord intent(String key, PaidCall call, int losses) {
    Optional<StepRecord> before = ledger.find(key);
    List<Charge> earlier = before.isPresent() ? before.get().charges() : List.of();
    return StepRecord.absent(key, lane.fence(), job.round()).intended(call, losses, earlier);
  }

  /** An open breaker: nobody calls, the job parks until it may close again. */
  void checkBreaker(PaidCall call) {
    Optional<Instant> open = breakers.openUntil(call.provider(), call.model());
    if (open.isPresent()) {
      throw new ParkUntil(open.get(), "breaker open: " + call.provider());
    }
  }

  void worked(PaidCall call) {
    breakers.worked(call.provider(), call.model());
  }

  /** A provider is busy: its breaker hears of it, and the job backs off. */
  RuntimeException busy(ProviderException.Busy e) {
    breakers.wasBusy(e.provider(), e.model(), pool, e.retryAfter());
    return backOff(e.retryAfter().orElse(SHORTEST_BACK_OFF), e.provider() + " is busy");
  }

  /** Backs off for at least that time: with the slot while it is short, parked beyond. */
  RuntimeException backOff(Duration atLeast, String why) {
    Instant now = timing.now();
    SlotNotes.Busy busy = notes.busy(now);
    Duration pause = timing.jitter(FIRST_BACK_OFF, busy.tries(), LONGEST_BACK_OFF);
    Instant until = now.plus(pause.compareTo(atLeast) > 0 ? pause : atLeast);
    if (until.isBefore(busy.since().plus(config.busyPatience()))) {
      return new WaitUntil(until, false);
    }
    Instant parked = now.plus(parkTime());
    return new ParkUntil(parked.isAfter(until) ? parked : until, why);
  }

  /** Longer with each time that brought nothing, and never in step with other jobs. */
  Duration parkTime() {
    Duration most = timing.jitter(FIRST_PARK, parks, LONGEST_PARK);
    return FIRST_PARK.dividedBy(2).plus(most);
  }

  /** Records the end of a step, tells of it, and keeps its media. */
  void finished(StepRecord step) {
    if (step.state() == StepRecord.State.DONE) {
      // Counted before it is written: the same batch carries the progress of all that share it.
      notes.done(progress.percent(ledger.countDone(step.key())));
    }
    Timestamp at = ledger.write(step);
    uploads.recorded(step.key());
    LOG.info("step." + step.state().word(), "job", job.id(), "step", step.key());
    onStepDone.accept(at);
  }

  void preview(int scene, String path) {
    if (notes.preview(scene, path) && lane.isStarted()) {
      lane.beatNow();
      onStepDone.accept(lane.lastCommit());
    }
  }

  void upload(String key, String path, byte[] bytes, String contentType) {
    lane.start();
    uploads.put(key, path, bytes, contentType);
    if (lane.isLost()) {
      throw new LeaseLost("lost while uploading");
    }
  }

  /** Large results lie in Storage; the path, or null when the text fits into the step. */
  @Nullable String storeLarge(String key, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= LARGEST_RESULT_BYTES) {
      return null;
    }
    String path = "jobs/" + job.id() + "/work/" + key + ".json";
    upload(key, path, bytes, "application/json");
    return path;
  }

  String resultText(StepRecord step) {
    if (step.result() != null) {
      return step.result();
    }
    String path = step.resultPath();
    if (path == null) {
      throw new IllegalStateException("step " + step.key() + " is done without a result");
    }
    return new String(uploads.read(path), StandardCharsets.UTF_8);
  }

  /**
   * What was paid or sent, and has no owner any more.
   *
   * @param usd what it cost beyond what the step's own record says
   */
  void orphan(StepRecord step, BigDecimal usd) {
    orphans.add(job.id(), step, usd);
  }
}
