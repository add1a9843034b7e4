package app.infinitestories.local.scheduler;

import app.infinitestories.local.part.HttpPart;
import app.infinitestories.local.part.PartException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Posts to each job's function at its interval, as Cloud Scheduler does, and never while the run
 * before is still on. {@code POST /jobs/{name}:run} runs a job now, {@code GET /jobs} lists them.
 */
public final class SchedulerStandIn extends HttpPart {
  private static final Logger LOG = Logger.getLogger(SchedulerStandIn.class.getName());
  private static final Pattern RUN = Pattern.compile("/jobs/([^/:]+):run");

  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Clock clock;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private @Nullable ScheduledExecutorService timer;

  /**
   * A job of the schedule.
   *
   * @param every from tick to tick; the first comes one interval after the start
   * @param deadline how long an attempt may take
   * @param wakeUp makes sure that the target is running
   */
  public record ScheduledJob(
      String name, URI target, Duration every, Duration deadline, Runnable wakeUp) {

    /** A job whose target runs all the time. */
    public ScheduledJob(String name, URI target, Duration every, Duration deadline) {
      this(name, target, every, deadline, () -> {});
    }

    /** The same job with a target that has to be woken. */
    public ScheduledJob withWakeUp(Runnable start) {
      return new ScheduledJob(name, target, every, deadline, start);
    }
  }

  private record Job(ScheduledJob spec, AtomicBoolean running) {}

  public SchedulerStandIn(int port, List<ScheduledJob> jobs, Clock clock) {
    super("scheduler", port);
    jobs.forEach(job -> this.jobs.put(job.name(), new Job(job, new AtomicBoolean())));
    this.clock = clock;
  }

  /** What became of a wish to run a job. */
  public enum Outcome {
    SUCCEEDED,
    FAILED,
    /** The run before is still on, so this one was left out. */
    STILL_RUNNING
  }

  @Override
  protected void onStart() {
    var ticks = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().factory());
    for (Job job : jobs.values()) {
      long every = job.spec().every().toMillis();
      var _ =
          ticks.scheduleAtFixedRate(
              () -> Thread.startVirtualThread(() -> run(job)), every, every, TimeUnit.MILLISECONDS);
    }
    timer = ticks;
  }

  @Override
  protected void onStop() {
    if (timer != null) {
      timer.shutdownNow();
    }
  }

  /** Runs a job now and waits for its end; empty when there is none of that name. */
  public Optional<Outcome> run(String name) {
    return Optional.ofNullable(jobs.get(name)).map(this::run);
  }

  private Outcome run(Job job) {
    if (!job.running().compareAndSet(false, true)) {
      return Outcome.STILL_RUNNING;
    }
    try {
      job.spec().wakeUp().run();
      int status = post(job.spec());
      if (status >= 300) {
        LOG.warning("Scheduled job %s answered %d".formatted(job.spec().name(), status));
      }
      return status < 300 ? Outcome.SUCCEEDED : Outcome.FAILED;
    } catch (IOException | PartException e) {
      LOG.warning("Scheduled job %s failed: %s".formatted(job.spec().name(), e));
      return Outcome.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.FAILED;
    } finally {
      job.running().set(false);
    }
  }

  private int post(ScheduledJob job) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(job.target())
            .timeout(job.deadline())
            .header("User-Agent", "Google-Cloud-Scheduler")
            .header("X-CloudScheduler", "true")
            .header("X-CloudScheduler-JobName", job.name())
            .header(
                "X-CloudScheduler-ScheduleTime",
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.noBody())
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  @Override
  protected void handle(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    var run = RUN.matcher(path);
    var json = JsonNodeFactory.instance.objectNode();
    if (path.equals("/jobs") && exchange.getRequestMethod().equals("GET")) {
      var list = json.putArray("jobs");
      for (Job job : jobs.values()) {
        list.addObject()
            .put("name", job.spec().name())
            .put("target", job.spec().target().toString())
            .put("everySeconds", job.spec().every().toSeconds())
            .put("running", job.running().get());
      }
      sendJson(exchange, 200, json);
    } else if (run.matches() && exchange.getRequestMethod().equals("POST")) {
      var outcome = run(run.group(1));
      json.put("outcome", outcome.map(Enum::name).orElse("UNKNOWN_JOB"));
      sendJson(exchange, outcome.isPresent() ? 200 : 404, json);
    } else {
      json.put("error", "GET /jobs or POST /jobs/{name}:run");
      sendJson(exchange, 404, json);
    }
  }
}
