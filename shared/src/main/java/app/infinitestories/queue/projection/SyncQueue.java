package app.infinitestories.queue.projection;

import static app.infinitestories.platform.firestore.Times.instant;
import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.log.EventLog;
import app.infinitestories.platform.realtime.RealtimeNodes;
import app.infinitestories.queue.Estimate;
import app.infinitestories.queue.JobError;
import app.infinitestories.queue.JobState;
import app.infinitestories.queue.QueuedJob;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldMask;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Query;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes positions, estimates and load of the queue to the Realtime Database. Reads are bounded by
 * the slots, the first 200 of the line, and one page of what waits deeper, which goes round from
 * run to run.
 */
public final class SyncQueue {
  private static final EventLog LOG = EventLog.of(SyncQueue.class);
  private static final int DEEP_PAGE = 300;
  private static final int WRITES_AT_ONCE = 32;
  private static final Duration RECENT = Duration.ofMinutes(3);

  private final Firestore firestore;
  private final RealtimeNodes nodes;
  private final Clock clock;
  private final JobDurations durations;

  /** Pages that go round: the last document seen, by pool and state. */
  private final Map<String, DocumentSnapshot> cursors = new HashMap<>();

  /** By pool, users who were told of jobs: who has none left is told that. */
  private final Map<String, Set<String>> told = new HashMap<>();

  /**
   * @param defaults usual slot times by {@code kind:length}, until enough jobs were finished
   */
  public SyncQueue(
      Firestore firestore, RealtimeNodes nodes, Clock clock, Map<String, Estimate> defaults) {
    this.firestore = firestore;
    this.nodes = nodes;
    this.clock = clock;
    this.durations = new JobDurations(firestore, defaults);
  }

  /** Projects one pool. Returns how many nodes were written. */
  public synchronized int run(String pool) {
    durations.learn();
    QueueLine line = QueueLine.read(firestore, pool);
    Instant now = clock.instant();
    var written = new ArrayList<JobNode>();
    var load = new TreeMap<String, UserLoad>();

    var ends = new ArrayList<Double>();
    for (DocumentSnapshot slot : line.slots) {
      running(slot, line, ends, written, load);
    }
    var estimator = new WaitEstimator(ends);
    int position = 0;
    for (DocumentSnapshot job : line.head) {
      position++;
      written.add(queued(job, position, true, estimator.next(usual(job))));
      load(load, job).queued++;
    }
    int ready =
        line.head.size() < QueueLine.EXACT
            ? line.head.size()
            : (int) QueueLine.count(firestore, pool, "ready");
    boolean whole = ready == line.head.size();
    if (!whole) {
      deep(pool, line, estimator, written, load);
    }
    Estimate usual = durations.of("video", "medium");
    double entering = estimator.startBehind(ready - line.head.size(), usual.p50Seconds());
    whole &= backlog(pool, ready, entering, written, load);
    whole &= parked(pool, now, written, load);

    List<QueuedJob> ended = recentlyEnded(pool, now);
    ended.forEach(job -> written.add(ended(job)));
    writeAll(written, now, line.seq);
    writeLoads(pool, load, ended, whole, now, line.seq);
    long pending =
        ready
            + QueueLine.count(firestore, pool, "backlog")
            + QueueLine.count(firestore, pool, "parked");
    Estimate eta = estimator.beyond(ready - line.head.size(), usual, usual.p50Seconds());
    nodes.put("queue/system", system(line, pending, eta, now), line.seq);
    LOG.info("queue.synced", "pool", pool, "nodes", written.size(), "pending", pending);
    return written.size();
  }

  /** Many at a time: each one is a transaction of two round trips. */
  private void writeAll(List<JobNode> written, Instant now, long seq) {
    sideBySide(written, node -> nodes.put(node.path(), node.toMap(now), seq));
  }

