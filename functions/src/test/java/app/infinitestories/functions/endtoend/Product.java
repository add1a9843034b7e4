package app.infinitestories.functions.endtoend;

import app.infinitestories.accounts.AccountPolicy;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.accounts.CheckLedger;
import app.infinitestories.local.fcm.FcmStandIn;
import app.infinitestories.local.part.Ports;
import app.infinitestories.local.part.ProcessPart;
import app.infinitestories.local.stack.FunctionProcess;
import app.infinitestories.local.stack.FunctionSpec;
import app.infinitestories.local.stack.LocalStack;
import app.infinitestories.local.stack.StackSettings;
import app.infinitestories.local.storage.StorageStandIn;
import app.infinitestories.local.studio.Faults;
import app.infinitestories.local.studio.Studio;
import app.infinitestories.local.studio.StudioSettings;
import app.infinitestories.platform.RandomIds;
import app.infinitestories.platform.realtime.FirebaseRealtimeNodes;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.database.FirebaseDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

/**
 * The whole product on this machine, with leases, polls and minutes of seconds, and a wiretap
 * before its paid providers.
 */
final class Product implements AutoCloseable {
  /** The longest that any test waits for something that must happen. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Map<String, String> QUICK =
      Map.ofEntries(
          // the first compiler only: these processes live for seconds
          Map.entry("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1"),
          Map.entry("LEASE_SECONDS", "4"),
          Map.entry("BEAT_SECONDS", "1"),
          Map.entry("QUIET_SECONDS", "2"),
          Map.entry("POLL_INTERVAL_SECONDS", "1"),
          Map.entry("BUSY_SECONDS", "6"),
          // a loaded machine must not make a slow task look like a lost one
          Map.entry("TASK_SECONDS", "900"),
          // nor what it paints slowly like an answer that never comes: only moderations, which are
          // made in no time, are given up so soon
          Map.entry("PICTURE_TIMEOUT_SECONDS", "60"),
          Map.entry("STORY_TIMEOUT_SECONDS", "60"),
          Map.entry("MODERATION_TIMEOUT_SECONDS", "8"),
          Map.entry("STARTING_TOKENS", "3"),
          Map.entry("RATE_LIMIT_FACTOR", "1000"));

  private final Studio studio;
  private final Wiretap wiretap;
  private final LocalStack stack;
  private final Map<String, String> environment;
  private final Path logs;
  private final Firestore firestore;
  private final Storage storage;

  private Product(
      Studio studio,
      Wiretap wiretap,
      LocalStack stack,
      Map<String, String> environment,
      Path logs,
      Firestore firestore,
      Storage storage) {
    this.studio = studio;
    this.wiretap = wiretap;
    this.stack = stack;
    this.environment = environment;
    this.logs = logs;
    this.firestore = firestore;
    this.storage = storage;
  }

  static Product start() throws IOException {
    var studio = Studio.start(StudioSettings.quick());
    var wiretap = Wiretap.before(URI.create(studio.baseUrl()));
    var environment = new ConcurrentHashMap<>(System.getenv());
    environment.putAll(QUICK);
    environment.put("OPENAI_BASE_URL", wiretap.address() + "/openai/v1");
    environment.put("RUNWAY_BASE_URL", wiretap.address() + "/runway");
    // of its own, so that several JVMs may have their products side by side
    var logs =
        Path.of("target", "end-to-end", String.valueOf(ProcessHandle.current().pid()))
            .toAbsolutePath();
    var stack =
        LocalStack.start(
            StackSettings.of(project(), environment)
                .withMinute(Duration.ofSeconds(1))
                .withLogs(logs));
    var firestore =
        FirestoreOptions.newBuilder()
            .setProjectId(stack.projectId())
            .setEmulatorHost(stack.part("firestore").host())
            .build()
            .getService();
    Storage storage;
    try (var key = Files.newInputStream(stack.keyFile())) {
      storage =
          StorageOptions.newBuilder()
              .setProjectId(stack.projectId())
              .setHost(stack.part("storage").address().toString())
              .setCredentials(ServiceAccountCredentials.fromStream(key))
              .build()
              .getService();
    }
    return new Product(studio, wiretap, stack, environment, logs, firestore, storage);
  }

  private static Path project() {
    var folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("firestore.rules"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("No firestore.rules above " + Path.of("").toAbsolutePath());
    }
    return folder;
  }

  /** Forgets what earlier tests ordered and saw. */
  void fresh() {
    wiretap.lead(URI.create(studio.baseUrl()));
    wiretap.forget();
    studio.order(Faults.none());
    storageStandIn().watch(name -> {});
  }

