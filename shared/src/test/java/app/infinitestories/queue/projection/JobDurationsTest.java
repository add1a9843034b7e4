package app.infinitestories.queue.projection;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.queue.Estimate;
import app.infinitestories.testkit.FirestoreTest;
import com.google.cloud.firestore.Firestore;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is learnt from finished jobs. */
@FirestoreTest
class JobDurationsTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

  private final Firestore firestore;

  JobDurationsTest(Firestore firestore) {
    this.firestore = firestore;
  }

  @Test
  void beforeEnoughIsKnownTheConfiguredTimeHolds() {
    var durations = new JobDurations(firestore, Map.of("video:short", new Estimate(60, 90)));
    finish("early", 0, 10, 4);

    durations.learn();

    assertEquals(60, durations.of("video", "short").p50Seconds());
  }

  @Test
  void aProviderThatIsThreeTimesSlowerIsBelievedAfterTwentyJobs() {
    // given: much experience of quick jobs
    var durations = new JobDurations(firestore, Map.of());
    finish("quick", 0, 60, 80);
    durations.learn();
    assertEquals(60, durations.of("video", "short").p50Seconds());

    // when
    finish("slow", 10_000, 180, 20);
    durations.learn();

    // then
    double p50 = durations.of("video", "short").p50Seconds();
    assertTrue(p50 >= 90 && p50 <= 360, "p50 " + p50);
  }

  @Test
  void amongEqualsThePercentileIsTheUsualOne() {
    List<Double> known = DoubleStream.iterate(1, n -> n + 1).limit(9).boxed().toList();

    assertEquals(5, JobDurations.percentile(known, 0.5), 1);
    assertEquals(7, JobDurations.percentile(List.of(7.0), 0.9));
  }

  @Test
  void oneOutlierAmongTheNewestMovesTheMedianLittle() {
    List<Double> known =
        Stream.concat(Collections.nCopies(50, 60.0).stream(), Stream.of(600.0)).toList();

    assertEquals(60, JobDurations.percentile(known, 0.5));
  }

  private void finish(String name, long fromSeconds, long each, int count) {
    for (int i = 0; i < count; i++) {
      Instant finished = NOON.plusSeconds(fromSeconds + i);
      on(
          firestore
              .collection("jobs")
              .document(name + i)
              .create(
                  Map.of(
                      "kind", "video",
                      "length", "short",
                      "state", "succeeded",
                      "startedAt", timestamp(finished.minusSeconds(each)),
                      "finishedAt", timestamp(finished))));
    }
  }
}
