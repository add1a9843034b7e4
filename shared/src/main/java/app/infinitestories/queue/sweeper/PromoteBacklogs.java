package app.infinitestories.queue.sweeper;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.accounts.Account;
import app.infinitestories.accounts.AccountChange;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.accounts.Line;
import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.queue.AnnounceChanges;
import app.infinitestories.queue.JobState;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.QueuedJob;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.WakeUps;
import app.infinitestories.queue.line.EnterLine;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import com.google.cloud.firestore.WriteBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Moves up the backlog of accounts that have a free place all the same, for example after a change
 * of tier. Looks at a page of accounts with a backlog each time, and goes round.
 */
public final class PromoteBacklogs {
  private static final int PAGE = 200;

  private final QueueStore store;
  private final Accounts accounts;
  private final EnterLine line;
  private final QueueConfig config;
  private final Timing timing;
  private final WakeUps wakeUps;
  private final AnnounceChanges announce;
  private final Map<String, QueryDocumentSnapshot> lastSeen = new ConcurrentHashMap<>();

  public PromoteBacklogs(
      QueueStore store,
      Accounts accounts,
      EnterLine line,
      QueueConfig config,
      Timing timing,
      WakeUps wakeUps,
      AnnounceChanges announce) {
    this.store = store;
    this.accounts = accounts;
    this.line = line;
    this.config = config;
    this.timing = timing;
    this.wakeUps = wakeUps;
    this.announce = announce;
  }

  /** Says how many jobs moved up. */
  public int run() {
    return config.slots().keySet().stream().mapToInt(this::run).sum();
  }

  private int run(String pool) {
    Query query =
        store
            .collection("accounts")
            .whereGreaterThan(FieldPath.of("lines", pool, "backlog"), 0L)
            .orderBy(FieldPath.of("lines", pool, "backlog"))
            .limit(PAGE);
    QueryDocumentSnapshot after = lastSeen.get(pool);
    List<QueryDocumentSnapshot> page =
        on((after == null ? query : query.startAfter(after)).get()).getDocuments();
    if (page.size() < PAGE) {
      lastSeen.remove(pool);
    } else {
      lastSeen.put(pool, page.getLast());
    }
    int moved = 0;
    for (QueryDocumentSnapshot document : page) {
      Optional<Account> account = accounts.parse(document);
      while (account.isPresent() && moveUp(account.get(), pool)) {
        moved++;
        account = accounts.read(document.getId());
      }
    }
    return moved;
  }

  private boolean moveUp(Account account, String pool) {
    Line place = account.line(pool);
    if (place.backlog() == 0 || place.active() >= line.window(account)) {
      return false;
    }
    Optional<QueuedJob> next = store.nextOfBacklog(account.uid(), pool);
    if (next.isEmpty()) {
      return false;
    }
    QueuedJob job = next.get();
    var change = new AccountChange(account, timing.now());
    long turn = line.moveUp(change, account, config.kind(job.kind()), job.length());
    String commitId = store.newId();
    Map<String, @Nullable Object> ready = new HashMap<>();
    ready.put("state", JobState.READY.word());
    ready.put("turn", turn);
    ready.put("readyAt", timestamp(timing.now()));
    ready.put("commitId", commitId);
    WriteBatch batch = store.batch();
    batch.update(job.ref(), ready, Precondition.updatedAt(job.updateTime()));
    change.addTo(batch, accounts.ref(account.uid()), commitId);
    return switch (Commits.commit(batch, job.ref(), commitId)) {
      case Commits.Outcome.Applied applied -> {
        announce.changed(job.moved(JobState.READY, null, timing.now()), null, applied.at());
        wakeUps.generate(pool);
        yield true;
      }
      case Commits.Outcome.Refused refused -> false;
    };
  }
}