  Studio studio() {
    return studio;
  }

  Wiretap wiretap() {
    return wiretap;
  }

  LocalStack stack() {
    return stack;
  }

  Firestore firestore() {
    return firestore;
  }

  StorageStandIn storageStandIn() {
    return (StorageStandIn) stack.part("storage");
  }

  ProcessPart worker() {
    return (ProcessPart) stack.part("work-on-job");
  }

  /** Starts the worker again with that variable changed. */
  void restartWorker(String variable, String value) {
    environment.put(variable, value);
    worker().stop();
    worker().start();
  }

  /** Another instance of the API beside the first one; whoever starts it ends it. */
  ProcessPart anotherApi() {
    var spec =
        new FunctionSpec("api-2", "ApiFunction", List.of(), new FunctionSpec.Calls.OnRequest());
    var api =
        new FunctionProcess(
            spec, Ports.ANY, project().resolve("functions"), stack::environment, logs);
    api.start();
    return api;
  }

  /** Stores an object as the product's own code would. */
  void put(String name, byte[] bytes, String type) {
    var bucket = stack.environment().get("STORAGE_BUCKET");
    storage.create(
        BlobInfo.newBuilder(String.valueOf(bucket), name).setContentType(type).build(), bytes);
  }

  /** Writes a document whatever there is. */
  void set(DocumentReference document, Map<String, Object> fields) {
    get(document.set(fields));
  }

  /** Runs the ranking now instead of within the hour. */
  void rankStories() {
    var function = stack.part("rank-stories");
    function.start(); // it sleeps until it is called for the first time
    Family.tick(function.address());
  }

  /** Signs up a new parent with a phone. */
  Family family() {
    return Family.signUp(stack);
  }

  /** Somebody who is not signed in. */
  Family stranger() {
    return new Family(stack, stack.part("api").address(), "", "", "");
  }

  /** The pushes that this family's phone got. */
  List<FcmStandIn.Sent> pushes(Family family) {
    return ((FcmStandIn) stack.part("fcm"))
        .sent().stream()
            .filter(sent -> sent.message().path("token").asText().equals(family.phone()))
            .toList();
  }

  DocumentSnapshot job(String jobId) {
    return get(firestore.document("jobs/" + jobId).get());
  }

  /** All steps of a job by their key. */
  Map<String, DocumentSnapshot> steps(String jobId) {
    var steps = new LinkedHashMap<String, DocumentSnapshot>();
    for (QueryDocumentSnapshot step :
        get(firestore.collection("jobs/" + jobId + "/steps").get()).getDocuments()) {
      steps.put(step.getId(), step);
    }
    return steps;
  }

  List<QueryDocumentSnapshot> documents(String collection) {
    return get(firestore.collection(collection).get()).getDocuments();
  }

  CheckLedger.Finding ledger(Family family) {
    var accounts =
        new Accounts(firestore, Clock.systemUTC(), new RandomIds(), new AccountPolicy(3, 10));
    return new CheckLedger(accounts).of(family.uid()).orElseThrow();
  }

  long ledgerEntries(Family family, String kind) {
    return documents("accounts/" + family.uid() + "/ledger").stream()
        .filter(entry -> kind.equals(entry.getString("kind")))
        .count();
  }

  /** The one job that is not finished. */
  String onlyJob() {
    return documents("jobs").stream()
        .filter(job -> !Set.of("succeeded", "failed", "cancelled").contains(job.getString("state")))
        .map(DocumentSnapshot::getId)
        .collect(com.google.common.collect.MoreCollectors.onlyElement());
  }

