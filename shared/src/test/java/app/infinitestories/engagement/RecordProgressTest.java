package app.infinitestories.engagement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import app.infinitestories.engagement.RecordProgress.Report;
import app.infinitestories.local.firestore.FirestoreEmulator;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.queue.LossyFirestore;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.SetClock;
import app.infinitestories.testkit.TestProject;
import com.google.cloud.firestore.Firestore;
import com.google.common.collect.Collections2;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;

/** Two devices report where a child is; in whatever order that arrives, the end is the same. */
@FirestoreTest
class RecordProgressTest {
  private static final AtomicInteger STORIES = new AtomicInteger();
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final int LAST_SCENE = 3;

  private final Firestore firestore;
  private final SetClock clock = new SetClock(NOON);
  private final RecordProgress progress;
  private String story = nextStory();

  private record Place(int scene, double position, long secondsFromNoon) {}

  RecordProgressTest(Firestore firestore) {
    this.firestore = firestore;
    this.progress = new RecordProgress(firestore, clock, new Random(7));
  }

  @Test
  void anOlderReportNeverOverwritesANewerOne() {
    record(report(2, 4, -60));
    record(report(1, 7.5, -120));

    Progress known = known();
    assertEquals("s2", known.sceneId());
    assertEquals(4, known.positionSeconds());
    assertEquals(NOON.minusSeconds(60), known.watchedAt());
    assertFalse(known.finished());
    assertNull(known.finishedAt());
  }

  @Test
  void ofTwoReportsOfTheSameMomentTheOneFurtherInTheStoryCounts() {
    record(report(2, 0.5, -60));
    record(report(1, 9.5, -60));

    assertEquals("s2", known().sceneId());
  }

  @Test
  void aStoryStartedOverIsUnfinishedAgainAndStaysCountedOnce() {
    record(report(LAST_SCENE, 1, -300));
    assertTrue(known().finished());

    record(report(0, 2, -200));

    assertFalse(known().finished());
    assertEquals(NOON.minusSeconds(300), known().finishedAt());
    assertEquals(
        List.of(story),
        new ContinueWatching(firestore)
            .page("anna", 20, Optional.empty()).stream()
                .map(Marked::storyId)
                .filter(story::equals)
                .toList());

    record(report(LAST_SCENE, 5, -100));

    assertEquals(NOON.minusSeconds(300), known().finishedAt());
    assertEquals(1, finishes());
  }

  @Test
  void aFinishThatIsReportedLateCountsAndLeavesTheNewerPlace() {
    record(report(1, 2, -60));
    record(report(LAST_SCENE, 5, -600));

    assertEquals("s1", known().sceneId());
    assertFalse(known().finished());
    assertEquals(NOON.minusSeconds(600), known().finishedAt());
    assertEquals(1, finishes());
  }

  @Test
  void everyOrderOfTwoDevicesReportsEndsTheSame() {
    // The tablet watched to the end while the phone was offline; two reports share a moment.
    List<Place> places =
        List.of(
            new Place(0, 3, -300),
            new Place(LAST_SCENE, 9, -200),
            new Place(2, 1, -200),
            new Place(1, 4, -100));

    List<Progress> ends = new ArrayList<>();
    for (List<Place> order : Collections2.permutations(places)) {
      story = nextStory();
      order.forEach(place -> record(report(place.scene, place.position, place.secondsFromNoon)));
      ends.add(known());
      assertEquals(1, finishes());
    }

    assertEquals(24, ends.size());
    assertEquals(1, ends.stream().distinct().count());
    assertEquals("s1", ends.getFirst().sceneId());
    assertEquals(NOON.minusSeconds(200), ends.getFirst().finishedAt());
  }

  @Test
  void anyReportsInAnyOrderAndRepeatedEndTheSame() {
    Gen<Progress> reports =
        integers()
            .between(0, LAST_SCENE)
            .zip(
                integers().between(0, 3),
                integers().between(1, 4),
                (scene, position, minutes) -> reported(scene, position, -60 * minutes));

    qt().forAll(lists().of(reports).ofSizeBetween(1, 8), integers().all())
        .checkAssert((list, seed) -> {
          List<Progress> shuffled = new ArrayList<>(list);
          shuffled.addAll(list.subList(0, list.size() / 2));
          Collections.shuffle(shuffled, new Random(seed));

          assertEquals(merged(list), merged(shuffled));
        });
  }

  @Test
  void reportsAtTheSameTimeLoseNothing() {
    List<Report> reports = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      reports.add(report(i % (LAST_SCENE + 1), i, -20 + i));
    }

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      reports.forEach(report -> threads.execute(() -> record(report)));
    }

    assertEquals(NOON.minusSeconds(1), known().watchedAt());
    assertEquals(NOON.minusSeconds(17), known().finishedAt());
    assertEquals(1, finishes());
  }

  @Test
  void aFinishWhoseAnswerIsLostCountsOnce(FirestoreEmulator emulator, TestProject project) {
    try (var lossy = new LossyFirestore(emulator.host(), project.id())) {
      var overBadNetwork = new RecordProgress(lossy.client(), clock, new Random(7));
      record(report(0, 1, -300));

      lossy.loseNextCommits(1);
      overBadNetwork.record("anna", report(LAST_SCENE, 1, -200));

      assertTrue(known().finished());
      assertEquals(1, finishes());
    }
  }

  @Test
  void aTimeAheadOfOursIsRefusedBeyondASmallSkew() {
    record(report(1, 1, RecordProgress.CLOCK_SKEW.toSeconds()));

    var refused =
        assertThrows(
            Failure.BadInput.class,
            () -> record(report(2, 1, RecordProgress.CLOCK_SKEW.plusSeconds(1).toSeconds())));

    assertEquals("must not be in the future", refused.details().get("watchedAt"));
    assertEquals("s1", known().sceneId());
  }

  @Test
  void aTimeBeforeAllStoriesIsRefused() {
    Report longAgo = report(1, 1, -Duration.ofDays(365L * 1000).toSeconds());

    var refused = assertThrows(Failure.BadInput.class, () -> record(longAgo));

    assertTrue(refused.details().containsKey("watchedAt"));
  }

  private static String nextStory() {
    return "story" + STORIES.incrementAndGet();
  }

  private void record(Report report) {
    progress.record("anna", report);
  }

  private Progress known() {
    return Objects.requireNonNull(
        Objects.requireNonNull(new StoryStates(firestore).of("anna", List.of(story)).get(story))
            .progress());
  }

  private long finishes() {
    return new Shards(firestore, new Random(7)).sum(story, "finishes");
  }

  private Report report(int scene, double position, long secondsFromNoon) {
    return new Report(
        story,
        "space",
        "en",
        "c1",
        "s" + scene,
        position,
        scene * 10 + position,
        scene == LAST_SCENE,
        NOON.plusSeconds(secondsFromNoon));
  }

  private static Progress reported(int scene, int position, long secondsFromNoon) {
    Instant at = NOON.plusSeconds(secondsFromNoon);
    boolean last = scene == LAST_SCENE;
    return new Progress(
        "c1",
        "s" + scene,
        position,
        scene * 10 + position,
        at,
        last,
        last ? at : null,
        "space",
        "en");
  }

  private static @Nullable Progress merged(List<Progress> reports) {
    return reports.stream().reduce(Progress::and).orElse(null);
  }
}
