package app.infinitestories.functions.entry;

import app.infinitestories.functions.wiring.Wiring;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.projection.SyncQueue;
import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;

/** Shows the queue's positions, estimates and load in the Realtime Database. */
public final class SyncQueueFunction implements HttpFunction {
  private final SyncQueue sync = Wiring.get().syncQueue();

  @Override
  public void service(HttpRequest request, HttpResponse response) {
    sync.run(QueueConfig.FILM);
  }
}
