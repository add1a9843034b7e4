package app.infinitestories.queue.sweeper;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.log.EventLog;
import app.infinitestories.provider.ProviderException;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.Timing;
import com.google.cloud.firestore.QueryDocumentSnapshot;

/**
 * Cancels provider tasks that have no owner any more. Their cost stays with the orphan, which the
 * cost report of the job adds up.
 */
public final class ReapOrphans {
  private static final EventLog LOG = EventLog.of(ReapOrphans.class);
  private static final int AT_ONCE = 50;

  private final QueueStore store;
  private final Timing timing;
  private final ProviderTasks providers;

  public ReapOrphans(QueueStore store, Timing timing, ProviderTasks providers) {
    this.store = store;
    this.timing = timing;
    this.providers = providers;
  }

  /** Says how many tasks were cancelled. */
  public int run() {
    return (int)
        on(store.orphans().whereEqualTo("cancelledAt", null).limit(AT_ONCE).get())
            .getDocuments()
            .stream()
            .filter(this::cancel)
            .count();
  }

  private boolean cancel(QueryDocumentSnapshot orphan) {
    String provider = orphan.getString("provider");
    String taskId = orphan.getString("taskId");
    if (provider == null || taskId == null) {
      return false;
    }
    try {
      providers.cancel(provider, taskId);
    } catch (ProviderException.BadRequest e) {
      // Unknown there, or not to be cancelled: nobody can do more about it.
      LOG.warn("orphan.not-cancelled", "orphan", orphan.getId());
    } catch (ProviderException e) {
      LOG.error("orphan.later", e, "orphan", orphan.getId());
      return false;
    }
    on(orphan.getReference().update("cancelledAt", timestamp(timing.now())));
    return true;
  }
}
