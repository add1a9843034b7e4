package app.infinitestories.queue.projection;

import static app.infinitestories.platform.firestore.Times.instant;
import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.queue.Estimate;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How long jobs of a kind and length usually hold a slot, from the last 200 that were finished:
 * {@code stats/{kind:length}}. The newer count more, so that a provider that has become slower is
 * believed after some twenty jobs. Written by the sync alone, which learns of the newly finished.
 */
final class JobDurations {
  private static final int KEPT = 200;
  private static final int ENOUGH = 5;
  private static final int LEARN_AT_ONCE = 100;

  /** A duration counts half as much as the one that came so many jobs later. */
  private static final double HALF_LIFE_JOBS = 10;

  private final Firestore firestore;
  private final Map<String, Estimate> defaults;
  private final Map<String, List<Double>> seconds = new HashMap<>();

  /**
   * @param defaults by {@code kind:length}, used until enough jobs were finished
   */
  JobDurations(Firestore firestore, Map<String, Estimate> defaults) {
    this.firestore = firestore;
    this.defaults = Map.copyOf(defaults);
  }

  /** The usual time of a kind and length. */
  Estimate of(String kind, String length) {
    String key = kind + ":" + length;
    List<Double> known = seconds.getOrDefault(key, List.of());
    if (known.size() < ENOUGH) {
      return defaults.getOrDefault(key, new Estimate(180, 300));
    }
    return new Estimate(percentile(known, 0.5), percentile(known, 0.9));
  }

  /** Reads what is known, then takes in the jobs that succeeded since the last time. */
  void learn() {
    Map<String, List<Double>> fresh = new HashMap<>();
    Instant through = Instant.EPOCH;
    for (DocumentSnapshot stat : on(firestore.collection("stats").get()).getDocuments()) {
      fresh.put(stat.getId(), doubles(stat));
      Timestamp known = stat.getTimestamp("through");
      through = known != null && instant(known).isAfter(through) ? instant(known) : through;
    }
    Instant newest = through;
    var changed = new HashMap<String, List<Double>>();
    for (DocumentSnapshot job :
        on(firestore
                .collection("jobs")
                .whereEqualTo("state", "succeeded")
                .whereGreaterThan("finishedAt", timestamp(through))
                .orderBy("finishedAt")
                .limit(LEARN_AT_ONCE)
                .get())
            .getDocuments()) {
      Timestamp started = job.getTimestamp("startedAt");
      Timestamp finished = job.getTimestamp("finishedAt");
      if (started == null || finished == null) {
        continue;
      }
      newest = instant(finished);
      String key = job.getString("kind") + ":" + job.getString("length");
      List<Double> list =
          changed.computeIfAbsent(
              key, missing -> new ArrayList<>(fresh.getOrDefault(missing, List.of())));
      list.add(Duration.between(instant(started), newest).toMillis() / 1000.0);
    }
    for (var entry : changed.entrySet()) {
      List<Double> list = entry.getValue();
      List<Double> kept = list.subList(Math.max(0, list.size() - KEPT), list.size());
      on(
          firestore
              .collection("stats")
              .document(entry.getKey())
              .set(Map.of("seconds", List.copyOf(kept), "through", timestamp(newest))));
      fresh.put(entry.getKey(), List.copyOf(kept));
    }
    seconds.clear();
    seconds.putAll(fresh);
  }

  private static List<Double> doubles(DocumentSnapshot stat) {
    Object list = stat.get("seconds");
    return list instanceof List<?> numbers
        ? numbers.stream().map(number -> ((Number) number).doubleValue()).toList()
        : List.of();
  }

  /**
   * By nearest rank, over weights.
   *
   * @param known in the order in which the jobs were finished
   */
  static double percentile(List<Double> known, double share) {
    record Weighted(double seconds, double weight) {}
    List<Weighted> sorted =
        IntStream.range(0, known.size())
            .mapToObj(i ->
                new Weighted(known.get(i), Math.pow(0.5, (known.size() - 1 - i) / HALF_LIFE_JOBS)))
            .sorted(Comparator.comparingDouble(Weighted::seconds))
            .toList();
    double left = share * sorted.stream().mapToDouble(Weighted::weight).sum();
    for (Weighted each : sorted) {
      left -= each.weight();
      if (left <= 0) {
        return each.seconds();
      }
    }
    return sorted.getLast().seconds();
  }
}
