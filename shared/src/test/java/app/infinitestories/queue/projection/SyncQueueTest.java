package app.infinitestories.queue.projection;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.cloud.TestCloud;
import app.infinitestories.local.firestore.FirestoreEmulator;
import app.infinitestories.platform.realtime.RealtimeNodes;
import app.infinitestories.queue.Estimate;
import app.infinitestories.queue.JobError;
import app.infinitestories.queue.JobState;
import app.infinitestories.queue.JobView;
import app.infinitestories.queue.Preview;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.SetClock;
import app.infinitestories.testkit.TestProject;
import com.google.cloud.firestore.BulkWriter;
import com.google.cloud.firestore.Firestore;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What phones see of the queue, in the Realtime Database, from the real Firestore. */
@FirestoreTest
@SuppressWarnings("FutureReturnValueIgnored") // A bulk writer's close waits for all of its writes.
class SyncQueueTest {
  private static final Estimate USUAL = new Estimate(100, 150);
  private static final TestCloud CLOUD = new TestCloud();
  private static RealtimeNodes nodes;

  private final Firestore firestore;
  private final FirestoreEmulator emulator;
  private final TestProject project;
  private final SetClock clock = new SetClock(Instant.parse("2026-11-20T10:00:00Z"));
  private final SyncQueue sync;
  private final LiveNodes live;

  SyncQueueTest(Firestore firestore, FirestoreEmulator emulator, TestProject project) {
    this.firestore = firestore;
    this.emulator = emulator;
    this.project = project;
    this.sync =
        new SyncQueue(
            firestore,
            nodes,
            clock,
            Map.of("video:short", USUAL, "video:medium", new Estimate(200, 300)));
    this.live = new LiveNodes(nodes, clock, (kind, length) -> USUAL);
  }

  @BeforeAll
  static void start() {
    nodes = CLOUD.nodes(CLOUD.database());
  }

  @AfterAll
  static void stop() throws Exception {
    CLOUD.close();
  }

  @BeforeEach
  void empty() {
    emulator.clear(project.id());
    nodes.delete(List.of("queue"));
  }

  @Test
  void theLineHasPositionsFromOneAndEstimatesThatGrow() {
    slots(2);
    for (int i = 1; i <= 5; i++) {
      job("j" + i, "u" + i, "ready", i, Map.of());
    }

    sync.run("film");

    for (int i = 1; i <= 5; i++) {
      var node = node("u" + i, "j" + i);
      assertEquals("queued", node.get("state"));
      assertEquals((long) i, node.get("position"));
      assertEquals(true, node.get("positionExact"));
      // Two at a time, each 100 s.
      assertEquals(100L * ((i + 1) / 2), node.get("etaP50Seconds"));
      assertTrue(seconds(node, "etaP90Seconds") > seconds(node, "etaP50Seconds"));
      assertEquals(Map.of("queued", 1L, "running", 0L), load("u" + i));
    }
    var system = nodes.read("queue/system");
    assertEquals(5L, system.get("pending"));
    assertEquals(0L, system.get("running"));
    assertEquals(2L, system.get("capacity"));
    // A job that came now waits for the fifth's slot, and takes 200 s itself.
    assertEquals(200L + 200L, system.get("etaP50Seconds"));
  }

  @Test
  void aRunningJobShowsItsStepAndWhatIsLeft() {
    slots(2);
    job("run", "anna", "running", 1, Map.of("slot", "film-0"));
    on(
        firestore
            .document("slots/film-0")
            .update(Map.of("jobId", "run", "free", false, "step", "paint", "progress", 40L)));
    job("next", "ben", "ready", 2, Map.of());
    job("third", "cleo", "ready", 3, Map.of());

    sync.run("film");

    var node = node("anna", "run");
    assertEquals("running", node.get("state"));
    assertEquals("paint", node.get("step"));
    assertEquals(40L, node.get("progress"));
    assertNull(node.get("position"));
    assertEquals(60L, node.get("etaP50Seconds"));
    assertEquals(100L, node("ben", "next").get("etaP50Seconds"), "takes the free slot");
    assertEquals(60L + 100L, node("cleo", "third").get("etaP50Seconds"), "waits for the busy one");
    assertEquals(Map.of("queued", 0L, "running", 1L), load("anna"));
  }

  @Test
  void theBacklogIsRankedByItsOwnAccount() {
    slots(1);
    job("a1", "anna", "ready", 1, Map.of());
    job("b1", "ben", "ready", 2, Map.of());
    job("a3", "anna", "backlog", 0, Map.of("createdAt", at(3)));
    job("a2", "anna", "backlog", 0, Map.of("createdAt", at(2)));
    job("a4", "anna", "backlog", 0, Map.of("createdAt", at(4), "priority", 2L));

    sync.run("film");

    assertEquals(2L + 1, node("anna", "a4").get("position"), "of high priority");
    assertEquals(2L + 2, node("anna", "a2").get("position"));
    assertEquals(2L + 3, node("anna", "a3").get("position"));
    assertEquals(Map.of("queued", 4L, "running", 0L), load("anna"));
  }

