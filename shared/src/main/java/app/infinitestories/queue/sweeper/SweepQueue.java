package app.infinitestories.queue.sweeper;

import app.infinitestories.platform.log.EventLog;

/** What is done about the queue every minute before jobs are admitted. */
public final class SweepQueue {
  private static final EventLog LOG = EventLog.of(SweepQueue.class);

  private final ReturnExpiredLeases leases;
  private final EndWaiting waiting;
  private final PromoteBacklogs backlogs;

  public SweepQueue(ReturnExpiredLeases leases, EndWaiting waiting, PromoteBacklogs backlogs) {
    this.leases = leases;
    this.waiting = waiting;
    this.backlogs = backlogs;
  }

  /** All of it, once. */
  public void run() {
    int returned = leases.run();
    int moved = waiting.run();
    int promoted = backlogs.run();
    if (returned + moved + promoted > 0) {
      LOG.info("queue.swept", "leases", returned, "waiting", moved, "backlogs", promoted);
    }
  }
}
