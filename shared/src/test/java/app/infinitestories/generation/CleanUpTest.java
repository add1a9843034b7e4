package app.infinitestories.generation;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.accounts.AccountPolicy;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.cloud.TestCloud;
import app.infinitestories.files.Arrivals;
import app.infinitestories.files.Uploads;
import app.infinitestories.film.PhotoIntake;
import app.infinitestories.platform.RandomIds;
import app.infinitestories.platform.config.Environment;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.platform.firebase.SignIns;
import app.infinitestories.platform.realtime.RealtimeNodes;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.privacy.DeleteStory;
import app.infinitestories.privacy.EraseUser;
import app.infinitestories.privacy.ForgetPhotos;
import app.infinitestories.privacy.RemoveUnusedUploads;
import app.infinitestories.privacy.SweepDepartures;
import app.infinitestories.privacy.WithdrawConsent;
import app.infinitestories.queue.JobChanges;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.RecordedTasks;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.WakeUpConfig;
import app.infinitestories.queue.WakeUps;
import app.infinitestories.queue.assembly.QueueAssembly;
import app.infinitestories.queue.line.RatePolicy;
import app.infinitestories.queue.line.SubmitResult;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.SetClock;
import app.infinitestories.users.Profiles;
import app.infinitestories.userstories.OrderStory;
import app.infinitestories.userstories.PhotoUses;
import app.infinitestories.userstories.StoryLength;
import app.infinitestories.userstories.StoryOrder;
import app.infinitestories.userstories.UserStories;
import app.infinitestories.userstories.VideoStory;
import com.google.cloud.firestore.Firestore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is forgotten, when, and what stays: from the order of a film to the day after it. */
@FirestoreTest
class CleanUpTest {
  private static final TestCloud CLOUD = new TestCloud();

  @SuppressWarnings("TimeInStaticInitializer") // The services check expiry by the real time.
  private static final SetClock BUCKET_TIME = new SetClock(Instant.now());

  private static final AtomicInteger USERS = new AtomicInteger();
  private static final RatePolicy RATE = new RatePolicy("films", 100, Duration.ofHours(1));
  private static MediaStore media;
  private static RealtimeNodes nodes;

  private final Firestore firestore;
  private final SetClock clock = new SetClock(Instant.now());
  private final RandomIds ids = new RandomIds();
  private final String uid = "user" + USERS.incrementAndGet();
  private final QueueAssembly queue;
  private final PhotoUses uses;
  private final Profiles profiles;
  private final QueueConfig config;
  private final UserStories stories;

  CleanUpTest(Firestore firestore) {
    this.firestore = firestore;
    var env = new Environment(Map.of());
    this.config = QueueConfig.from(env);
    var timing =
        new Timing(
            clock,
            com.google.common.base.Ticker.systemTicker(),
            new java.util.SplittableRandom(1),
            Timing.system().pause());
    var accounts = new Accounts(firestore, clock, ids, new AccountPolicy(20, 0));
    this.queue =
        new QueueAssembly(
            firestore,
            ids,
            timing,
            config,
            accounts,
            new WakeUps(new RecordedTasks(), WakeUpConfig.from(env), timing),
            JobChanges.NONE);
    this.uses = new PhotoUses(firestore);
    this.profiles = new Profiles(firestore, accounts, clock, ids);
    this.stories = new UserStories(firestore, queue.store(), config, queue.costReport());
  }

  @BeforeAll
  static void start() {
    media = CLOUD.media(BUCKET_TIME);
    nodes = CLOUD.nodes(CLOUD.database());
  }

  @AfterAll
  static void stop() throws Exception {
    CLOUD.close();
  }

  @Test
  void aPhotoIsForgottenAtOnceAfterAFinishedFilm() {
    String photo = photo();
    String job = order(photo);
    end(job, "succeeded");

    forgetPhotos().ofJob(job);

    assertTrue(media.stat(photo).isEmpty());
    assertTrue(uploads().find(uid, photo).isEmpty());
    assertTrue(uses.ofJob(job).isEmpty());
    assertEquals(
        timestamp(clock.instant()), on(queue.store().job(job).get()).get("photoForgottenAt"));
  }

  @Test
  void aFailedJobsPhotoIsKeptHalfAnHourForARetryAndNotAnHour() {
    String photo = photo();
    String job = order(photo);
    end(job, "failed");

    clock.add(Duration.ofMinutes(29));
    forgetPhotos().run();
    assertTrue(media.stat(photo).isPresent());

    clock.add(Duration.ofMinutes(2));
    forgetPhotos().run();
    assertTrue(media.stat(photo).isEmpty());
  }