  /**
   * Tells the users how much they have in the queue: those who were met in this run, those whose
   * jobs have just ended, and those who were told of some before.
   *
   * @param whole whether everything that waits was read: then what was met is all there is,
   *     otherwise each one's account knows
   */
  private void writeLoads(
      String pool,
      Map<String, UserLoad> load,
      List<QueuedJob> ended,
      boolean whole,
      Instant now,
      long seq) {
    var users = new TreeSet<>(load.keySet());
    ended.forEach(job -> users.add(job.uid()));
    users.addAll(withAccount(told.getOrDefault(pool, Set.of()), users));
    var loads = new TreeMap<String, UserLoad>();
    users.forEach(uid -> loads.put(uid, load.getOrDefault(uid, new UserLoad())));
    if (!whole && !loads.isEmpty()) {
      DocumentReference[] accounts =
          loads.keySet().stream()
              .map(uid -> firestore.collection("accounts").document(uid))
              .toArray(DocumentReference[]::new);
      for (DocumentSnapshot account :
          on(firestore.getAll(accounts, FieldMask.of(FieldPath.of("lines", pool))))) {
        Objects.requireNonNull(loads.get(account.getId())).queuedOf(account, pool);
      }
    }
    sideBySide(
        loads.entrySet(),
        user -> nodes.put("queue/users/" + user.getKey(), user.getValue().toMap(now), seq));
    loads.values().removeIf(UserLoad::isEmpty);
    told.put(pool, Set.copyOf(loads.keySet()));
  }

  /**
   * Of the users who were told of jobs before and have none now, those who still are users: a node
   * that was deleted with its user must not come back.
   */
  private Set<String> withAccount(Set<String> earlier, Set<String> met) {
    DocumentReference[] accounts =
        earlier.stream()
            .filter(uid -> !met.contains(uid))
            .map(uid -> firestore.collection("accounts").document(uid))
            .toArray(DocumentReference[]::new);
    if (accounts.length == 0) {
      return Set.of();
    }
    return on(firestore.getAll(accounts, FieldMask.of("closing"))).stream()
        .filter(account -> account.exists() && !Boolean.TRUE.equals(account.getBoolean("closing")))
        .map(DocumentSnapshot::getId)
        .collect(Collectors.toSet());
  }

