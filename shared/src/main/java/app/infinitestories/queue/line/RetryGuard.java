package app.infinitestories.queue.line;

import app.infinitestories.queue.QueuedJob;

/** Whether what a failed job was made from is still there as far as it is needed. */
@FunctionalInterface
public interface RetryGuard {
  /** Nothing is ever forgotten. */
  RetryGuard ALWAYS = job -> true;

  boolean canGoOn(QueuedJob job);
}
