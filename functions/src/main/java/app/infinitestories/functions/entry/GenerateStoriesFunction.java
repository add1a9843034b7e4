package app.infinitestories.functions.entry;

import app.infinitestories.functions.wiring.Wiring;
import app.infinitestories.queue.assembly.QueueAssembly;
import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;

/**
 * Picks jobs. A pool (films, media, house) has a fixed number of slots, and a job needs one to be
 * worked on. This returns jobs whose worker fell silent and parked jobs that are due to the line,
 * then gives free slots to the first of the line; each job that got one is handed to {@link
 * WorkOnJobFunction} by a task. Every minute by the scheduler for all pools, and by wake-up tasks
 * for one.
 */
public final class GenerateStoriesFunction implements HttpFunction {
  private final QueueAssembly queue = Wiring.get().queue();

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    String pool = TaskBody.of(request).text("pool", "");
    if (pool.isEmpty()) {
      queue.sweepAndAdmit();
    } else {
      queue.admitJobs().run(pool);
    }
  }
}
