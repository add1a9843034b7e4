package app.infinitestories.privacy;

import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.accounts.CheckLedger;
import app.infinitestories.cloud.TestCloud;
import app.infinitestories.files.Arrivals;
import app.infinitestories.files.UploadCategory;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.platform.realtime.RealtimeNodes;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.queue.JobState;
import app.infinitestories.queue.line.SubmitResult;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.SetClock;
import app.infinitestories.users.ProfileChange;
import app.infinitestories.users.Profiles;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import com.google.cloud.storage.StorageException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A guardian takes their consent back: what goes, what stays, and what happens on the way. */
@FirestoreTest
class WithdrawConsentTest {
  private static final TestCloud CLOUD = new TestCloud();
  private static final AtomicInteger USERS = new AtomicInteger();
  private static MediaStore media;
  private static RealtimeNodes nodes;

  private final PrivacyRig rig;
  private final Firestore firestore;
  private final String uid = "user" + USERS.incrementAndGet();

  WithdrawConsentTest(Firestore firestore) {
    this.firestore = firestore;
    this.rig = new PrivacyRig(firestore, media, nodes);
    rig.register(uid);
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
  void photosSheetsAndTheJobsThatRestOnThemGo() {
    String unused = rig.upload(uid, UploadCategory.PHOTO);
    String avatar = rig.upload(uid, UploadCategory.AVATAR);
    String used = rig.upload(uid, UploadCategory.PHOTO);
    String waiting = rig.order(uid, used);
    String failed = rig.order(uid, rig.upload(uid, UploadCategory.PHOTO));
    rig.end(failed, "failed");

    String pending = rig.uploads().offerPhoto(uid, "image/png", 1_000).storageKey();
    String arrived = arrival(pending);
    media.put(arrived, new byte[] {1}, "image/png");

    withdraw(media);

    assertEquals(List.of(avatar), media.list("users/" + uid + "/", 100));
    media.put(arrived, new byte[] {1}, "image/png");
    rig.clock.add(java.time.Duration.ofMinutes(61));
    new Arrivals(firestore, media, rig.clock).removeExpired();
    assertEquals(List.of(avatar), media.list("users/" + uid + "/", 100), "came late");
    assertTrue(rig.uploads().find(uid, unused).isEmpty());
    assertTrue(rig.uploads().find(uid, avatar).isPresent());
    assertEquals(JobState.CANCELLED, rig.queue.store().findJob(waiting).orElseThrow().state());
    assertEquals(List.of(), media.list("jobs/" + failed + "/", 100));
    assertNull(rig.queue.store().findJob(failed).orElseThrow().retryUntil());
    assertNotNull(on(rig.queue.store().job(failed).get()).get("photoForgottenAt"));
    assertEquals(List.of(), rig.uses.ofUser(uid));
    assertTrue(new CheckLedger(rig.accounts).of(uid).orElseThrow().agrees());
    assertNull(rig.profiles.get(uid).withdrawnAt());
  }

  @Test
  void theWithdrawalIsInTheAuditWithItsTextOnceHoweverOftenItIsSaid() {
    withdraw(media);
    withdraw(media);

    List<QueryDocumentSnapshot> said =
        on(firestore.collection("audit").whereEqualTo("uid", uid).get()).getDocuments().stream()
            .filter(entry -> "consent.withdrawn".equals(entry.getString("action")))
            .toList();
    assertEquals(1, said.size());
    assertEquals(Profiles.CONSENT_TEXT_VERSION, said.getFirst().getString("textVersion"));
    assertNotNull(said.getFirst().getTimestamp("at"));
  }

  @Test
  void anotherFamilysPhotosStay() {
    String other = uid + "-other";
    rig.register(other);
    String photo = rig.upload(other, UploadCategory.PHOTO);
    String job = rig.order(other, photo);

    withdraw(media);

    assertTrue(media.stat(photo).isPresent());
    assertEquals(JobState.READY, rig.queue.store().findJob(job).orElseThrow().state());
  }

  @Test
  void aLaterOrderNeedsTheConsentAgainAndThenWorks() {
    withdraw(media);
    String photo = rig.upload(uid, UploadCategory.PHOTO);

    var refused =
        assertThrows(Failure.Forbidden.class, () -> rig.tryOrder(uid, photo, Optional.empty()));
    assertEquals(FailureCode.CONSENT_REQUIRED, refused.code());

    rig.profiles.consent(uid);
    assertInstanceOf(SubmitResult.Accepted.class, rig.tryOrder(uid, photo, Optional.empty()));
  }

  @Test
  void whatDiesHalfWayIsFinishedByTheCleanUp() {
    for (int n = 1; n <= 4; n++) {
      rig.profiles.consent(uid);
      String photo = rig.upload(uid, UploadCategory.PHOTO);
      String second = rig.upload(uid, UploadCategory.PHOTO);
      rig.end(rig.order(uid, photo), "failed");
      String method = n <= 2 ? "delete" : "deleteAll";

      withdraw(
          Faulty.at(
              MediaStore.class,
              media,
              method,
              1 + n % 2,
              n == 2,
              () -> new StorageException(503, "down")));
      boolean interrupted = rig.profiles.get(uid).withdrawnAt() != null;
      rig.withdrawConsent(media).run();

      assertEquals(n != 3 || interrupted, interrupted, "fault " + n);
      assertTrue(media.stat(photo).isEmpty(), "fault " + n);
      assertTrue(media.stat(second).isEmpty(), "fault " + n);
      assertNull(rig.profiles.get(uid).withdrawnAt(), "fault " + n);
      assertEquals(List.of(), rig.uses.ofUser(uid), "fault " + n);
    }
  }

  @Test
  void aConsentGivenAgainBeforeAllIsForgottenIsNotHurt() {
    String before = rig.upload(uid, UploadCategory.PHOTO);
    rig.profiles.change(uid, ProfileChange.NONE.consenting(false));
    rig.profiles.consent(uid);
    String after = rig.upload(uid, UploadCategory.PHOTO);
    String job = rig.order(uid, after);

    rig.withdrawConsent(media).run();

    assertTrue(media.stat(before).isEmpty());
    assertTrue(media.stat(after).isPresent());
    assertEquals(JobState.READY, rig.queue.store().findJob(job).orElseThrow().state());
    assertNotNull(rig.profiles.get(uid).guardianConsentAt());
  }

  @Test
  void scratchGoesOnceTheWorkerHasLetGo() {
    String job = rig.order(uid, rig.upload(uid, UploadCategory.PHOTO));
    rig.end(job, "cancelled");
    rig.set("slots/film-busy-" + uid, Map.of("uid", uid, "jobId", job, "pool", "film"));

    withdraw(media);
    assertEquals(1, media.list("jobs/" + job + "/", 100).size());
    assertNotNull(rig.profiles.get(uid).withdrawnAt());

    on(firestore.document("slots/film-busy-" + uid).delete());
    rig.withdrawConsent(media).run();
    assertEquals(List.of(), media.list("jobs/" + job + "/", 100));
    assertNull(rig.profiles.get(uid).withdrawnAt());
  }

  @Test
  void anOrderThatComesInBetweenIsRefusedOrCancelled() {
    String photo = rig.upload(uid, UploadCategory.PHOTO);
    // The order has seen the consent and the upload; before its batch the consent is withdrawn.
    var late =
        rig.orderStory(() -> {
          withdraw(media);
          return rig.ids.next();
        });

    var result =
        late.order(
            uid, PrivacyRig.storyOrder(photo), Optional.empty(), Optional.empty(), PrivacyRig.RATE);

    assertInstanceOf(SubmitResult.Conflict.class, result);
    assertTrue(media.stat(photo).isEmpty());
  }

  @Test
  void twoWhoWithdrawAtOnceDoNoHarm() throws Exception {
    String photo = rig.upload(uid, UploadCategory.PHOTO);
    String job = rig.order(uid, photo);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var one = threads.submit(() -> withdraw(media));
      var two = threads.submit(() -> withdraw(media));
      one.get();
      two.get();
    }
    rig.withdrawConsent(media).run();

    assertTrue(media.stat(photo).isEmpty());
    assertFalse(rig.exists("photoUses/" + job));
    assertEquals(20, rig.accounts.read(uid).orElseThrow().available());
    assertNull(rig.profiles.get(uid).withdrawnAt());
  }

  private String arrival(String key) {
    String path = rig.uploads().path(uid, key).orElseThrow();
    return String.valueOf(on(firestore.document(path).get()).getString("arrival"));
  }

  private void withdraw(MediaStore bucket) {
    rig.profiles.change(uid, ProfileChange.NONE.consenting(false));
    rig.withdrawConsent(bucket).of(uid);
  }
}
