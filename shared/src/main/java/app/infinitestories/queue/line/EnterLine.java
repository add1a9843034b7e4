package app.infinitestories.queue.line;

import app.infinitestories.accounts.Account;
import app.infinitestories.accounts.AccountChange;
import app.infinitestories.accounts.Line;
import app.infinitestories.queue.KindSpec;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.Timing;
import java.util.OptionalLong;

/** Gives a job its place: a turn if its owner's window has room, else behind it. */
public final class EnterLine {
  private final QueueStore store;
  private final QueueConfig config;
  private final Timing timing;

  public EnterLine(QueueStore store, QueueConfig config, Timing timing) {
    this.store = store;
    this.config = config;
    this.timing = timing;
  }

  /** Whether the account may have one more job, in the window or behind it. */
  boolean hasRoom(Account account, String pool) {
    Line line = account.line(pool);
    return line.active() < window(account) || line.backlog() < config.backlog();
  }

  /** Counts the job in the account; its turn if it may start now, nothing if it queues up. */
  public OptionalLong place(AccountChange change, Account account, KindSpec kind, String length) {
    Line line = change.line(kind.pool());
    if (line.active() < window(account)) {
      Turn turn = turn(account, line, kind, length);
      change.line(kind.pool(), line.entered(turn.lineTurn()));
      return OptionalLong.of(turn.turn());
    }
    change.line(kind.pool(), line.queuedUp());
    return OptionalLong.empty();
  }

  /** The turn of a backlog job that takes the place of one that left the window. */
  long promote(AccountChange change, Account account, KindSpec kind, String length) {
    Line line = change.line(kind.pool());
    Turn turn = turn(account, line, kind, length);
    change.line(
        kind.pool(), new Line(line.active(), Math.max(0, line.backlog() - 1), turn.lineTurn()));
    return turn.turn();
  }

  /** The turn of a backlog job for which there is a place now. */
  public long moveUp(AccountChange change, Account account, KindSpec kind, String length) {
    long turn = promote(change, account, kind, length);
    Line line = change.line(kind.pool());
    change.line(kind.pool(), new Line(line.active() + 1, line.backlog(), line.turn()));
    return turn;
  }

  /** How many jobs of the account may be active. */
  public int window(Account account) {
    return account.window().orElse(config.window());
  }

  private Turn turn(Account account, Line line, KindSpec kind, String length) {
    long cost = Turn.cost(kind.estimate(length).median(), window(account), account.weight());
    return Turn.enter(timing.now().toEpochMilli(), store.headTurn(kind.pool()), line.turn(), cost);
  }
}