  @Test
  void aPhotoIsNotForgottenWhileAnotherJobUsesIt() {
    String photo = photo();
    String first = order(photo);
    String second = order(photo);
    end(first, "succeeded");

    forgetPhotos().ofJob(first);
    forgetPhotos().run();
    assertTrue(media.stat(photo).isPresent());

    end(second, "succeeded");
    forgetPhotos().ofJob(second);

    assertTrue(media.stat(photo).isEmpty());
    assertTrue(uses.of(photo).isEmpty());
  }

  @Test
  void anOrderThatComesWhileThePhotoIsForgottenIsRefused() {
    String photo = photo();
    String first = order(photo);
    end(first, "succeeded");
    // The order has looked at the upload; before its batch the photo is forgotten.
    var forgetting = forgetPhotos();
    var late =
        new OrderStory(
            uploads(),
            profiles,
            queue.submitJob(),
            config,
            () -> {
              forgetting.ofJob(first);
              return ids.next();
            },
            true);

    var result = late.order(uid, storyOrder(photo), Optional.of(true), Optional.empty(), RATE);

    assertTrue(result instanceof SubmitResult.Conflict, result::toString);
    assertTrue(media.stat(photo).isEmpty());
    assertEquals(20 - 1, availableTokens());
  }

  @Test
  void anOrderThatCameFirstKeepsThePhoto() {
    String photo = photo();
    String first = order(photo);
    end(first, "succeeded");
    var upload = uses.upload(uses.ofJob(first).getFirst()).orElseThrow();

    String second = order(photo);

    assertFalse(uses.withdraw(upload), "it changed with the order");
    forgetPhotos().ofJob(first);
    assertTrue(media.stat(photo).isPresent());
    assertTrue(!uses.ofJob(second).isEmpty());
  }

  @Test
  void thePhotoOfAJobThatIsGoneIsForgotten() {
    String photo = photo();
    String job = order(photo);
    on(queue.store().job(job).delete());

    forgetPhotos().run();

    assertTrue(media.stat(photo).isEmpty());
  }

  @Test
  void anUploadThatNobodyUsedGoesAfterADayAndAUsedOneStays() {
    String unused = photo();
    String used = photo();
    order(used);
    clock.add(Duration.ofHours(23));
    removeUnused().run();
    assertTrue(media.stat(unused).isPresent());

    clock.add(Duration.ofMinutes(61));
    removeUnused().run();

    assertTrue(media.stat(unused).isEmpty());
    assertTrue(uploads().find(uid, unused).isEmpty());
    assertTrue(media.stat(used).isPresent());
    assertTrue(uses.of(unused).isEmpty());
  }

  @Test
  void aRemovalThatStoppedHalfWayIsFinishedByTheNext() {
    String unused = photo();
    var upload = on(firestore.document(uploads().path(uid, unused).orElseThrow()).get());
    uses.withdrawUnused(upload, uid, unused);

    forgetPhotos().run();

    assertTrue(media.stat(unused).isEmpty());
  }

  @Test
  void deletingAStoryTakesItsMediaDocumentsNodeAndPush() {
    String photo = photo();
    String job = finishedFilm(photo);
    nodes.put(node(job), Map.of("state", "succeeded"), 1);
    on(
        firestore
            .document("outbox/" + job + ":1:ready")
            .set(Map.of("uid", uid, "jobId", job, "state", "pending")));

    deleteStory().delete(uid, job);

    assertEquals(List.of(), media.list("users/" + uid + "/", 100));
    assertEquals(List.of(), media.list("jobs/" + job + "/", 100));
    assertFalse(on(queue.store().job(job).get()).exists());
    assertTrue(on(queue.store().steps(job).get()).isEmpty());
    assertFalse(on(firestore.document(story(job)).get()).exists());
    assertFalse(on(firestore.document("outbox/" + job + ":1:ready").get()).exists());
    assertTrue(nodes.read(node(job)).isEmpty());
    assertThrows(Failure.NotFound.class, () -> deleteStory().delete(uid, job));
  }

  @Test
  void aStoryThatIsBeingMadeOrIsAnothersIsNotDeleted() {
    String job = order(photo());

    assertThrows(Failure.Conflict.class, () -> deleteStory().delete(uid, job));
    assertThrows(Failure.NotFound.class, () -> deleteStory().delete("eve", job));
    assertTrue(on(queue.store().job(job).get()).exists());
  }

