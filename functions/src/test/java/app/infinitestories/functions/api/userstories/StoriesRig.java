package app.infinitestories.functions.api.userstories;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.accounts.Account;
import app.infinitestories.accounts.AccountChange;
import app.infinitestories.accounts.AccountPolicy;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.accounts.CheckLedger;
import app.infinitestories.files.Uploads;
import app.infinitestories.film.PhotoIntake;
import app.infinitestories.functions.api.InMemory;
import app.infinitestories.functions.api.files.FileRoutes;
import app.infinitestories.functions.web.HttpSettings;
import app.infinitestories.functions.web.Router;
import app.infinitestories.functions.web.RouterCaller;
import app.infinitestories.functions.web.RouterCaller.Answer;
import app.infinitestories.functions.web.User;
import app.infinitestories.generation.ChildData;
import app.infinitestories.generation.StoryInputs;
import app.infinitestories.jobs.Pipeline;
import app.infinitestories.platform.RandomIds;
import app.infinitestories.platform.config.Environment;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.privacy.DeleteStory;
import app.infinitestories.privacy.ForgetPhotos;
import app.infinitestories.queue.Estimate;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.WakeUpConfig;
import app.infinitestories.queue.WakeUps;
import app.infinitestories.queue.assembly.QueueAssembly;
import app.infinitestories.queue.projection.LiveNodes;
import app.infinitestories.queue.run.RunResult;
import app.infinitestories.queue.steps.RecordedSteps;
import app.infinitestories.ratelimit.SlidingRateLimiter;
import app.infinitestories.users.Profiles;
import app.infinitestories.userstories.OrderStory;
import app.infinitestories.userstories.PhotoUses;
import app.infinitestories.userstories.RetryStory;
import app.infinitestories.userstories.UserStories;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.common.base.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The routes of stories over a real Firestore; work is done when the test delivers its task, and
 * time goes on as the test says.
 */
final class StoriesRig implements AutoCloseable {
  static final String STORIES = "/api/v2/user-stories";
  static final String LEGACY = "/api/v1/user-stories";

  private static final JsonMapper JSON = new JsonMapper();
  private static final AtomicInteger USERS = new AtomicInteger();

  final MovedTime time = new MovedTime();
  final InMemory.Bucket media = new InMemory.Bucket();
  final InMemory.Nodes nodes = new InMemory.Nodes();
  final AtomicReference<Pipeline> pipeline = new AtomicReference<>();
  final Firestore firestore;
  final QueueAssembly queue;
  final Profiles profiles;
  final Uploads uploads;
  final Accounts accounts;

  /** A family that no other test knows. */
  final String uid = "user-" + USERS.incrementAndGet();

  private final InMemory.Tasks tasks = new InMemory.Tasks();
  private final RouterCaller nobody;

  StoriesRig(Firestore firestore) {
    this(firestore, true, Map.of());
  }

  StoriesRig(Firestore firestore, boolean childDataAllowed, Map<String, String> environment) {
    this.firestore = firestore;
    var variables = new HashMap<>(Map.of("STARTING_TOKENS", "20", "FREE_STORIES_PER_MONTH", "0"));
    variables.putAll(environment);
    var env = new Environment(variables);
    var config = QueueConfig.from(env);
    var ids = new RandomIds();
    var timing = new Timing(time, time.ticker(), new SplittableRandom(7), Timing.system().pause());
    accounts = new Accounts(firestore, time, ids, AccountPolicy.from(env));
    queue =
        new QueueAssembly(
            firestore,
            ids,
            timing,
            config,
            accounts,
            new WakeUps(tasks, WakeUpConfig.from(env), timing),
            new LiveNodes(nodes, time, (kind, length) -> new Estimate(60, 120)));
    profiles = new Profiles(firestore, accounts, time, ids);
    uploads = new Uploads(firestore, media, new PhotoIntake(), time, ids);
    var stories = new UserStories(firestore, queue.store(), config, queue.costReport());
    var limits = new SlidingRateLimiter(1, () -> firestore, time, ids);
    var answers = new Answers(nodes, media);
    var ordering =
        new Ordering(
            new OrderStory(uploads, profiles, queue.submitJob(), config, ids, childDataAllowed),
            new RetryStory(
                stories,
                profiles,
                queue.retryJob(
                    new StoryInputs(
                        uploads,
                        new RecordedSteps(queue.store()),
                        new ChildData(childDataAllowed)))),
            new OncePerKey(queue.keepAnswer(), limits));
    var routes =
        new UserStoryRoutes(
            ordering,
            stories,
            new DeleteStory(firestore, queue.store(), stories, media, nodes, forgetPhotos()),
            new Cancelling(queue.cancelJob(), answers),
            new Approving(queue.approveJob(), answers),
            new Costs(stories, config.costCapUsd()),
            answers);
    nobody =
        new RouterCaller(
            new Router(
                r -> {
                  r.under("/api/v2", new FileRoutes(uploads));
                  r.under("/api/v2", routes);
                  r.under("/api/v1", new LegacyStoryRoutes(ordering, stories, answers));
                },
                this::authenticate,
                limits,
                new HttpSettings(Set.of(), 1),
                time,
                ids));
  }

