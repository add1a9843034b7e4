package app.infinitestories.queue.sweeper;

import app.infinitestories.provider.ProviderException;

/** Tasks at the providers, for cleaning up. */
@FunctionalInterface
public interface ProviderTasks {
  /**
   * Cancels or deletes a task; one that is over or unknown is fine.
   *
   * @throws ProviderException when the provider does not say that it is gone
   */
  void cancel(String provider, String taskId) throws ProviderException;
}