  @Test
  void aDayAfterTheEndTheStoryStaysWithItsCostAndTheJobGoes() {
    String job = finishedFilm(photo());
    nodes.put(node(job), Map.of("state", "succeeded"), 1);
    var before = stories.cost(uid, job).orElseThrow();
    assertEquals(0, new BigDecimal("0.25").compareTo(before.totalUsd()));
    clock.add(Duration.ofHours(23));
    cleanUp().run();
    assertTrue(on(queue.store().job(job).get()).exists());

    clock.add(Duration.ofMinutes(61));
    cleanUp().run();
    cleanUp().run();

    assertFalse(on(queue.store().job(job).get()).exists());
    assertTrue(on(queue.store().steps(job).get()).isEmpty());
    assertEquals(List.of(), media.list("jobs/" + job + "/", 100));
    assertTrue(nodes.read(node(job)).isEmpty());
    assertEquals(
        List.of("The Lantern"),
        stories.find(uid, job).map(UserStories.Item::story).map(VideoStory::title).stream()
            .toList());
    assertTrue(media.stat("users/" + uid + "/videos/f.mp4").isPresent());
    var kept = stories.cost(uid, job).orElseThrow();
    assertEquals(0, before.totalUsd().compareTo(kept.totalUsd()));
    assertEquals(before.lines().size(), kept.lines().size());
  }

  @Test
  void aRemovalThatStoppedHalfWayDoesNotLoseTheCost() {
    String job = finishedFilm(photo());
    clock.add(Duration.ofHours(25));
    cleanUp().run();
    // A removal that was killed: the job is there still, its steps are gone already.
    on(
        queue
            .store()
            .job(job)
            .set(
                Map.of(
                    "uid",
                    uid,
                    "kind",
                    "video",
                    "state",
                    "succeeded",
                    "finishedAt",
                    timestamp(clock.instant().minus(Duration.ofHours(25))))));

    cleanUp().run();

    assertEquals(
        0, new BigDecimal("0.25").compareTo(stories.cost(uid, job).orElseThrow().totalUsd()));
  }

  @Test
  void aListShowsStoriesWhoseJobsAreGoneNewestFirst() {
    String old = finishedFilm(photo());
    clock.add(Duration.ofHours(25));
    cleanUp().run();
    String fresh = order(photo());

    var all = stories.list(uid, List.of(), 10, Optional.empty());
    var second =
        stories.list(
            uid,
            List.of(),
            10,
            Optional.of(new UserStories.Cursor(all.getFirst().orderedAt(), all.getFirst().id())));

    assertEquals(List.of(fresh, old), all.stream().map(UserStories.Item::id).toList());
    assertEquals(List.of(old), second.stream().map(UserStories.Item::id).toList());
    assertTrue(stories.find("eve", old).isEmpty());
  }

  @Test
  void anOrderNeedsAGuardianAPhotoThatIsThereAndConfirmed() {
    String photo = photo();
    var orders = orders();

    assertThrows(
        Failure.Forbidden.class,
        () -> orders.order(uid, storyOrder(photo), Optional.empty(), Optional.empty(), RATE));
    assertThrows(
        Failure.NotFound.class,
        () -> orders.order("eve", storyOrder(photo), Optional.of(true), Optional.empty(), RATE));
    String pending = uploads().offerPhoto(uid, "image/png", 10).storageKey();
    var refused =
        assertThrows(
            Failure.Conflict.class,
            () ->
                orders.order(uid, storyOrder(pending), Optional.of(true), Optional.empty(), RATE));
    assertEquals(FailureCode.UPLOAD_NOT_CONFIRMED, refused.code());
    var wordsOnly = new OrderStory(uploads(), profiles, queue.submitJob(), config, ids, false);
    assertThrows(
        Failure.BadInput.class,
        () -> wordsOnly.order(uid, storyOrder(photo), Optional.of(true), Optional.empty(), RATE));
  }