  private User authenticate(String token) {
    if (!token.startsWith("user-")) {
      throw new Failure.Unauthenticated();
    }
    profiles.meet(token, null);
    return new User(token, null, true, false);
  }

  ForgetPhotos forgetPhotos() {
    return new ForgetPhotos(firestore, new PhotoUses(firestore), media, time);
  }

  /** A confirmed photo of the family. */
  String photo() {
    return photo(new byte[] {1, 2, 3});
  }

  String photo(byte[] bytes) {
    String key = uploads.offerPhoto(uid, "image/png", 1_000).storageKey();
    media.put(key, bytes, "image/png");
    on(firestore.document(uploads.path(uid, key).orElseThrow()).update("state", "confirmed"));
    return key;
  }

  /** A recording that has arrived, confirmed by the route of files. */
  Answer recording(byte[] sound, String mimeType) {
    var offer =
        post(
            "/api/v2/files/upload",
            Map.of(
                "fileName",
                "idea",
                "mimeType",
                mimeType,
                "fileSize",
                Math.max(1, sound.length),
                "category",
                "voice"));
    if (offer.status() != 200) {
      return offer;
    }
    String address = offer.body().path("uploadUrl").asText();
    media.put(address.substring("https://media.invalid/".length()), sound, mimeType);
    return post(
        "/api/v2/files/confirm", Map.of("storageKey", offer.body().path("storageKey").asText()));
  }

  /** What an app sends, with that photo. */
  static Map<String, Object> order(String photo) {
    var order = new HashMap<String, Object>();
    order.put("photo", photo);
    order.put("name", "Quillon");
    order.put("age", 6);
    order.put("genre", "adventure");
    order.put("video", false);
    order.put("guardianConsent", true);
    return order;
  }

  /** Orders a film; its job's id. */
  String accepted(Map<String, Object> order) {
    var answer = post(STORIES, order);
    if (answer.status() != 202) {
      throw new AssertionError(answer.toString());
    }
    return answer.body().path("job").path("id").asText();
  }

  /** Lets the worker have the next job, by the pipeline of the test. */
  RunResult work() {
    queue.sweepAndAdmit();
    return tasks
        .nextWork()
        .map(work ->
            queue
                .workOnJob(Map.of(OrderStory.KIND, Objects.requireNonNull(pipeline.get())), media)
                .run(
                    field(work.body(), "jobId"),
                    field(work.body(), "slotId"),
                    Long.parseLong(field(work.body(), "beat"))))
        .orElseThrow(() -> new AssertionError("no work"));
  }

  private static String field(Map<String, String> body, String name) {
    return Objects.requireNonNull(body.get(name), name);
  }

  DocumentSnapshot job(String id) {
    return on(queue.store().job(id).get());
  }

  DocumentReference upload(String storageKey) {
    return firestore.document(uploads.path(uid, storageKey).orElseThrow());
  }

  CheckLedger.Finding ledger() {
    return new CheckLedger(accounts).of(uid).orElseThrow();
  }

  void spendAllTokens() {
    Account account = accounts.read(uid).orElseThrow();
    var change = new AccountChange(account, time.instant());
    change.revoke("revoke:" + uid, account.available(), "refund", null, "test");
    var batch = firestore.batch();
    change.addTo(batch, accounts.ref(uid), "spent");
    on(batch.commit());
  }

  Answer get(String path) {
    return getAs(uid, path);
  }

  Answer getAs(String who, String path) {
    return nobody.as(who).get(path);
  }

  Answer post(String path, Map<String, ?> body) {
    return as(uid, path, body);
  }

  Answer as(String who, String path, Map<String, ?> body) {
    return post(nobody.as(who), path, body);
  }

  Answer post(String path, Map<String, ?> body, String key) {
    return post(nobody.as(uid).with("Idempotency-Key", key), path, body);
  }

  private static Answer post(RouterCaller caller, String path, Map<String, ?> body) {
    return caller.send("POST", path, body.isEmpty() ? "" : JSON.valueToTree(body).toString());
  }

  /** Leaves nothing in line for the next test, which shares the Firestore. */
  @Override
  public void close() {
    for (DocumentSnapshot job :
        on(queue.store().jobs().whereEqualTo("uid", uid).get()).getDocuments()) {
      queue.cancelJob().cancel(uid, job.getId());
    }
  }

  /** The machine's time, and what the test adds. */
  static final class MovedTime extends Clock {
    private final AtomicLong added = new AtomicLong();

    void add(Duration more) {
      added.addAndGet(more.toNanos());
    }

    Ticker ticker() {
      return new Ticker() {
        @Override
        public long read() {
          return System.nanoTime() + added.get();
        }
      };
    }

    @Override
    public Instant instant() {
      return Instant.now().plusNanos(added.get());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