  @Test
  void aParkedJobHasATimeButNoPlace() {
    slots(1);
    job("p", "anna", "parked", 1, Map.of("dueAt", timestamp(clock.instant().plusSeconds(600))));

    sync.run("film");

    assertNull(node("anna", "p").get("position"));
    assertEquals("queued", node("anna", "p").get("state"));
    assertEquals(600L + 100L, node("anna", "p").get("etaP50Seconds"));
  }

  @Test
  void countsOfAUserReturnToZeroHoweverTheJobLeft() {
    slots(1);
    on(firestore.document("accounts/anna").set(Map.of("closing", false)));
    job("asks", "anna", "ready", 1, Map.of());
    job("ends", "ben", "ready", 2, Map.of());
    sync.run("film");
    on(firestore.document("jobs/asks").update("state", "awaiting_approval"));
    on(
        firestore
            .document("jobs/ends")
            .update("state", "cancelled", "finishedAt", timestamp(clock.instant())));

    sync.run("film");

    assertEquals(Map.of("queued", 0L, "running", 0L), load("anna"));
    assertEquals(Map.of("queued", 0L, "running", 0L), load("ben"));
    assertEquals(0L, nodes.read("queue/system").get("pending"));
  }

  @Test
  void aNodeThatWentWithItsUserDoesNotComeBack() {
    slots(1);
    on(firestore.document("accounts/gone").set(Map.of("closing", true)));
    job("goes", "gone", "ready", 1, Map.of());
    sync.run("film");
    on(firestore.document("jobs/goes").delete());
    nodes.delete(List.of("queue/users/gone"));

    sync.run("film");

    assertEquals(Map.of(), nodes.read("queue/users/gone"));
  }

  @Test
  void pastTwoHundredThePositionIsABucketAndTheCountsAreTheAccounts() throws Exception {
    slots(4);
    BulkWriter writer = firestore.bulkWriter();
    for (int i = 1; i <= 520; i++) {
      writer.set(firestore.document("jobs/d" + i), fields("u" + i, "ready", 1_000 + i, Map.of()));
    }
    writer.set(
        firestore.document("accounts/u1"),
        Map.of("lines", Map.of("film", Map.of("active", 2L, "backlog", 3L, "turn", 0L))));
    writer.close();

    int first = sync.run("film");
    int second = sync.run("film");

    assertEquals(500, first);
    assertEquals(220, second);
    assertEquals(200L, node("u200", "d200").get("position"));
    assertEquals(300L, node("u201", "d201").get("position"));
    assertEquals(false, node("u201", "d201").get("positionExact"));
    assertEquals(500L, node("u301", "d301").get("position"));
    assertEquals(1_000L, node("u520", "d520").get("position"), "the next page of the next run");
    assertEquals(Map.of("queued", 5L, "running", 0L), load("u1"), "not only what was met");
    long shallow = seconds(node("u200", "d200"), "etaP50Seconds");
    long deep = seconds(node("u500", "d500"), "etaP50Seconds");
    assertEquals((double) (shallow + 300 * 100 / 4), (double) deep, 100.0);
    assertEquals(520L, nodes.read("queue/system").get("pending"));
  }

  @Test
  void theRoundOfPagesGoesOnWhenTheLineHasMovedUp() throws Exception {
    slots(1);
    BulkWriter writer = firestore.bulkWriter();
    for (int i = 1; i <= 600; i++) {
      writer.set(firestore.document("jobs/d" + i), fields("u" + i, "ready", i, Map.of()));
    }
    writer.close();
    sync.run("film");
    BulkWriter moved = firestore.bulkWriter();
    for (int i = 1; i <= 350; i++) {
      moved.delete(firestore.document("jobs/d" + i));
    }
    moved.close();

    sync.run("film");

    assertEquals(1L, node("u351", "d351").get("position"));
    assertEquals(200L, node("u550", "d550").get("position"));
    assertEquals(true, node("u550", "d550").get("positionExact"));
    assertEquals(300L, node("u551", "d551").get("position"));
  }

  @Test
  void bucketsGetCoarserTheDeeperTheyAre() {
    assertEquals(
        List.of(300, 300, 500, 1_000, 2_000, 4_000),
        IntStream.of(201, 300, 301, 501, 1_001, 2_001).mapToObj(SyncQueue::bucket).toList());
  }