  /** A film as the pipeline leaves it: media, story, job, a step that was paid, scratch. */
  private String finishedFilm(String photo) {
    String job = order(photo);
    String folder = "users/" + uid + "/";
    for (String path : List.of("videos/f.mp4", "illustrations/p.png", "captions/c.vtt")) {
      media.put(folder + path, new byte[] {1}, "application/octet-stream");
    }
    media.put("jobs/" + job + "/work/clip.mp4", new byte[] {1}, "video/mp4");
    var film =
        new VideoStory(
            job,
            "The Lantern",
            "en",
            "adventure",
            "4-6",
            folder + "videos/f.mp4",
            folder + "illustrations/p.png",
            List.of(new VideoStory.CaptionTrack("en", folder + "captions/c.vtt")),
            60.0,
            List.of(new VideoStory.Scene(0, "Once.", folder + "illustrations/p.png", 0, 60)),
            clock.instant(),
            clock.instant());
    on(firestore.document(story(job)).set(film.toFields()));
    Map<String, Object> charge =
        Map.of(
            "provider", "runway",
            "model", "gen4",
            "operation", "video_generation",
            "units", "5",
            "unit", "seconds",
            "usd", "0.25");
    on(
        queue
            .store()
            .steps(job)
            .document("clip.1@1")
            .set(
                new HashMap<>(
                    Map.of(
                        "key",
                        "clip.1@1",
                        "state",
                        "done",
                        "round",
                        1L,
                        "cost",
                        List.of(charge),
                        "at",
                        timestamp(clock.instant())))));
    end(job, "succeeded");
    forgetPhotos().ofJob(job);
    return job;
  }

  private String photo() {
    String key = uploads().offerPhoto(uid, "image/png", 1_000).storageKey();
    media.put(key, new byte[] {1, 2, 3}, "image/png");
    on(firestore.document(uploads().path(uid, key).orElseThrow()).update("state", "confirmed"));
    return key;
  }

  @Test
  void aGuardianWhoSaysNoIsHeardWhateverWasSaidBefore() {
    String photo = photo();
    order(photo);

    assertThrows(
        Failure.Forbidden.class,
        () -> orders().order(uid, storyOrder(photo), Optional.of(false), Optional.empty(), RATE));
  }

  private String order(String photo) {
    var accepted =
        (SubmitResult.Accepted)
            orders().order(uid, storyOrder(photo), Optional.of(true), Optional.empty(), RATE);
    return accepted.job().jobId();
  }

  private void end(String job, String state) {
    on(queue.store().job(job).update("state", state, "finishedAt", timestamp(clock.instant())));
  }

  private long availableTokens() {
    return ((Number)
            java.util.Objects.requireNonNull(
                on(firestore.document("accounts/" + uid).get()).get("available")))
        .longValue();
  }

  private StoryOrder storyOrder(String photo) {
    return new StoryOrder(
        photo,
        "Ada",
        null,
        5,
        "adventure",
        "en",
        null,
        null,
        null,
        "nova",
        StoryLength.SHORT,
        true,
        null,
        null,
        null,
        false);
  }

  private OrderStory orders() {
    return new OrderStory(uploads(), profiles, queue.submitJob(), config, ids, true);
  }

  private Uploads uploads() {
    return new Uploads(firestore, media, new PhotoIntake(), clock, ids);
  }

  private ForgetPhotos forgetPhotos() {
    return new ForgetPhotos(firestore, uses, media, clock);
  }

  private RemoveUnusedUploads removeUnused() {
    return new RemoveUnusedUploads(
        firestore, uses, forgetPhotos(), new Arrivals(firestore, media, clock), clock);
  }

  private DeleteStory deleteStory() {
    return new DeleteStory(firestore, queue.store(), stories, media, nodes, forgetPhotos());
  }

  private CleanUp cleanUp() {
    return new CleanUp(
        firestore,
        queue,
        media,
        nodes,
        forgetPhotos(),
        removeUnused(),
        new WithdrawConsent(
            firestore, queue.store(), profiles, queue.cancelJob(), uses, media, clock),
        new SweepDepartures(
            firestore,
            queue.store(),
            new EraseUser(
                firestore,
                queue.store(),
                queue.cancelJob(),
                (p, task) -> {},
                media,
                nodes,
                new Nobody()),
            clock),
        (p, task) -> {},
        clock);
  }

  private String story(String job) {
    return "users/" + uid + "/stories/" + job;
  }

  private String node(String job) {
    return "queue/users/" + uid + "/jobs/" + job;
  }

  /** Nobody signs in here. */
  private static final class Nobody implements SignIns {
    @Override
    public void revoke(String uid) {}

    @Override
    public void delete(String uid) {}

    @Override
    public boolean exists(String uid) {
      return false;
    }
  }
}