  /** Does it for each, some at a time; the first failure is thrown once all have ended. */
  private static <T> void sideBySide(Collection<T> all, Consumer<T> work) {
    var room = new Semaphore(WRITES_AT_ONCE);
    var running = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (T one : all) {
        running.add(
            threads.submit(() -> {
              room.acquireUninterruptibly();
              try {
                work.accept(one);
              } finally {
                room.release();
              }
            }));
      }
    }
    for (Future<?> one : running) {
      if (one.state() == Future.State.FAILED) {
        throw one.exceptionNow() instanceof RuntimeException e
            ? e
            : new IllegalStateException(one.exceptionNow());
      }
    }
  }

  private void running(
      DocumentSnapshot slot,
      QueueLine line,
      List<Double> ends,
      List<JobNode> written,
      Map<String, UserLoad> load) {
    String jobId = slot.getString("jobId");
    DocumentSnapshot job = jobId == null ? null : line.onSlots.get(jobId);
    if (job == null || !"running".equals(JobNode.publicState(state(job)))) {
      if (!Boolean.TRUE.equals(slot.getBoolean("drained"))) {
        ends.add(0.0);
      }
      return;
    }
    int progress = number(slot, "progress");
    Estimate left = usual(job).remaining(progress / 100.0);
    ends.add(left.p50Seconds());
    written.add(
        new JobNode(
            text(job, "uid"),
            job.getId(),
            "running",
            slot.getString("step"),
            progress,
            null,
            true,
            left,
            null,
            null,
            null));
    load(load, job).running++;
  }

  /** The page of the line that is due, in buckets: the deeper, the coarser. */
  private void deep(
      String pool,
      QueueLine line,
      WaitEstimator estimator,
      List<JobNode> written,
      Map<String, UserLoad> load) {
    String key = pool + ":ready";
    DocumentSnapshot head = line.head.getLast();
    DocumentSnapshot after = cursors.getOrDefault(key, head);
    if (turn(after) <= turn(head)) {
      after = head; // the line has moved up since: the page would lie within the exact ones
    }
    long before =
        after.equals(head)
            ? QueueLine.EXACT
            : on(QueueLine.ready(firestore, pool).endAt(after).count().get()).getCount();
    List<? extends DocumentSnapshot> page =
        on(QueueLine.ready(firestore, pool).startAfter(after).limit(DEEP_PAGE).get())
            .getDocuments();
    int index = (int) Math.max(before, QueueLine.EXACT);
    for (DocumentSnapshot job : page) {
      index++;
      Estimate usual = usual(job);
      written.add(
          queued(
              job,
              bucket(index),
              false,
              estimator.beyond(index - QueueLine.EXACT, usual, usual.p50Seconds())));
      load(load, job).queued++;
    }
    remember(key, page);
  }

  /**
   * Jobs behind their own account's window: they enter the line when an earlier one leaves. True
   * when these are all of the backlog.
   *
   * @param entering in how many seconds a job that entered the line now would start
   */
  private boolean backlog(
      String pool, int ready, double entering, List<JobNode> written, Map<String, UserLoad> load) {
    String key = pool + ":backlog";
    Query query =
        firestore
            .collection("jobs")
            .whereEqualTo("pool", pool)
            .whereEqualTo("state", "backlog")
            .orderBy("uid")
            .orderBy("createdAt");
    DocumentSnapshot after = cursors.get(key);
    List<DocumentSnapshot> page =
        wholeUsers(
            on((after == null ? query : query.startAfter(after)).limit(DEEP_PAGE).get())
                .getDocuments());
    var byUser = new TreeMap<String, List<DocumentSnapshot>>();
    for (DocumentSnapshot job : page) {
      byUser.computeIfAbsent(text(job, "uid"), uid -> new ArrayList<>()).add(job);
    }
    for (List<DocumentSnapshot> own : byUser.values()) {
      own.sort(
          Comparator.comparingInt((DocumentSnapshot job) -> -number(job, "priority"))
              .thenComparing(job -> Objects.requireNonNull(job.getTimestamp("createdAt"))));
      int rank = 0;
      for (DocumentSnapshot job : own) {
        rank++;
        written.add(behind(job, ready + rank, rank, entering));
        load(load, job).queued++;
      }
    }
    boolean last = byUser.isEmpty() || isLastPage(page, query);
    if (last) {
      cursors.remove(key);
    } else {
      cursors.put(key, page.getLast());
    }
    return last && after == null;
  }

  private JobNode behind(DocumentSnapshot job, int position, int rank, double entering) {
    Estimate usual = usual(job);
    // Its turn comes after `rank` of the account's own jobs have gone through the line.
    double p50 = rank * (entering + usual.p50Seconds()) + usual.p50Seconds();
    double spread = Math.sqrt(rank + 1.0) * (usual.p90Seconds() - usual.p50Seconds());
    boolean exact = position <= QueueLine.EXACT;
    return queued(job, exact ? position : bucket(position), exact, new Estimate(p50, p50 + spread));
  }

  /** A full page without the last user's jobs, of which some may lie on the next one. */
  private static List<DocumentSnapshot> wholeUsers(List<? extends DocumentSnapshot> page) {
    if (page.size() < DEEP_PAGE) {
      return List.copyOf(page);
    }
    String last = text(page.getLast(), "uid");
    return page.stream()
        .filter(job -> !text(job, "uid").equals(last))
        .map(DocumentSnapshot.class::cast)
        .toList();
  }

  private static boolean isLastPage(List<DocumentSnapshot> page, Query query) {
    return on(query.startAfter(page.getLast()).limit(1).get()).isEmpty();
  }

  /**
   * Parked jobs have no place in the line, but a time when they come back. True when these are all.
   */
  private boolean parked(
      String pool, Instant now, List<JobNode> written, Map<String, UserLoad> load) {
    List<? extends DocumentSnapshot> page =
        on(firestore
                .collection("jobs")
                .whereEqualTo("pool", pool)
                .whereEqualTo("state", "parked")
                .orderBy("dueAt")
                .limit(DEEP_PAGE)
                .get())
            .getDocuments();
    for (DocumentSnapshot job : page) {
      Timestamp due = job.getTimestamp("dueAt");
      double wait = due == null ? 0 : Math.max(0, Duration.between(now, instant(due)).toSeconds());
      Estimate usual = usual(job);
      written.add(
          queued(
              job, null, true, new Estimate(wait + usual.p50Seconds(), wait + usual.p90Seconds())));
      load(load, job).queued++;
    }
    return page.size() < DEEP_PAGE;
  }

  /**
   * Jobs that have just ended: their users' counts may go to zero, and their own last word may have
   * been lost on the way.
   */
  private List<QueuedJob> recentlyEnded(String pool, Instant now) {
    return on(
            firestore
                .collection("jobs")
                .whereEqualTo("pool", pool)
                .whereGreaterThan("finishedAt", timestamp(now.minus(RECENT)))
                .orderBy("finishedAt", Query.Direction.DESCENDING)
                .limit(QueueLine.EXACT)
                .get())
        .getDocuments()
        .stream()
        .map(QueuedJob::of)
        .flatMap(Optional::stream)
        .filter(job -> job.state().isFinished())
        .toList();
  }

  private static JobNode ended(QueuedJob job) {
    boolean succeeded = job.state() == JobState.SUCCEEDED;
    JobError error = job.error();
    return new JobNode(
        job.uid(),
        job.id(),
        job.state().shown(),
        job.step(),
        succeeded ? 100 : job.progress(),
        null,
        true,
        null,
        null,
        error == null ? null : error.code(),
        succeeded ? job.id() : null);
  }

  private void remember(String key, List<? extends DocumentSnapshot> page) {
    if (page.size() < DEEP_PAGE) {
      cursors.remove(key);
    } else {
      cursors.put(key, page.getLast());
    }
  }

  private JobNode queued(
      DocumentSnapshot job, @Nullable Integer position, boolean exact, Estimate eta) {
    return new JobNode(
        text(job, "uid"),
        job.getId(),
        "queued",
        null,
        number(job, "progress"),
        position,
        exact,
        eta,
        null,
        null,
        null);
  }

  private Estimate usual(DocumentSnapshot job) {
    return durations.of(text(job, "kind"), text(job, "length"));
  }

  private Map<String, @Nullable Object> system(
      QueueLine line, long pending, Estimate entering, Instant now) {
    long running =
        line.onSlots.values().stream()
            .filter(job -> "running".equals(JobNode.publicState(state(job))))
            .count();
    var node = new HashMap<String, @Nullable Object>();
    node.put("pending", pending);
    node.put("running", running);
    node.put("capacity", line.capacity());
    node.put("etaP50Seconds", Math.round(entering.p50Seconds()));
    node.put("etaP90Seconds", Math.round(entering.p90Seconds()));
    node.put("updatedAt", now.toString());
    return node;
  }

  /** The upper end of the bucket of a position past the exact ones: 300, 500, 1,000, 2,000 … */
  static int bucket(int position) {
    int end = 300;
    int[] growth = {500, 1_000};
    for (int next : growth) {
      if (position <= end) {
        return end;
      }
      end = next;
    }
    while (position > end) {
      end *= 2;
    }
    return end;
  }

  private static UserLoad load(Map<String, UserLoad> load, DocumentSnapshot job) {
    return load.computeIfAbsent(text(job, "uid"), uid -> new UserLoad());
  }

  private static long turn(DocumentSnapshot job) {
    return job.get("turn") instanceof Number turn ? turn.longValue() : 0;
  }

  private static String state(DocumentSnapshot job) {
    return text(job, "state");
  }

  private static String text(DocumentSnapshot document, String field) {
    return Objects.requireNonNull(document.getString(field), field);
  }

  private static int number(DocumentSnapshot document, String field) {
    Object value = document.get(field);
    return value instanceof Number number ? number.intValue() : 0;
  }

  /** What one user has in the queue. */
  private static final class UserLoad {
    private int queued;
    private int running;

    boolean isEmpty() {
      return queued == 0 && running == 0;
    }

    /** What the account holds in the line and behind it, less what is being made. */
    void queuedOf(DocumentSnapshot account, String pool) {
      long held = held(account, pool, "active") + held(account, pool, "backlog");
      queued = (int) Math.max(0, held - running);
    }

    private static long held(DocumentSnapshot account, String pool, String field) {
      return account.get(FieldPath.of("lines", pool, field)) instanceof Number number
          ? number.longValue()
          : 0;
    }

    Map<String, @Nullable Object> toMap(Instant now) {
      return Map.of("queued", queued, "running", running, "updatedAt", now.toString());
    }
  }
}
