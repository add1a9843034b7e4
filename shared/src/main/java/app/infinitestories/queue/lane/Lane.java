package app.infinitestories.queue.lane;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.platform.firestore.FirestoreTimeout;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.queue.JobState;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.QueuedJob;
import app.infinitestories.queue.Slot;
import app.infinitestories.queue.Timing;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.WriteBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * All writes of one run, one batch after the other. Each batch changes the slot under its update
 * time, which proves that the run still has the lease and renews it. Writes that arrive side by
 * side share a batch. The run starts with its first write: one that only looks changes no state.
 */
public final class Lane implements AutoCloseable {
  private static final EventLog LOG = EventLog.of(Lane.class);
  private static final int GROUP = 40;
  private static final int TRIES = 8;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(30);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final QueueStore store;
  private final QueueConfig config;
  private final Timing timing;
  private final QueuedJob job;
  private final SlotNotes notes;
  private final String claim;
  private final Runnable onStart;
  private final ConcurrentLinkedQueue<Pending> pending = new ConcurrentLinkedQueue<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final CountDownLatch closed = new CountDownLatch(1);

  // Guarded by the lock; read without it only as a hint.
  private Slot slot;
  private volatile boolean started;
  private volatile boolean finished;
  private volatile @Nullable LeaseLost lost;
  private volatile long sentNanos;
  private volatile Timestamp lastCommit;

  /**
   * A lane for a job that waits with that slot.
   *
   * @param onStart called once the run has started, with the time of {@link #lastCommit}
   */
  public Lane(
      QueueStore store,
      QueueConfig config,
      Timing timing,
      QueuedJob job,
      Slot slot,
      SlotNotes notes,
      Runnable onStart) {
    this.store = store;
    this.config = config;
    this.timing = timing;
    this.job = job;
    this.slot = slot;
    this.notes = notes;
    this.onStart = onStart;
    this.claim = store.newId();
    this.sentNanos = timing.nanos();
    this.lastCommit = slot.updateTime();
  }

  private static final class Pending {
    private final LaneWrite write;
    private final boolean last;
    private final boolean needsStart;
    private @Nullable Timestamp at;
    private @Nullable RuntimeException failure;

    Pending(LaneWrite write, boolean last, boolean needsStart) {
      this.write = write;
      this.last = last;
      this.needsStart = needsStart;
    }

    boolean isDone() {
      return at != null || failure != null;
    }

    Timestamp result() {
      if (at != null) {
        return at;
      }
      throw failure == null ? new IllegalStateException("not done") : failure;
    }
  }

  /** The fence under which this run writes. */
  public long fence() {
    return job.fence() + 1;
  }

  /** Whether the run has started, that is written anything. */
  public boolean isStarted() {
    return started;
  }

  /** The commit time of the newest accepted batch. */
  public Timestamp lastCommit() {
    return lastCommit;
  }

  /** The slot's beat after the newest accepted batch: what the next task must carry. */
  public long beat() {
    return slot.beat();
  }

  /**
   * Writes, and returns the commit time.
   *
   * @throws LeaseLost when the job is no longer this run's; then nothing was written
   */
  public Timestamp write(LaneWrite write) {
    return submit(new Pending(write, false, true));
  }

  /** Writes for the last time: the run is over, with or without the slot. */
  public Timestamp finish(LaneWrite write) {
    return submit(new Pending(write, true, true));
  }

  /** Nothing has happened: writes into the slot only, without having started. */
  public Timestamp finishUnstarted(LaneWrite write) {
    return submit(new Pending(write, true, false));
  }

