package app.infinitestories.queue.projection;

import static app.infinitestories.platform.firestore.Times.instant;
import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.log.EventLog;
import app.infinitestories.platform.realtime.RealtimeNodes;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Query;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes positions, estimates and load of the queue to the Realtime Database. Reads are bounded by
 * the slots, the first 200 of the line, and one page of what waits deeper, which goes round from
 * run to run.
 */
public final class SyncQueue {
  private static final EventLog LOG = EventLog.of(SyncQueue.class);
  private static final int DEEP_PAGE = 300;
  private static final Duration RECENT = Duration.ofMinutes(3);

  private final Firestore firestore;
  private final RealtimeNodes nodes;
  private final Clock clock;
  private final JobDurations durations;

  /** Pages that go round: the last document seen, by pool and state. */
  private final Map<String, DocumentSnapshot> cursors = new HashMap<>();

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
    long ready =
        line.head.size() < QueueLine.EXACT
            ? line.head.size()
            : QueueLine.count(firestore, pool, "ready");
    if (ready > QueueLine.EXACT) {
      deep(pool, line, estimator, written, load);
    }
    backlog(pool, (int) ready, estimator, written, load);
    parked(pool, now, written, load);

    for (String uid : recentlyFinished(pool, now)) {
      load.computeIfAbsent(uid, missing -> new UserLoad());
    }

    int count = 0;
    for (JobNode node : written) {
      count += nodes.put(node.path(), node.toMap(now), line.seq) ? 1 : 0;
    }
    for (var user : load.entrySet()) {
      nodes.put("queue/users/" + user.getKey(), user.getValue().toMap(now), line.seq);
    }
    long pending =
        ready
            + QueueLine.count(firestore, pool, "backlog")
            + QueueLine.count(firestore, pool, "parked");
    Estimate entering =
        estimator.beyond(
            (int) Math.max(0, ready - line.head.size()), durations.of("video", "medium"), 180);
    nodes.put("queue/system", system(line, pending, entering, now), line.seq);
    LOG.info("queue.synced", "pool", pool, "nodes", count, "pending", pending);
    return count;
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
    DocumentSnapshot after = cursors.getOrDefault(key, line.head.getLast());
    long before =
        after.equals(line.head.getLast())
            ? QueueLine.EXACT
            : on(QueueLine.ready(firestore, pool).endAt(after).count().get()).getCount();
    List<? extends DocumentSnapshot> page =
        on(QueueLine.ready(firestore, pool).startAfter(after).limit(DEEP_PAGE).get())
            .getDocuments();
    int index = (int) before;
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

  /** Jobs behind their own account's window: they enter the line when an earlier one leaves. */
  private void backlog(
      String pool,
      int ready,
      WaitEstimator estimator,
      List<JobNode> written,
      Map<String, UserLoad> load) {
    String key = pool + ":backlog";
    Query query =
        firestore
            .collection("jobs")
            .whereEqualTo("pool", pool)
            .whereEqualTo("state", "backlog")
            .orderBy("uid")
            .orderBy("createdAt");
    DocumentSnapshot after = cursors.get(key);
    List<? extends DocumentSnapshot> page =
        on((after == null ? query : query.startAfter(after)).limit(DEEP_PAGE).get()).getDocuments();
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
        Estimate usual = usual(job);
        // Its turn comes after `rank` of the account's own jobs have gone through the line.
        double wait = rank * (estimator.start() + usual.p50Seconds());
        written.add(
            queued(
                job,
                ready + rank,
                ready + rank <= QueueLine.EXACT,
                new Estimate(
                    wait + usual.p50Seconds(),
                    wait
                        + usual.p50Seconds()
                        + Math.sqrt(rank + 1.0) * (usual.p90Seconds() - usual.p50Seconds()))));
        load(load, job).queued++;
      }
    }
    remember(key, page);
  }

  /** Parked jobs have no place in the line, but a time when they come back. */
  private void parked(String pool, Instant now, List<JobNode> written, Map<String, UserLoad> load) {
    for (DocumentSnapshot job :
        on(firestore
                .collection("jobs")
                .whereEqualTo("pool", pool)
                .whereEqualTo("state", "parked")
                .orderBy("dueAt")
                .limit(DEEP_PAGE)
                .get())
            .getDocuments()) {
      Timestamp due = job.getTimestamp("dueAt");
      double wait = due == null ? 0 : Math.max(0, Duration.between(now, instant(due)).toSeconds());
      Estimate usual = usual(job);
      written.add(
          queued(
              job, null, true, new Estimate(wait + usual.p50Seconds(), wait + usual.p90Seconds())));
      load(load, job).queued++;
    }
  }

  /** Users whose last job may just have ended: their counts go to zero. */
  private List<String> recentlyFinished(String pool, Instant now) {
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
        .map(job -> text(job, "uid"))
        .distinct()
        .toList();
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

    Map<String, @Nullable Object> toMap(Instant now) {
      return Map.of("queued", queued, "running", running, "updatedAt", now.toString());
    }
  }
}