  /** Waits until the job has one of the states, and says which. */
  String await(String jobId, String... states) {
    var wanted = Set.of(states);
    awaitThat(
        "job in " + wanted,
        () -> {
          String state = String.valueOf(job(jobId).getString("state"));
          if (state.equals("failed") && !wanted.contains("failed")) {
            throw new AssertionError("the job failed: " + job(jobId).get("error"));
          }
          return wanted.contains(state);
        });
    return String.valueOf(job(jobId).getString("state"));
  }

  void awaitThat(String what, BooleanSupplier happened) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Not within " + PATIENCE.toSeconds() + " s: " + what);
      }
      try {
        Thread.sleep(25);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
  }

  /** Orders a story whose film is cut already: for tests of what comes before the cutting. */
  String orderWithoutCutting(Family family, Map<String, Object> order) {
    drain(true);
    try {
      String jobId = family.order(order);
      String scratch = "jobs/" + jobId + "/work/";
      put(scratch + "film.mp4", "video/mp4");
      put(scratch + "poster.jpg", "image/jpeg");
      put(scratch + "captions.vtt", "text/vtt");
      var piece =
          "{\"path\":\"%1$sfilm.mp4\",\"lastFramePath\":\"%1$sposter.jpg\",\"frames\":24,\"samples\":48000,\"startSample\":0}"
              .formatted(scratch);
      for (String step : List.of("title-card", "cut-0", "cut-1", "cut-2", "end-card")) {
        done(jobId, step, piece);
      }
      done(
          jobId,
          "assemble",
          """
          {"title":"A Sample","filmPath":"%1$sfilm.mp4","posterPath":"%1$sposter.jpg",
           "captionsPath":"%1$scaptions.vtt","durationSeconds":45.0,
           "scenes":[{"startSeconds":0,"durationSeconds":15},{"startSeconds":15,"durationSeconds":15},
                     {"startSeconds":30,"durationSeconds":15}]}
          """
              .formatted(scratch));
      return jobId;
    } finally {
      drain(false);
    }
  }

  private void put(String name, String type) {
    put(name, name.getBytes(StandardCharsets.UTF_8), type);
  }

  private void done(String jobId, String step, String result) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("state", "done");
    fields.put("fence", 0L);
    fields.put("round", 1L);
    fields.put("estimateUsd", "0");
    fields.put("result", result);
    fields.put("cost", List.of());
    get(firestore.document("jobs/" + jobId + "/steps/" + step + "@1").set(fields));
  }

  private void drain(boolean drained) {
    awaitThat("slots are set up", () -> filmSlots().size() >= 4);
    for (QueryDocumentSnapshot slot : filmSlots()) {
      get(slot.getReference().update("drained", drained, "drainedBy", "somebody"));
    }
  }

  private Collection<QueryDocumentSnapshot> filmSlots() {
    return get(firestore.collection("slots").whereEqualTo("pool", "film").get()).getDocuments();
  }

  /** The names of all objects in the bucket. */
  List<String> objects() {
    var names = new java.util.ArrayList<String>();
    storage
        .list(String.valueOf(stack.environment().get("STORAGE_BUCKET")))
        .iterateAll()
        .forEach(object -> names.add(object.getName()));
    return names;
  }

  /** What phones see below that node of the Realtime Database. */
  Map<String, Object> node(String path) {
    FirebaseApp app =
        FirebaseApp.initializeApp(
            FirebaseOptions.builder()
                .setCredentials(credentials(stack.keyFile()))
                .setProjectId(stack.projectId())
                .setDatabaseUrl(stack.part("database").address() + "?ns=" + stack.projectId())
                .build(),
            "look-" + java.util.UUID.randomUUID());
    try {
      return new FirebaseRealtimeNodes(() -> FirebaseDatabase.getInstance(app)).read(path);
    } finally {
      app.delete();
    }
  }

  private static ServiceAccountCredentials credentials(Path keyFile) {
    try (var key = Files.newInputStream(keyFile)) {
      return ServiceAccountCredentials.fromStream(key);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** What all function processes have logged so far. */
  Map<String, String> functionLogs() throws IOException {
    var texts = new LinkedHashMap<String, String>();
    try (var files = Files.newDirectoryStream(logs, "*.log")) {
      for (Path file : files) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return texts;
  }

  static <T> T get(com.google.api.core.ApiFuture<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    firestore.shutdownNow();
    stack.close();
    wiretap.close();
    studio.close();
  }
}
