package app.infinitestories.functions.entry;

import app.infinitestories.functions.wiring.Wiring;
import app.infinitestories.privacy.ForgetPhotos;
import app.infinitestories.privacy.SweepDepartures;
import app.infinitestories.queue.run.RunResult;
import app.infinitestories.queue.run.WorkOnJob;
import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;

/** Works on one job until it is done, waits or fails; 200 also when there is nothing to do. */
public final class WorkOnJobFunction implements HttpFunction {
  private final WorkOnJob work = Wiring.get().workOnJob();
  private final ForgetPhotos forgetPhotos = Wiring.get().forgetPhotos();
  private final SweepDepartures departures = Wiring.get().departures();

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    TaskBody task = TaskBody.of(request);
    String jobId = task.text("jobId", "");
    RunResult result =
        work.run(jobId, task.text("slotId", ""), Long.parseLong(task.text("beat", "-1")));
    if (result == RunResult.SUCCEEDED) {
      forgetPhotos.ofJob(jobId);
      departures.ofJob(jobId);
    }
    response.getWriter().write(result.name());
  }
}
