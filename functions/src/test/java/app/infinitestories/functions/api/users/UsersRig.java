package app.infinitestories.functions.api.users;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.accounts.AccountPolicy;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.files.Arrivals;
import app.infinitestories.files.UploadCategory;
import app.infinitestories.files.Uploads;
import app.infinitestories.film.PhotoIntake;
import app.infinitestories.functions.api.InMemory;
import app.infinitestories.functions.web.HttpSettings;
import app.infinitestories.functions.web.Router;
import app.infinitestories.functions.web.RouterCaller;
import app.infinitestories.functions.web.User;
import app.infinitestories.notifications.Devices;
import app.infinitestories.platform.RandomIds;
import app.infinitestories.platform.config.Environment;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.privacy.ChangePicture;
import app.infinitestories.privacy.CloseAccount;
import app.infinitestories.privacy.ForgetPhotos;
import app.infinitestories.privacy.RemoveUnusedUploads;
import app.infinitestories.privacy.WithdrawConsent;
import app.infinitestories.queue.JobChanges;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.Timing;
import app.infinitestories.queue.WakeUpConfig;
import app.infinitestories.queue.WakeUps;
import app.infinitestories.queue.assembly.QueueAssembly;
import app.infinitestories.ratelimit.RateLimiter;
import app.infinitestories.ratelimit.SlidingRateLimiter;
import app.infinitestories.testkit.SetClock;
import app.infinitestories.users.Profiles;
import app.infinitestories.userstories.PhotoUses;
import com.google.cloud.firestore.Firestore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;

/** The routes of users over the real Firestore; the bearer token is the user's id. */
final class UsersRig {
  private static final AtomicInteger USERS = new AtomicInteger();

  final String uid;
  final Firestore firestore;
  final SetClock clock = new SetClock(Instant.now());
  final RandomIds ids = new RandomIds();
  final InMemory.Bucket media = new InMemory.Bucket();
  final Accounts accounts;
  final Profiles profiles;
  final PhotoUses uses;
  final QueueAssembly queue;
  private final Router router;

  UsersRig(Firestore firestore) {
    this(firestore, "user" + USERS.incrementAndGet());
  }

  /** One more instance of the API, for a user that may be known to another one. */
  UsersRig(Firestore firestore, String uid) {
    this.uid = uid;
    this.firestore = firestore;
    this.accounts = new Accounts(firestore, clock, ids, new AccountPolicy(3, 10));
    this.profiles = new Profiles(firestore, accounts, clock, ids);
    this.uses = new PhotoUses(firestore);
    var changePicture =
        new ChangePicture(firestore, uploads(), profiles, uses, forgetPhotos(), ids);
    RateLimiter limits = new SlidingRateLimiter(1_000, () -> firestore, clock, ids);
    this.queue = queue();
    var withdrawConsent =
        new WithdrawConsent(
            firestore, queue.store(), profiles, queue.cancelJob(), uses, media, clock);
    var closeAccount = new CloseAccount(firestore, profiles, queue.submitJob(), clock, ids);
    var routes =
        new UserRoutes(
            profiles,
            accounts,
            new Devices(firestore, clock),
            changePicture,
            withdrawConsent,
            new Leaving(closeAccount, limits),
            media);
    this.router =
        new Router(
            r -> r.under("/api/v1", routes),
            this::authenticate,
            limits,
            new HttpSettings(Set.of(), 1),
            clock,
            ids);
  }

  RouterCaller as(String user) {
    return new RouterCaller(router).as(user);
  }

  private User authenticate(String token) {
    if (token.isEmpty()) {
      throw new Failure.Unauthenticated();
    }
    var user = new User(token, null, true, false);
    return profiles.meet(token, null) ? user : user.inLeaving();
  }

  private QueueAssembly queue() {
    var env = new Environment(Map.of());
    var timing =
        new Timing(
            clock,
            com.google.common.base.Ticker.systemTicker(),
            new java.util.SplittableRandom(1),
            Timing.system().pause());
    return new QueueAssembly(
        firestore,
        ids,
        timing,
        QueueConfig.from(env),
        accounts,
        new WakeUps(new InMemory.Tasks(), WakeUpConfig.from(env), timing),
        JobChanges.NONE);
  }

  Uploads uploads() {
    return new Uploads(firestore, media, new PhotoIntake(), clock, ids);
  }

  ForgetPhotos forgetPhotos() {
    return new ForgetPhotos(firestore, uses, media, clock);
  }

  RemoveUnusedUploads removeUnused() {
    return new RemoveUnusedUploads(
        firestore, uses, forgetPhotos(), new Arrivals(firestore, media, clock), clock);
  }

  /** An upload that has arrived, and is not confirmed. */
  String offered(String category, String owner) {
    var offer = uploads().offer(owner, UploadCategory.ofWord(category), "image/png", 1_000_000);
    media.put(offer.upload().url().getPath().substring(1), picture(), "image/png");
    return offer.storageKey();
  }

  String confirmed(String category, String owner) {
    String key = offered(category, owner);
    uploads().confirm(owner, key);
    return key;
  }

  long revision() {
    return profiles.get(uid).revision();
  }

  long jobs() {
    return on(firestore.collection("jobs").whereEqualTo("uid", uid).get()).size();
  }

  long audit(String action) {
    return on(firestore.collection("audit").whereEqualTo("uid", uid).get()).getDocuments().stream()
        .filter(entry -> action.equals(entry.getString("action")))
        .count();
  }

  private static byte[] picture() {
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(900, 700, BufferedImage.TYPE_INT_RGB), "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
