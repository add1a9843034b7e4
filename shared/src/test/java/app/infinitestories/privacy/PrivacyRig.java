package app.infinitestories.privacy;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import app.infinitestories.accounts.AccountPolicy;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.files.UploadCategory;
import app.infinitestories.files.Uploads;
import app.infinitestories.film.PhotoIntake;
import app.infinitestories.notifications.Device;
import app.infinitestories.notifications.Devices;
import app.infinitestories.platform.RandomIds;
import app.infinitestories.platform.config.Environment;
import app.infinitestories.platform.firebase.SignIns;
import app.infinitestories.platform.realtime.RealtimeNodes;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.queue.JobChanges;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.RecordedTasks;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.WakeUpConfig;
import app.infinitestories.queue.WakeUps;
import app.infinitestories.queue.assembly.QueueAssembly;
import app.infinitestories.queue.line.RatePolicy;
import app.infinitestories.queue.line.SubmitResult;
import app.infinitestories.testkit.SetClock;
import app.infinitestories.users.Profiles;
import app.infinitestories.users.Registration;
import app.infinitestories.userstories.OrderStory;
import app.infinitestories.userstories.PhotoUses;
import app.infinitestories.userstories.StoryLength;
import app.infinitestories.userstories.StoryOrder;
import com.google.cloud.firestore.Firestore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** A family with everything that one leaves behind, and what forgets it. */
final class PrivacyRig {
  static final RatePolicy RATE = new RatePolicy("any", 100, Duration.ofHours(1));

  final Firestore firestore;
  final MediaStore media;
  final RealtimeNodes nodes;
  final SetClock clock = new SetClock(Instant.now());
  final RandomIds ids = new RandomIds();
  final RecordedTasks tasks = new RecordedTasks();
  final Users signIns = new Users();
  final List<String> cancelledAtProviders = new ArrayList<>();
  final QueueConfig config;
  final Accounts accounts;
  final QueueAssembly queue;
  final PhotoUses uses;
  final Profiles profiles;

  PrivacyRig(Firestore firestore, MediaStore media, RealtimeNodes nodes) {
    this.firestore = firestore;
    this.media = media;
    this.nodes = nodes;
    var env = new Environment(Map.of());
    this.config = QueueConfig.from(env);
    this.accounts = new Accounts(firestore, clock, ids, new AccountPolicy(20, 0));
    var timing =
        new Timing(
            clock,
            com.google.common.base.Ticker.systemTicker(),
            new java.util.SplittableRandom(1),
            Timing.system().pause());
    this.queue =
        new QueueAssembly(
            firestore,
            ids,
            timing,
            config,
            accounts,
            new WakeUps(tasks, WakeUpConfig.from(env), timing),
            JobChanges.NONE);
    this.uses = new PhotoUses(firestore);
    this.profiles = new Profiles(firestore, accounts, clock, ids);
  }

  /** Who can sign in. */
  static final class Users implements SignIns {
    final Set<String> there = new ConcurrentSkipListSet<>();
    final Set<String> revoked = new ConcurrentSkipListSet<>();

    @Override
    public void revoke(String uid) {
      revoked.add(uid);
    }

    @Override
    public void delete(String uid) {
      there.remove(uid);
    }

    @Override
    public boolean exists(String uid) {
      return there.contains(uid);
    }
  }

  void register(String uid) {
    signIns.there.add(uid);
    profiles.register(uid, new Registration("Sample Parent", "en", true));
    new Devices(firestore, clock)
        .register(uid, new Device("phone", null, "token-" + uid, "ios", "en"));
  }

  Uploads uploads() {
    return new Uploads(firestore, media, new PhotoIntake(), clock, ids);
  }

  /** An upload that was confirmed; what is in it does not matter here. */
  String upload(String uid, UploadCategory category) {
    String key = uploads().offer(uid, category, "image/png", 1_000).storageKey();
    media.put(key, new byte[] {1}, "image/png");
    on(firestore.document(uploads().path(uid, key).orElseThrow()).update("state", "confirmed"));
    return key;
  }

  SubmitResult tryOrder(String uid, String photo, Optional<Boolean> consent) {
    return orderStory(ids).order(uid, storyOrder(photo), consent, Optional.empty(), RATE);
  }

  OrderStory orderStory(app.infinitestories.platform.IdSource jobIds) {
    return new OrderStory(uploads(), profiles, queue.submitJob(), config, jobIds, true);
  }

  static StoryOrder storyOrder(String photo) {
    return new StoryOrder(
        photo,
        "Quillon",
        null,
        6,
        "adventure",
        "en",
        null,
        null,
        null,
        "nova",
        StoryLength.SHORT,
        false,
        null,
        null,
        null,
        false);
  }

  /** A film in line. */
  String order(String uid, String photo) {
    return assertInstanceOf(SubmitResult.Accepted.class, tryOrder(uid, photo, Optional.of(true)))
        .job()
        .jobId();
  }

  /** The job has ended so, with scratch of its hero sheet; its place in line is not of interest. */
  void end(String job, String state) {
    media.put("jobs/" + job + "/work/hero-sheet.png", new byte[] {1}, "image/png");
    Map<String, Object> fields = new HashMap<>();
    fields.put("state", state);
    fields.put("finishedAt", timestamp(clock.instant()));
    fields.put("retryUntil", timestamp(clock.instant().plus(Duration.ofHours(24))));
    on(queue.store().job(job).update(fields));
    on(
        queue
            .store()
            .steps(job)
            .document("hero-sheet@1")
            .set(Map.of("state", "done", "result", "{}")));
  }

  void set(String path, Map<String, Object> fields) {
    on(firestore.document(path).set(fields));
  }

  boolean exists(String path) {
    return on(firestore.document(path).get()).exists();
  }

  WithdrawConsent withdrawConsent(MediaStore bucket) {
    return new WithdrawConsent(
        firestore, queue.store(), profiles, queue.cancelJob(), uses, bucket, clock);
  }

  CloseAccount closeAccount() {
    return new CloseAccount(firestore, profiles, queue.submitJob(), clock, ids);
  }

  EraseUser eraseUser(MediaStore bucket, RealtimeNodes database) {
    return new EraseUser(
        firestore,
        queue.store(),
        queue.cancelJob(),
        (provider, taskId) -> cancelledAtProviders.add(taskId),
        bucket,
        database,
        signIns);
  }

  DeletionPipeline deletion() {
    return new DeletionPipeline(eraseUser(media, nodes), clock);
  }

  SweepDepartures departures() {
    return new SweepDepartures(firestore, queue.store(), eraseUser(media, nodes), clock);
  }
}
