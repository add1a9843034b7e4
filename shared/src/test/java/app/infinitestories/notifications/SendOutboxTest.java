package app.infinitestories.notifications;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.accounts.AccountChange;
import app.infinitestories.accounts.AccountPolicy;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.accounts.CheckLedger;
import app.infinitestories.accounts.Cost;
import app.infinitestories.accounts.Hold;
import app.infinitestories.cloud.TestCloud;
import app.infinitestories.local.fcm.FcmStandIn;
import app.infinitestories.local.fcm.FcmStandIn.Fault;
import app.infinitestories.platform.RandomIds;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.SetClock;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.WriteBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pushes from the outbox to Cloud Messaging, by the real Admin SDK. */
@FirestoreTest
class SendOutboxTest {
  private static final TestCloud CLOUD = new TestCloud();
  private static final AtomicInteger USERS = new AtomicInteger();
  private static FcmStandIn fcm;
  private static PushSender sender;

  private final Firestore firestore;
  private final SetClock clock = new SetClock(Instant.now());
  private final RandomIds ids = new RandomIds();
  private final Devices devices;
  private final SendOutbox outbox;
  private final String uid = "user" + USERS.incrementAndGet();
  private final String phone = "token-" + uid;

  SendOutboxTest(Firestore firestore) {
    this.firestore = firestore;
    this.devices = new Devices(firestore, clock);
    this.outbox = outbox(sender);
    devices.register(uid, token("phone", phone));
  }

  @BeforeAll
  static void start() {
    fcm = CLOUD.fcm();
    sender = new FcmPushSender(CLOUD.messaging(fcm));
  }

  @AfterAll
  static void stop() throws Exception {
    CLOUD.close();
  }

  @Test
  void aReadyStoryIsToldOnceHoweverOftenTheTriggersCome() {
    entry("s1" + uid, "ready", null);

    outbox.ofJob("s1" + uid);
    outbox.ofJob("s1" + uid);
    clock.add(Duration.ofMinutes(2));
    outbox.leftovers();

    assertEquals(1, sentTo(phone).size());
    JsonNode push = sentTo(phone).getFirst();
    assertEquals("Your story is ready", push.path("notification").path("title").asText());
    assertEquals("story_ready", push.path("data").path("type").asText());
    assertEquals("s1" + uid, push.path("data").path("storyId").asText());
    assertEquals(
        "https://app.example.com/stories/s1" + uid, push.path("data").path("url").asText());
    assertEquals(
        "story-s1" + uid, push.path("apns").path("headers").path("apns-collapse-id").asText());
    assertEquals("story-s1" + uid, push.path("android").path("notification").path("tag").asText());
    assertEquals("sent", read("s1" + uid, "ready").getString("state"));
  }

  @Test
  void aFailedJobIsToldWithCodeAndMessage() {
    failedJob("f1" + uid, 1);
    entry("f1" + uid, "failed", "PHOTO_UNUSABLE");

    outbox.ofJob("f1" + uid);

    JsonNode push = sentTo(phone).getFirst();
    assertEquals(1, sentTo(phone).size());
    assertEquals("story_failed", push.path("data").path("type").asText());
    assertEquals("PHOTO_UNUSABLE", push.path("data").path("code").asText());
    assertEquals("The message for a parent.", push.path("data").path("message").asText());
  }

  @Test
  void eachDeviceIsToldInItsOwnLanguage() {
    devices.register(uid, new Device("tablet", "fid-" + uid, null, "ios", "de"));
    entry("l1" + uid, "ready", null);

    outbox.ofJob("l1" + uid);

    assertEquals(1, sentTo(phone).size());
    assertEquals(
        "Eure Geschichte ist fertig",
        sentTo("fid-" + uid).getFirst().path("notification").path("title").asText());
  }

