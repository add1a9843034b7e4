package app.infinitestories.ai;

import app.infinitestories.provider.PaidCall;
import app.infinitestories.provider.ProviderException;

/** Makes a picture move. Takes minutes: submit, then poll no more often than every 5 seconds. */
public interface Filmmaker {
  /** Sends a task and returns its id. Not idempotent: every call pays for a clip. */
  String submit(ClipRequest request) throws ProviderException;

  /** Asks for a task. A finished film is downloaded at once. */
  ClipProgress poll(String taskId) throws ProviderException;

  /** Cancels a task or forgets a finished one; a task that is gone is no fault. */
  void cancel(String taskId) throws ProviderException;

  /** The length in seconds that a request for that length gets: the next one the model makes. */
  int clipSeconds(int seconds);

  /** What a clip of that length in seconds costs at most. */
  PaidCall estimate(int seconds);
}
