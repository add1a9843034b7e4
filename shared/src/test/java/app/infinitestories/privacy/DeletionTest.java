package app.infinitestories.privacy;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.accounts.CheckLedger;
import app.infinitestories.accounts.Cost;
import app.infinitestories.cloud.TestCloud;
import app.infinitestories.files.UploadCategory;
import app.infinitestories.jobs.Job;
import app.infinitestories.jobs.StepOutcome;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.realtime.RealtimeException;
import app.infinitestories.platform.realtime.RealtimeNodes;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.purchases.Delivery;
import app.infinitestories.purchases.Products;
import app.infinitestories.purchases.ReceiveDelivery;
import app.infinitestories.purchases.SettleDeliveries;
import app.infinitestories.purchases.Store;
import app.infinitestories.purchases.StoreEvent;
import app.infinitestories.queue.JobState;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.line.Submission;
import app.infinitestories.queue.line.SubmitResult;
import app.infinitestories.queue.run.RunResult;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.SetClock;
import app.infinitestories.users.Registration;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user leaves: everything goes, in whatever order power fails, and nobody else is touched. */
@FirestoreTest
class DeletionTest {
  private static final TestCloud CLOUD = new TestCloud();
  private static final AtomicInteger USERS = new AtomicInteger();
  private static MediaStore media;
  private static RealtimeNodes nodes;

  private final PrivacyRig rig;
  private final Firestore firestore;
  private final String uid = "leaving" + USERS.incrementAndGet();
  private final String story = "story-" + uid;

  DeletionTest(Firestore firestore) {
    this.firestore = firestore;
    this.rig = new PrivacyRig(firestore, media, nodes);
  }

  @BeforeAll
  @SuppressWarnings("TimeInStaticInitializer") // The services check expiry by the real time.
  static void start() {
    media = CLOUD.media(new SetClock(Instant.now()));
    nodes = CLOUD.nodes(CLOUD.database());
  }

  @AfterAll
  static void stop() throws Exception {
    CLOUD.close();
  }