  @Test
  void theUsualTimeIsLearntFromWhatWasFinished() {
    slots(1);
    for (int i = 1; i <= 10; i++) {
      Instant finished = clock.instant().minusSeconds(100 - i);
      job(
          "done" + i,
          "u",
          "succeeded",
          0,
          Map.of(
              "startedAt", timestamp(finished.minusSeconds(10L * i)),
              "finishedAt", timestamp(finished)));
    }
    job("new", "anna", "ready", 1, Map.of());

    sync.run("film");
    sync.run("film");

    // Ten jobs, each slower than the one before: the newer count more.
    assertEquals(60L, node("anna", "new").get("etaP50Seconds"));
    assertEquals(100L, node("anna", "new").get("etaP90Seconds"));
    var known = (List<?>) on(firestore.document("stats/video:short").get()).get("seconds");
    assertEquals(10, known == null ? 0 : known.size(), "each is taken in once");
  }

  @Test
  void aLateWriterNeverOverwritesANewerState() {
    live.changed(view(JobState.SUCCEEDED, null), 20);
    live.changed(view(JobState.RUNNING, null), 19);
    live.changed(view(JobState.RUNNING, null), 20);

    assertEquals("succeeded", node("anna", "j").get("state"));
    assertEquals(20L, node("anna", "j").get("seq"));
  }

  @Test
  void aSyncGivesWayToAChangeThatCameAfterItsReading() {
    slots(1);
    job("j", "anna", "ready", 1, Map.of());
    live.changed(view(JobState.CANCELLED, null), Long.MAX_VALUE / 2);

    sync.run("film");

    assertEquals("cancelled", node("anna", "j").get("state"));
  }

  @Test
  void aFinishedJobShowsItsStoryOrItsErrorAndNothingThatIsOver() {
    live.changed(view(JobState.READY, null), 1);
    live.changed(view(JobState.RUNNING, null), 2);

    live.changed(view(JobState.FAILED, new JobError("PHOTO_UNUSABLE", "Ada is not there")), 3);

    var failed = node("anna", "j");
    assertEquals(Map.of("code", "PHOTO_UNUSABLE"), failed.get("error"));
    assertFalse(failed.toString().contains("Ada"), failed::toString);
    assertFalse(failed.containsKey("etaP50Seconds"));

    live.changed(view(JobState.SUCCEEDED, null), 4);

    assertEquals("story", node("anna", "j").get("storyId"));
    assertFalse(node("anna", "j").containsKey("error"));
    assertEquals(Map.of("scene", 1L, "path", "users/anna/p.png"), node("anna", "j").get("preview"));
  }

  @Test
  void noNodeHoldsAnythingOfTheOrder() {
    slots(1);
    job("j1", "anna", "ready", 1, Map.of());
    job("j2", "anna", "backlog", 2, Map.of());
    job("j3", "anna", "parked", 3, Map.of("dueAt", timestamp(clock.instant())));

    sync.run("film");

    String all = nodes.read("queue/users").toString() + nodes.read("queue/system");
    assertFalse(all.contains("Ada") || all.contains("photos/") || all.contains("http"), all);
  }

  private void slots(int count) {
    for (int i = 0; i < count; i++) {
      on(
          firestore
              .document("slots/film-" + i)
              .set(Map.of("pool", "film", "free", true, "drained", false, "beat", 0L)));
    }
  }

  private void job(String id, String uid, String state, long turn, Map<String, Object> more) {
    on(firestore.document("jobs/" + id).set(fields(uid, state, turn, more)));
  }

  private Map<String, Object> fields(
      String uid, String state, long turn, Map<String, Object> more) {
    var fields = new HashMap<String, Object>();
    fields.put("uid", uid);
    fields.put("kind", "video");
    fields.put("length", "short");
    fields.put("pool", "film");
    fields.put("state", state);
    fields.put("turn", turn);
    fields.put("priority", 1L);
    fields.put("createdAt", at(turn));
    fields.put("input", Map.of("name", "Ada", "photo", "users/anna/photos/1.png"));
    fields.putAll(more);
    return fields;
  }

  private com.google.cloud.Timestamp at(long second) {
    return timestamp(clock.instant().plusSeconds(second));
  }

  private JobView view(JobState state, @Nullable JobError error) {
    return new JobView(
        "j",
        "anna",
        "video",
        "short",
        "film",
        1,
        state,
        "paint",
        50,
        List.of(new Preview(0, "users/anna/o.png"), new Preview(1, "users/anna/p.png")),
        error,
        state == JobState.SUCCEEDED ? "story" : null,
        0,
        1,
        null,
        clock.instant(),
        clock.instant(),
        state.isFinished() ? clock.instant() : null);
  }

  private Map<String, Object> node(String uid, String jobId) {
    return nodes.read("queue/users/" + uid + "/jobs/" + jobId);
  }

  private static long seconds(Map<String, Object> node, String field) {
    return node.get(field) instanceof Number number ? number.longValue() : -1;
  }

  private Map<String, Object> load(String uid) {
    var user = nodes.read("queue/users/" + uid);
    return Map.of(
        "queued", user.getOrDefault("queued", "none"),
        "running", user.getOrDefault("running", "none"));
  }
}