  /** Makes sure that the job is this run's. */
  public void start() {
    if (!started) {
      lock.lock();
      try {
        begin();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * To be asked before each call of a provider: is the lease still young? If not it is renewed
   * first, so a run without a lease never gets to a paid call.
   */
  public void mayCall() {
    LeaseLost gone = lost;
    if (gone != null) {
      throw gone;
    }
    if (started && timing.since(sentNanos).compareTo(config.quiet()) > 0) {
      write(new Beat());
    }
  }

  /** Says that the run lives; what the beat thread does after each silence. */
  public void beatNow() {
    write(new Beat());
  }

  /** Why the lease is lost, if it is. */
  public boolean isLost() {
    return lost != null;
  }

  /** Stops the beats. The slot is not touched: that is the job of the last write. */
  @Override
  public void close() {
    closed.countDown();
  }

  /** Gives back a slot that was revoked while this run had it. */
  public void freeIfRevoked() {
    Slot now = Slot.of(on(slot.ref().get()));
    if (now.revoked() && claim.equals(now.claim())) {
      String commitId = store.newId();
      WriteBatch batch = store.batch();
      batch.update(
          now.ref(),
          Slot.freed(now.beat() + 1, commitId),
          Precondition.updatedAt(now.updateTime()));
      Commits.commit(batch, now.ref(), commitId);
    }
  }

  private Timestamp submit(Pending mine) {
    pending.add(mine);
    lock.lock();
    try {
      while (!mine.isDone()) {
        drain();
      }
    } finally {
      lock.unlock();
    }
    return mine.result();
  }

  private void drain() {
    var group = new ArrayList<Pending>();
    for (Pending next = pending.poll(); next != null; next = pending.poll()) {
      group.add(next);
      if (group.size() == GROUP || next.last) {
        break;
      }
    }
    try {
      LeaseLost gone = lost;
      if (finished || gone != null) {
        throw gone == null ? new LeaseLost("the run is over") : gone;
      }
      if (group.stream().anyMatch(p -> p.needsStart)) {
        begin();
      }
      commit(group);
    } catch (LeaseLost e) {
      if (!finished) {
        lost = e;
      }
      group.stream().filter(p -> !p.isDone()).forEach(p -> p.failure = e);
    } catch (RuntimeException e) {
      // Whatever it is, each waiting branch must hear of it.
      group.stream().filter(p -> !p.isDone()).forEach(p -> p.failure = e);
    }
  }

  /** Start: of two copies of a task one wins. */
  private void begin() {
    if (started) {
      return;
    }
    LeaseLost gone = lost;
    if (gone != null) {
      throw gone;
    }
    for (int tries = 0; ; tries++) {
      String commitId = store.newId();
      WriteBatch batch = store.batch();
      Map<String, @Nullable Object> running = new HashMap<>();
      running.put("state", JobState.RUNNING.word());
      running.put("fence", fence());
      running.put("commitId", commitId);
      if (job.startedAt() == null) {
        running.put("startedAt", timestamp(timing.now()));
      }
      Map<String, @Nullable Object> held = new HashMap<>(notes.fields());
      held.put("claim", claim);
      held.put("fence", fence());
      held.put("beat", slot.beat() + 1);
      held.put("pollAt", null);
      held.put("commitId", commitId);
      batch.update(slot.ref(), held, Precondition.updatedAt(slot.updateTime()));
      batch.update(job.ref(), running);
      long sent = timing.nanos();
      switch (Commits.commit(batch, slot.ref(), commitId)) {
        case Commits.Outcome.Applied applied -> {
          started = true;
          accepted(sent, commitId, applied.at());
          beatInBackground();
          LOG.info("job.started", "job", job.id(), "slot", slot.id(), "fence", fence());
          onStart.run();
          return;
        }
        case Commits.Outcome.Refused refused -> {
          Slot now = Slot.of(on(slot.ref().get()));
          boolean untouched =
              now.beat() == slot.beat() && job.id().equals(now.jobId()) && !now.revoked();
          if (!untouched || tries == TRIES) {
            lost = new LeaseLost("somebody else started it");
            throw lost;
          }
          slot = now;
        }
      }
    }
  }

  private void commit(List<Pending> group) {
    for (int tries = 0; ; tries++) {
      String commitId = store.newId();
      WriteBatch batch = store.batch();
      Map<String, @Nullable Object> fields = new HashMap<>(notes.fields());
      fields.put("beat", slot.beat() + 1);
      fields.put("commitId", commitId);
      for (Pending p : group) {
        fields.putAll(p.write.slotFields(slot.beat() + 1, commitId));
      }
      batch.update(slot.ref(), fields, Precondition.updatedAt(slot.updateTime()));
      try {
        for (Pending p : group) {
          p.write.addTo(batch, commitId);
        }
        long sent = timing.nanos();
        Timestamp at = Commits.latest(on(batch.commit()));
        accepted(sent, commitId, at);
        done(group, at);
        return;
      } catch (FirestoreException e) {
        if (!Commits.isDoubtful(e)) {
          oneByOne(group, e);
          return;
        }
        LOG.info("lane.refused", "job", job.id(), "status", e.getStatus(), "tries", tries);
        if (settled(group, commitId)) {
          return;
        }
        if (tries == TRIES) {
          oneByOne(group, e);
          return;
        }
      } catch (FirestoreTimeout e) {
        if (settled(group, commitId)) {
          return;
        }
        if (tries == TRIES) {
          throw e;
        }
      }
      timing.pause().sleep(timing.jitter(FIRST_PAUSE, tries, LONGEST_PAUSE));
    }
  }

  /**
   * After a refusal: true when the batch is in all the same. False when it is not, but the lease is
   * still ours: the slot's new update time is taken and the caller repeats.
   */
  private boolean settled(List<Pending> group, String commitId) {
    Slot now = Slot.of(on(slot.ref().get()));
    if (commitId.equals(now.commitId())) {
      slot = now;
      done(group, now.updateTime());
      return true;
    }
    boolean isIn = group.stream().anyMatch(p -> isProven(p.write.proof(), commitId));
    if (isIn) {
      done(group, lastCommit);
    }
    String holder = started ? claim : slot.claim();
    if (now.revoked() || now.claim() == null || !now.claim().equals(holder)) {
      var gone = new LeaseLost(now.revoked() ? "revoked" : "taken away");
      if (!isIn) {
        throw gone;
      }
      // This batch came in before the lease went; nothing may follow it, on no account under the
      // slot's present update time: that is somebody else's.
      lost = finished ? null : gone;
    } else {
      slot = now;
    }
    return isIn;
  }

  private boolean isProven(DocumentReference document, String commitId) {
    if (document.equals(slot.ref())) {
      return false;
    }
    DocumentSnapshot proof = on(document.get());
    boolean proven = proof.exists() && commitId.equals(proof.getString("commitId"));
    if (proven) {
      lastCommit = Commits.updateTime(proof);
    }
    return proven;
  }

  /** One of them cannot be written at all: the others must not suffer from it. */
  private void oneByOne(List<Pending> group, FirestoreException e) {
    if (group.size() == 1) {
      throw e;
    }
    for (Pending p : group) {
      try {
        commit(List.of(p));
      } catch (FirestoreException alone) {
        p.failure = alone;
      }
    }
  }

  private void accepted(long sent, String commitId, Timestamp at) {
    sentNanos = sent;
    lastCommit = at;
    slot = slot.written(started ? claim : slot.claim(), commitId, at);
  }

  private void done(List<Pending> group, Timestamp at) {
    lastCommit = at;
    for (Pending p : group) {
      p.at = at;
      if (p.last) {
        finished = true;
        closed.countDown();
      }
    }
  }

  private void beatInBackground() {
    Thread.ofVirtual().name("beat-" + job.id()).start(this::beatUntilClosed);
  }

  private void beatUntilClosed() {
    try {
      while (!closed.await(config.beat().toMillis() / 4 + 1, TimeUnit.MILLISECONDS)) {
        if (timing.since(sentNanos).compareTo(config.beat()) >= 0) {
          tryBeat();
        }
      }
    } catch (LeaseLost e) {
      LOG.info("beat.ended", "job", job.id(), "why", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tryBeat() {
    try {
      beatNow();
    } catch (FirestoreException | FirestoreTimeout e) {
      // The next beat or write finds out whether the lease is still there.
      LOG.error("beat.failed", e, "job", job.id());
    }
  }

  /** Nothing but the slot's own beat. */
  private final class Beat implements LaneWrite {
    @Override
    public void addTo(WriteBatch batch, String commitId) {}

    @Override
    public DocumentReference proof() {
      return slot.ref();
    }
  }
}