  @Test
  void everythingGoesThroughTheQueueAndNobodyElseIsTouched() {
    String other = uid + "-other";
    family(uid);
    family(other);
    on(firestore.document("stories/" + story + "/shards/3").set(Map.of("likes", 2L)));
    List<String> before = naming(other);

    String job = close();
    assertEquals(RunResult.SUCCEEDED, work());
    rig.departures().ofJob(job);

    assertNothingLeft();
    assertEquals(before, naming(other));
    assertEquals(3, media.list("users/" + other + "/", 100).size());
    assertFalse(nodes.read("queue/users/" + other).isEmpty());
    assertTrue(rig.signIns.exists(other));
    assertEquals(1, likes());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereverPowerFailsTheNextRunFinishes(boolean recorded) {
    var steps = new MemorySteps();
    for (int crash = 1; crash <= 9; crash++) {
      steps = new MemorySteps();
      String leaving = uid + "-" + recorded + crash;
      family(leaving);
      on(
          firestore
              .document("stories/" + "story-" + leaving + "/shards/3")
              .set(Map.of("likes", 1L)));
      String job = close(leaving);
      steps.crashAfter(crash, recorded);
      MemorySteps lost = steps;
      assertThrows(MemorySteps.Crash.class, () -> run(leaving, job, lost), "step " + crash);

      steps.neverCrash();
      StepOutcome outcome = run(leaving, job, steps);

      assertInstanceOf(StepOutcome.Done.class, outcome, "after step " + crash);
      assertEquals(List.of("jobs/" + job, "tombstones"), naming(leaving), "after step " + crash);
      assertEquals(0, likes("story-" + leaving), "after step " + crash);
      assertFalse(rig.signIns.exists(leaving));
      assertTrue(legal(leaving).agrees(), "after step " + crash);
    }
  }

  @Test
  void aStoreThatIsAwayIsWaitedFor() {
    family(uid);
    String job = close();
    var steps = new MemorySteps();
    steps.neverCrash();
    var brokenBucket =
        Faulty.at(
            MediaStore.class,
            media,
            "deleteAll",
            1,
            false,
            () -> new StorageException(503, "down"));
    var brokenDatabase =
        Faulty.at(
            RealtimeNodes.class,
            nodes,
            "delete",
            1,
            true,
            () -> new RealtimeException("down", new IllegalStateException()));
    var pipeline = new DeletionPipeline(rig.eraseUser(brokenBucket, brokenDatabase), rig.clock);

    assertInstanceOf(StepOutcome.Retry.class, pipeline.run(job(uid, job), steps));
    assertInstanceOf(StepOutcome.Retry.class, pipeline.run(job(uid, job), steps));
    assertInstanceOf(StepOutcome.Done.class, pipeline.run(job(uid, job), steps));

    assertEquals(List.of("jobs/" + job, "tombstones"), naming(uid));
  }

  @Test
  void aWorkerAtWorkIsWaitedForWithoutHoldingOne() {
    family(uid);
    String slot = "slots/busy-" + uid;
    rig.set(slot, Map.of("uid", uid, "jobId", "another", "pool", "film"));
    String job = close();
    var steps = new MemorySteps();
    steps.neverCrash();

    assertInstanceOf(StepOutcome.Wait.class, run(uid, job, steps));
    assertTrue(rig.exists("users/" + uid));

    on(firestore.document(slot).delete());
    assertInstanceOf(StepOutcome.Done.class, run(uid, job, steps));
  }

  @Test
  void whatAppearsMeanwhileIsCountedAndGoesInTheNextRound() {
    family(uid);
    String job = close();
    var steps = new MemorySteps();
    steps.neverCrash();
    var late =
        Faulty.at(
            MediaStore.class,
            media,
            "list",
            1,
            false,
            () -> {
              // An upload that nobody could fence, put there just before it is counted.
              media.put("users/" + uid + "/photos/late.png", new byte[] {1}, "image/png");
              return new StorageException(503, "and counted once more");
            });
    var pipeline = new DeletionPipeline(rig.eraseUser(late, nodes), rig.clock);

    assertInstanceOf(StepOutcome.Retry.class, pipeline.run(job(uid, job), steps));
    assertInstanceOf(StepOutcome.Wait.class, pipeline.run(job(uid, job), steps));
    assertInstanceOf(StepOutcome.Done.class, pipeline.run(job(uid, job), steps));

    assertEquals(List.of(), media.list("users/" + uid + "/", 10));
  }

  @Test
  void fromTheAcceptanceOnNothingNewIsAccepted() {
    rig.register(uid);
    String photo = rig.upload(uid, UploadCategory.PHOTO);
    String failed = rig.order(uid, photo);
    rig.end(failed, "failed");

    close();

    assertEquals(new SubmitResult.AccountClosing(), submit());
    assertEquals(
        new SubmitResult.AccountClosing(),
        rig.queue
            .retryJob(app.infinitestories.queue.line.RetryGuard.ALWAYS)
            .retry(uid, failed, Optional.empty(), Optional.empty()));
    assertThrows(
        Failure.Unauthenticated.class,
        () -> rig.profiles.register(uid, new Registration("Eve", "en", false)));
    assertThrows(Failure.Unauthenticated.class, () -> rig.profiles.consent(uid));
  }

  @Test
  void whoIsGoneIsNotOpenedAgainByAnything() {
    rig.register(uid);
    close();
    work();
    var elsewhere = new PrivacyRig(firestore, media, nodes);

    assertFalse(rig.profiles.meet(uid, "late@example.com"));
    assertFalse(elsewhere.profiles.meet(uid, "late@example.com"));
    assertThrows(Failure.Unauthenticated.class, () -> elsewhere.profiles.get(uid));
    assertEquals(new SubmitResult.AccountClosing(), submit());
    assertFalse(rig.exists("users/" + uid));
    assertFalse(rig.exists("accounts/" + uid));
  }

  @Test
  void unfinishedJobsAreCancelledAndTheirTasksAtProvidersToo() {
    rig.register(uid);
    String job = rig.order(uid, rig.upload(uid, UploadCategory.PHOTO));
    rig.set("orphans/runway:task-" + uid, orphan(job, "task-" + uid));

    close();
    assertEquals(RunResult.SUCCEEDED, work());

    assertEquals(List.of("task-" + uid), rig.cancelledAtProviders);
    assertFalse(rig.exists("orphans/runway:task-" + uid));
    assertTrue(rig.queue.store().findJob(job).isEmpty());
    assertTrue(legal(uid).agrees());
    assertEquals(0, legal(uid).held());
  }

  @Test
  void nobodyIsPushedAndNoNodeIsLeft() {
    family(uid);
    String job = close();
    work();

    assertTrue(on(firestore.collection("outbox").whereEqualTo("jobId", job).get()).isEmpty());
    assertEquals(Map.of(), nodes.read("queue/users/" + uid));
  }

  @Test
  void theOwnerCannotCancelTheirDeletion() {
    rig.register(uid);
    String job = close();

    rig.queue.cancelJob().cancel(uid, job);

    assertEquals(JobState.READY, rig.queue.store().findJob(job).orElseThrow().state());
  }

  @Test
  void whatComesLateIsSweptAfterAnHourAndAfterADay() {
    family(uid);
    String job = close();
    work();
    rig.departures().ofJob(job);
    rig.departures().run();
    assertEquals(timestamp(rig.clock.instant().plus(Duration.ofHours(1))), sweepAt(), "too early");

    String late = "users/" + uid + "/videos/late.mp4";
    media.put(late, new byte[] {1}, "video/mp4");
    rig.clock.add(Duration.ofMinutes(61));
    rig.departures().run();
    assertTrue(media.stat(late).isEmpty());

    media.put(late, new byte[] {1}, "video/mp4");
    rig.set("users/" + uid + "/devices/late", Map.of("uid", uid));
    rig.clock.add(Duration.ofHours(23));
    rig.departures().run();
    assertTrue(media.stat(late).isEmpty());

    assertEquals(List.of(), naming(uid), "not even the tombstone names them");
    assertTrue(rig.exists(Departure.path(uid)));
    assertFalse(rig.profiles.meet(uid, null));
    assertNull(sweepAt());
  }

  @Test
  void theSweepFinishesADeletionWhoseJobFailed() {
    family(uid);
    String job = close();
    rig.end(job, "failed");
    rig.clock.add(Duration.ofMinutes(61));

    rig.departures().run();

    assertNothingLeft();
  }

  @Test
  void theLegalRecordKeepsTheMoneyAndTheAuditUnderAnotherName() {
    rig.register(uid);
    rig.end(rig.order(uid, rig.upload(uid, UploadCategory.PHOTO)), "succeeded");
    int entries = on(rig.accounts.ref(uid).collection("ledger").get()).size();
    String name = legalName(close(), uid);
    work();

    assertEquals(entries, on(rig.accounts.ref(name).collection("ledger").get()).size());
    assertEquals(19, on(rig.accounts.ref(name).get()).getLong("available"));
    List<String> audited =
        on(firestore.collection("audit").whereEqualTo("uid", name).get()).getDocuments().stream()
            .map(entry -> String.valueOf(entry.getString("action")))
            .sorted()
            .toList();
    assertEquals(List.of("account.deletion", "consent.given"), audited);
    assertFalse(name.contains(uid));
  }

  /** A family with one of everything. */
  private void family(String user) {
    rig.register(user);
    String job = rig.order(user, rig.upload(user, UploadCategory.PHOTO));
    rig.end(job, "succeeded");
    rig.upload(user, UploadCategory.AVATAR);
    media.put("users/" + user + "/videos/film.mp4", new byte[] {1}, "video/mp4");
    rig.set("users/" + user + "/stories/" + job, Map.of("kind", "video", "title", "A Sample"));
    rig.set("stories/story-" + user, Map.of("title", "A Sample"));
    rig.set("stories/" + story, Map.of("title", "A Sample"));
    for (String mark : List.of("likes", "favorites", "progress")) {
      rig.set(
          "users/" + user + "/" + mark + "/story-" + user, Map.of("at", timestamp(Instant.now())));
    }
    rig.set("users/" + user + "/likes/" + story, Map.of("at", timestamp(Instant.now())));
    rig.set("users/" + user + "/likes/unpublished", Map.of("at", timestamp(Instant.now())));
    for (String owned : List.of("sessions", "shares", "mail", "outbox")) {
      rig.set(owned + "/" + owned + "-" + user, Map.of("uid", user, "state", "sent"));
    }
    bought(user);
    rig.set("idempotency/key-" + user, Map.of("jobId", job, "body", "{}"));
    rig.set(
        app.infinitestories.ratelimit.SlidingRateLimiter.storedWindows(user).getFirst(),
        Map.of("at", List.of()));
    nodes.put("queue/users/" + user, Map.of("queued", 1), 1);
    nodes.put("queue/users/" + user + "/jobs/" + job, Map.of("state", "succeeded"), 1);
  }

  /** A purchase by RevenueCat, which knows more about a user than we want to. */
  private void bought(String user) {
    String chain = "apple:" + user.hashCode();
    var event =
        new StoreEvent(
            "revenuecat:" + chain,
            Instant.now(),
            StoreEvent.Kind.PURCHASE,
            Store.APPLE,
            chain,
            chain,
            "five",
            user,
            null,
            null,
            null,
            List.of(),
            List.of());
    String raw =
        """
        {"event":{"app_user_id":"%s","subscriber_attributes":{"$email":{"value":"a@example.com"}}}}
        """
            .formatted(user);
    var outcome =
        new SettleDeliveries(
                firestore,
                rig.accounts,
                Products.of("{\"five\":{\"tokens\":5}}"),
                Timing.system(),
                rig.ids)
            .receive(Delivery.of("revenuecat", event.id(), raw, event));
    assertEquals(ReceiveDelivery.Outcome.APPLIED, outcome);
  }

  private static Map<String, Object> orphan(String job, String task) {
    var fields = new java.util.HashMap<String, Object>();
    fields.put("jobId", job);
    fields.put("provider", "runway");
    fields.put("taskId", task);
    return fields;
  }

  private String close() {
    return close(uid);
  }

  private String close(String user) {
    return assertInstanceOf(
            CloseAccount.Result.Closing.class, rig.closeAccount().close(user, PrivacyRig.RATE))
        .jobId();
  }

  /** Admits the deletion and delivers its task. */
  private RunResult work() {
    rig.queue.admitJobs().run("house");
    var worker = rig.queue.workOnJob(Map.of(DeletionPipeline.KIND, rig.deletion()), media);
    RunResult result = RunResult.DROPPED;
    for (var task = rig.tasks.nextWork(); task.isPresent(); task = rig.tasks.nextWork()) {
      Map<String, String> body = task.get().body();
      result =
          worker.run(
              Objects.requireNonNull(body.get("jobId")),
              Objects.requireNonNull(body.get("slotId")),
              Long.parseLong(Objects.requireNonNull(body.get("beat"))));
    }
    return result;
  }

  private StepOutcome run(String user, String job, MemorySteps steps) {
    return rig.deletion().run(job(user, job), steps);
  }

  private static Job job(String user, String id) {
    return new Job(id, user, DeletionPipeline.KIND, "", 1, 1, Map.of(), Instant.EPOCH);
  }

  private SubmitResult submit() {
    return rig.queue
        .submitJob()
        .submit(Submission.of(rig.ids.next(), uid, "video", "short", Map.of(), Cost.ofTokens(1)));
  }

  private void assertNothingLeft() {
    assertEquals(List.of("tombstones"), naming(uid));
    assertEquals(List.of(), media.list("users/" + uid + "/", 100));
    assertEquals(Map.of(), nodes.read("queue/users/" + uid));
    assertFalse(rig.signIns.exists(uid));
    assertTrue(rig.signIns.revoked.contains(uid));
  }

  private long likes() {
    return likes(story);
  }

  private long likes(String of) {
    return on(firestore.collection("stories/" + of + "/shards").get()).getDocuments().stream()
        .mapToLong(shard -> Objects.requireNonNull(shard.getLong("likes")))
        .sum();
  }

  private CheckLedger.Finding legal(String user) {
    String salt = Departure.of(on(firestore.document(Departure.path(user)).get())).salt();
    return new CheckLedger(rig.accounts).of(Departure.legalName(user, salt)).orElseThrow();
  }

  private @org.jspecify.annotations.Nullable Object sweepAt() {
    return on(firestore.document(Departure.path(uid)).get()).get("sweepAt");
  }

  private String legalName(String job, String user) {
    DocumentSnapshot tombstone = on(firestore.document(Departure.path(user)).get());
    assertEquals(job, tombstone.getString("jobId"));
    assertNull(tombstone.get("goneAt"));
    return Departure.legalName(user, Departure.of(tombstone).salt());
  }

  /** Every document that names the user in its path or anywhere in its fields. */
  private List<String> naming(String user) {
    var found = new ArrayList<String>();
    for (CollectionReference top : firestore.listCollections()) {
      collect(top, user, found);
    }
    return found.stream().sorted().toList();
  }

  private static void collect(CollectionReference collection, String user, List<String> found) {
    for (DocumentReference reference : collection.listDocuments()) {
      DocumentSnapshot document = on(reference.get());
      String path = reference.getPath();
      boolean named =
          List.of(path.split("/", -1)).contains(user)
              || (document.exists() && names(document.getData(), user));
      if (named) {
        found.add(path.startsWith("tombstones/") ? "tombstones" : path);
      }
      for (CollectionReference below : reference.listCollections()) {
        collect(below, user, found);
      }
    }
  }

  private static boolean names(@org.jspecify.annotations.Nullable Object value, String user) {
    return switch (value) {
      case null -> false;
      case Map<?, ?> map ->
          map.containsKey(user) || map.values().stream().anyMatch(one -> names(one, user));
      case List<?> list -> list.stream().anyMatch(one -> names(one, user));
      case String text -> text.equals(user) || text.contains("/" + user + "/");
      default -> false;
    };
  }
}
