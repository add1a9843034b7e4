package app.infinitestories.queue;

import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import app.infinitestories.accounts.AccountPolicy;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.accounts.CheckLedger;
import app.infinitestories.accounts.Cost;
import app.infinitestories.jobs.Pipeline;
import app.infinitestories.platform.RandomIds;
import app.infinitestories.platform.config.Environment;
import app.infinitestories.platform.tasks.TaskQueue;
import app.infinitestories.queue.assembly.QueueAssembly;
import app.infinitestories.queue.line.Submission;
import app.infinitestories.queue.line.SubmitResult;
import app.infinitestories.queue.run.RunResult;
import app.infinitestories.queue.run.WorkOnJob;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The queue over a real Firestore, with tasks that the test delivers and time that it moves. */
final class QueueRig {
  final MovedTime time = new MovedTime();
  final Timing timing = time.timing(42);
  final RandomIds ids = new RandomIds();
  final RecordedTasks tasks = new RecordedTasks();
  final MediaInMemory media = new MediaInMemory();
  final List<JobView> changes = new CopyOnWriteArrayList<>();
  final Map<String, Pipeline> pipelines = new HashMap<>();
  final Firestore firestore;
  final QueueConfig config;
  final Accounts accounts;
  final QueueAssembly queue;

  QueueRig(Firestore firestore, Map<String, String> environment) {
    this.firestore = firestore;
    var variables = new HashMap<>(Map.of("STARTING_TOKENS", "20", "FILM_SLOTS", "2"));
    variables.putAll(environment);
    var env = new Environment(variables);
    this.config = QueueConfig.from(env);
    this.accounts = new Accounts(firestore, time, ids, AccountPolicy.from(env));
    var wakeUps = new WakeUps(tasks, WakeUpConfig.from(env), timing);
    env.check();
    this.queue =
        new QueueAssembly(
            firestore, ids, timing, config, accounts, wakeUps, (job, seq) -> changes.add(job));
  }

  WorkOnJob worker() {
    return queue.workOnJob(pipelines, media);
  }

  /** A film for that user, which is accepted. */
  String submit(String uid) {
    String jobId = ids.next();
    var request =
        Submission.of(jobId, uid, "video", "short", Map.of("name", "Ada"), Cost.ofTokens(1));
    assertInstanceOf(SubmitResult.Accepted.class, queue.submitJob().submit(request));
    return jobId;
  }

  /** Delivers the oldest task of a worker. */
  RunResult deliver() {
    TaskQueue.Work work = tasks.nextWork().orElseThrow();
    return deliver(work);
  }

  RunResult deliver(TaskQueue.Work work) {
    Map<String, String> body = work.body();
    return worker()
        .run(field(body, "jobId"), field(body, "slotId"), Long.parseLong(field(body, "beat")));
  }

  QueuedJob job(String jobId) {
    return queue.store().findJob(jobId).orElseThrow();
  }

  List<QueuedJob> jobsOf(String uid) {
    return on(queue.store().jobs().whereEqualTo("uid", uid).get()).getDocuments().stream()
        .map((QueryDocumentSnapshot document) -> QueuedJob.of(document).orElseThrow())
        .toList();
  }

  List<String> unfinished() {
    return on(queue.store().jobs().whereEqualTo("finishedAt", null).get()).getDocuments().stream()
        .map((QueryDocumentSnapshot document) -> document.getId())
        .toList();
  }

  List<Slot> slots() {
    return on(queue.store().slots().get()).getDocuments().stream()
        .map((QueryDocumentSnapshot document) -> Slot.of(document))
        .toList();
  }

  Slot slot(String slotId) {
    return Slot.of(on(queue.store().slot(slotId).get()));
  }

  @Nullable Object field(String path, String field) {
    return on(firestore.document(path).get()).get(field);
  }

  boolean exists(String path) {
    return on(firestore.document(path).get()).exists();
  }

  CheckLedger.Finding ledger(String uid) {
    return new CheckLedger(accounts).of(uid).orElseThrow();
  }

  private static String field(Map<String, String> body, String name) {
    String value = body.get(name);
    if (value == null) {
      throw new AssertionError("the task has no " + name);
    }
    return value;
  }
}
