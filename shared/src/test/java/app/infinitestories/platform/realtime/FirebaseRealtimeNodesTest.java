package app.infinitestories.platform.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.cloud.TestCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The nodes over the real Admin SDK and a database on this machine. */
class FirebaseRealtimeNodesTest {
  private static final TestCloud CLOUD = new TestCloud();
  private static final AtomicInteger NODES = new AtomicInteger();
  private static RealtimeNodes nodes;
  private static RealtimeNodes others;

  private final String path = "queue/users/u/jobs/j" + NODES.incrementAndGet();

  @BeforeAll
  static void start() {
    var database = CLOUD.database();
    nodes = CLOUD.nodes(database);
    others = CLOUD.nodes(database);
  }

  @AfterAll
  static void stop() {
    CLOUD.close();
  }

  @Test
  void aNodeCarriesItsFieldsAndItsSeq() {
    assertEquals(Map.of(), nodes.read(path));

    assertTrue(nodes.put(path, Map.of("state", "queued", "progress", 0L), 1_000_000L));

    assertEquals(Map.of("state", "queued", "progress", 0L, "seq", 1_000_000L), nodes.read(path));
  }

  @Test
  void aLateWriterGivesWayToTheSameAndToALaterTruth() {
    nodes.put(path, Map.of("state", "running"), 2_000);

    assertFalse(nodes.put(path, Map.of("state", "same"), 2_000));
    assertFalse(others.put(path, Map.of("state", "late"), 1_999));

    assertEquals(Map.of("state", "running", "seq", 2_000L), nodes.read(path));
    assertTrue(others.put(path, Map.of("state", "succeeded"), 2_001));
    assertEquals("succeeded", nodes.read(path).get("state"));
  }

  @Test
  void nullRemovesAFieldAndWhatIsNotNamedStays() {
    nodes.put(path + "/below", Map.of("kept", true), 1);
    nodes.put(path, Map.of("state", "queued", "position", 3L), 1);
    var next = new HashMap<String, @org.jspecify.annotations.Nullable Object>();
    next.put("position", null);
    next.put("progress", 40L);

    assertTrue(nodes.put(path, next, 2));

    assertEquals(
        Map.of(
            "state",
            "queued",
            "progress",
            40L,
            "seq",
            2L,
            "below",
            Map.of("kept", true, "seq", 1L)),
        nodes.read(path));
  }

  @Test
  void manyWritersAtOnceLeaveTheLatestTruth() {
    var seqs = new ArrayList<>(IntStream.rangeClosed(1, 30).boxed().toList());
    Collections.shuffle(seqs, new Random(7));

    List<CompletableFuture<Boolean>> writers =
        seqs.stream()
            .map(seq ->
                CompletableFuture.supplyAsync(() ->
                    (seq % 2 == 0 ? nodes : others).put(path, Map.of("step", "s" + seq), seq)))
            .toList();
    long written = writers.stream().filter(CompletableFuture::join).count();

    assertTrue(written >= 1 && written <= 30, "written " + written);
    assertEquals(Map.of("step", "s30", "seq", 30L), nodes.read(path));
  }

  @Test
  void severalNodesAreDeletedWhateverTheyShow() {
    nodes.put(path + "a", Map.of("state", "failed"), Long.MAX_VALUE / 2);
    nodes.put(path + "b", Map.of("state", "queued"), 1);
    nodes.put(path + "c", Map.of("state", "queued"), 1);

    nodes.delete(List.of(path + "a", path + "b", path + "never"));

    assertEquals(Map.of(), nodes.read(path + "a"));
    assertEquals(Map.of(), nodes.read(path + "b"));
    assertEquals("queued", nodes.read(path + "c").get("state"));
    assertTrue(others.put(path + "a", Map.of("state", "new"), 1), "nothing is in the way");
  }

  @Test
  void nothingToDeleteAsksNobody() {
    var never =
        new FirebaseRealtimeNodes(() -> {
          throw new IllegalStateException("no database is needed");
        });

    never.delete(List.of());
  }

  @Test
  void aDatabaseThatIsAwayIsToldInTimeByEveryCall() {
    try (var cloud = new TestCloud()) {
      var database = cloud.database();
      var impatient = cloud.nodes(database, Duration.ofMillis(500));
      database.stop();

      for (Runnable call :
          List.<Runnable>of(
              () -> impatient.put(path, Map.of("state", "queued"), 1),
              () -> impatient.read(path),
              () -> impatient.delete(List.of(path)))) {
        var away = assertThrows(RealtimeException.class, call::run);

        assertInstanceOf(TimeoutException.class, away.getCause());
        assertTrue(String.valueOf(away.getMessage()).contains("PT0.5S"), away.getMessage());
      }
    }
  }
}