  @Test
  void twoSendersAtOnceSendOnce() throws Exception {
    entry("two" + uid, "ready", null);
    var start = new CountDownLatch(1);
    var running = new ArrayList<Future<?>>();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        running.add(
            threads.submit(() -> {
              start.await();
              outbox(sender).ofJob("two" + uid);
              return null;
            }));
      }
      start.countDown();
      for (Future<?> one : running) {
        one.get();
      }
    }

    assertEquals(1, sentTo(phone).size());
    assertEquals("sent", read("two" + uid, "ready").getString("state"));
  }

  @Test
  void aSenderThatWasTakenForDeadTellsNoFurtherDevice() {
    devices.register(uid, token("tablet", "second-" + uid));
    entry("slow" + uid, "ready", null);
    // While the first sender waits for the first device, another takes its claim over.
    var slow =
        outbox((device, push) -> {
          on(
              firestore
                  .document("outbox/slow" + uid + ":1:ready")
                  .update(Map.of("claim", "another's")));
          return sender.send(device, push);
        });

    slow.ofJob("slow" + uid);

    assertEquals(1, sentTo(phone).size() + sentTo("second-" + uid).size());
    assertEquals("sending", read("slow" + uid, "ready").getString("state"));
  }

  @Test
  void aFreshClaimOfAnotherSenderIsRespected() {
    entry("claimed" + uid, "ready", null);
    on(
        firestore
            .document("outbox/claimed" + uid + ":1:ready")
            .update(Map.of("state", "sending", "claim", "another's")));

    outbox.ofJob("claimed" + uid);

    assertTrue(sentTo(phone).isEmpty());
  }

  @Test
  void aClaimIsTakenOverOnceItsTimeIsOutAndOnlyTheOthersAreTold() {
    devices.register(uid, token("tablet", "rest-" + uid));
    entry("dead" + uid, "ready", null);
    on(
        firestore
            .document("outbox/dead" + uid + ":1:ready")
            .update(
                Map.of(
                    "state", "sending", "claim", "a dead one's", "delivered", List.of("phone"))));

    // By Firestore's own time, which no test can move: so the life is short here.
    new SendOutbox(firestore, devices, sender, clock, ids, "https://app.example.com", Duration.ZERO)
        .ofJob("dead" + uid);

    assertTrue(sentTo(phone).isEmpty());
    assertEquals(1, sentTo("rest-" + uid).size());
    assertEquals("sent", read("dead" + uid, "ready").getString("state"));
  }

  @Test
  void onlyWhatAUserOrderedIsTold() {
    var config =
        app.infinitestories.queue.QueueConfig.from(
            new app.infinitestories.platform.config.Environment(Map.of()));

    assertTrue(config.kind("video").visible());
    assertFalse(config.kind("deletion").visible());
    assertFalse(config.kind("export").visible());
  }

  @Test
  void aDeviceThatIsGoneIsForgotten() {
    fcm.fail(phone, Fault.UNREGISTERED);
    entry("gone" + uid, "ready", null);

    outbox.ofJob("gone" + uid);

    assertTrue(devices.of(uid).isEmpty());
    assertEquals("sent", read("gone" + uid, "ready").getString("state"));
  }

  @Test
  void aDeviceThatWasRegisteredAnewIsNotForgotten() {
    entry("anew" + uid, "ready", null);
    var meanwhile =
        outbox((device, push) -> {
          devices.register(uid, token("phone", "fresh-" + uid));
          return PushSender.Delivery.DEVICE_GONE;
        });

    meanwhile.ofJob("anew" + uid);

    assertEquals("fresh-" + uid, devices.of(uid).getFirst().token());
  }

  @Test
  void whatTheQuotaRefusesGoesOutLater() {
    devices.register(uid, token("tablet", "tablet-" + uid));
    fcm.fail(phone, Fault.QUOTA_EXCEEDED);
    entry("quota" + uid, "ready", null);
    outbox.ofJob("quota" + uid);
    assertEquals("pending", read("quota" + uid, "ready").getString("state"));

    fcm.fail(phone, null);
    clock.add(Duration.ofMinutes(2));
    outbox.leftovers();

    assertEquals(1, sentTo(phone).size());
    assertEquals(1, sentTo("tablet-" + uid).size(), "told at the first try, and not again");
    assertEquals("sent", read("quota" + uid, "ready").getString("state"));
  }

  @Test
  void whatCannotBeSentForADayIsGivenUp() {
    fcm.fail(phone, Fault.QUOTA_EXCEEDED);
    entry("old" + uid, "ready", null);
    clock.add(Duration.ofHours(25));

    outbox.leftovers();

    assertEquals("dropped", read("old" + uid, "ready").getString("state"));
  }

  @Test
  void aFailureIsNotToldOnceTheJobWasRetried() {
    failedJob("again" + uid, 2);
    entry("again" + uid, "failed", "INTERNAL");

    outbox.ofJob("again" + uid);

    assertTrue(sentTo(phone).isEmpty());
    assertEquals("dropped", read("again" + uid, "failed").getString("state"));
  }

  @Test
  void aTokenMovesToItsNewOwner() {
    String other = uid + "-other";

    devices.register(other, token("phone", phone));

    assertTrue(devices.of(uid).isEmpty());
    assertEquals(1, devices.of(other).size());
  }

  @Test
  void ofTwoOwnersAtOnceOneHasTheTokenInTheEnd() throws Exception {
    var start = new CountDownLatch(1);
    var running = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String owner : List.of(uid + "-a", uid + "-b")) {
        running.add(
            threads.submit(() -> {
              start.await();
              devices.register(owner, token("phone", "shared-" + uid));
              return null;
            }));
      }
      start.countDown();
      for (Future<?> one : running) {
        one.get();
      }
    }

    assertEquals(1, devices.of(uid + "-a").size() + devices.of(uid + "-b").size());
  }

  @Test
  void whoeverUsesUpTheQuotaIsToldOncePerThresholdAndPeriod() {
    var accounts = new Accounts(firestore, clock, ids, new AccountPolicy(0, 10));
    accounts.provision(uid);
    on(
        firestore
            .document("users/" + uid)
            .set(Map.of("email", "anna@example.com", "language", "de")));
    for (int story = 0; story < 10; story++) {
      hold(accounts, "q" + story);
      if (story == 8) {
        release(accounts, "q8");
        hold(accounts, "q8b");
      }
      clock.add(Duration.ofMinutes(2));
      outbox.leftovers();
    }
    clock.add(Duration.ofMinutes(2));
    outbox.leftovers();

    List<JsonNode> pushes = sentTo(phone);
    assertEquals(
        List.of("80", "100"),
        pushes.stream().map(push -> push.path("data").path("percent").asText()).toList());
    assertEquals("quota_alert", pushes.getFirst().path("data").path("type").asText());
    var mails = on(firestore.collection("mail").whereEqualTo("uid", uid).get()).getDocuments();
    assertEquals(2, mails.size());
    assertEquals(List.of("anna@example.com"), mails.getFirst().get("to"));
    assertTrue(
        mails.stream()
            .anyMatch(mail ->
                "Die Geschichten dieses Monats sind erzählt".equals(mail.get("message.subject"))));
    assertTrue(new CheckLedger(accounts).of(uid).orElseThrow().agrees());
    clock.add(Duration.ofDays(40));
    for (int story = 0; story < 8; story++) {
      hold(accounts, "r" + story);
    }
    clock.add(Duration.ofMinutes(2));
    outbox.leftovers();
    assertEquals(3, sentTo(phone).size());
  }

  private void hold(Accounts accounts, String job) {
    change(accounts, change -> assertTrue(change.hold(job, 1, new Cost(1, 1)).isPresent()));
  }

  private void release(Accounts accounts, String job) {
    String period = accounts.read(uid).orElseThrow().monthly().period();
    change(accounts, change -> change.release(job, 1, new Hold(0, 1, period), "failed"));
  }

  private void change(Accounts accounts, Consumer<AccountChange> what) {
    var change = new AccountChange(accounts.read(uid).orElseThrow(), clock.instant());
    what.accept(change);
    WriteBatch batch = firestore.batch();
    change.addTo(batch, accounts.ref(uid), ids.next());
    on(batch.commit());
  }

  @Test
  void nothingPushedNamesTheChild() {
    for (String kind : List.of("ready", "failed")) {
      for (String language : List.of("en", "es", "fr", "de", "it", "pt")) {
        var entry =
            new OutboxEntry(
                "j:1:" + kind,
                uid,
                "j",
                1,
                kind.equals("failed"),
                "j",
                "INTERNAL",
                "Sorry.",
                "pending",
                List.of(),
                null);
        Push push = PushTexts.of(entry, language, "https://app.example.com");
        // Nothing is put into the texts: all stories have the same.
        assertFalse(push.title().contains("%") || push.body().contains("%"));
        assertTrue(
            List.of("type", "jobId", "storyId", "url", "code", "message")
                .containsAll(push.data().keySet()));
      }
    }
  }

  private SendOutbox outbox(PushSender by) {
    return new SendOutbox(firestore, devices, by, clock, ids, "https://app.example.com");
  }

  private static Device token(String id, String token) {
    return new Device(id, null, token, "android", "en");
  }

  private void failedJob(String jobId, long round) {
    on(
        firestore
            .document("jobs/" + jobId)
            .set(Map.of("uid", uid, "state", "failed", "round", round)));
  }

  private void entry(String jobId, String kind, @Nullable String code) {
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put("uid", uid);
    fields.put("state", "pending");
    fields.put("kind", kind);
    fields.put("jobId", jobId);
    fields.put("round", 1L);
    fields.put("storyId", jobId);
    fields.put("code", code);
    fields.put("message", code == null ? null : "The message for a parent.");
    fields.put("createdAt", timestamp(clock.instant()));
    on(firestore.document("outbox/" + jobId + ":1:" + kind).create(fields));
  }

  private DocumentSnapshot read(String jobId, String kind) {
    return on(firestore.document("outbox/" + jobId + ":1:" + kind).get());
  }

  private static List<JsonNode> sentTo(String target) {
    return fcm.sent().stream()
        .map(FcmStandIn.Sent::message)
        .filter(message ->
            target.equals(message.path("token").asText())
                || target.equals(message.path("fid").asText()))
        .toList();
  }
}
