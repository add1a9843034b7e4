package app.infinitestories.queue.admission;

import static app.infinitestories.platform.firestore.Times.instant;
import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.log.EventLog;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.Timing;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldValue;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import com.google.cloud.firestore.SetOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One circuit breaker per provider and model. It opens when a provider was busy several times in a
 * row, or said to come back much later; then nobody is admitted to the pools that need it. After
 * its time it is half open: one job at a time may try, and the first success closes it.
 */
public final class Breakers {
  private static final EventLog LOG = EventLog.of(Breakers.class);
  private static final int BUSY_IN_A_ROW = 5;
  private static final Duration FIRST_BREAK = Duration.ofSeconds(30);
  private static final Duration LONGEST_BREAK = Duration.ofMinutes(10);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final QueueStore store;
  private final Timing timing;
  private final Map<String, Integer> busy = new ConcurrentHashMap<>();
  private volatile @Nullable Seen seen;

  public Breakers(QueueStore store, Timing timing) {
    this.store = store;
    this.timing = timing;
  }

  /** A breaker that is not closed. */
  private record Breaker(String id, Instant openUntil, int trips, List<?> pools) {}

  private record Seen(long nanos, List<Breaker> breakers) {}

  /** How many jobs may be admitted to a pool at once: none, one to try, or as many as wished. */
  public int admissible(String pool, int wished) {
    int limit = wished;
    for (Breaker breaker : read()) {
      if (breaker.pools().contains(pool)) {
        limit = timing.now().isBefore(breaker.openUntil()) ? 0 : Math.min(limit, 1);
        if (limit == 0) {
          return 0;
        }
      }
    }
    return limit;
  }

  /** Until when nobody should call; empty when the provider may be called. */
  public Optional<Instant> openUntil(String provider, String model) {
    return recently().stream()
        .filter(breaker -> breaker.id().equals(id(provider, model)))
        .map(Breaker::openUntil)
        .filter(until -> timing.now().isBefore(until))
        .findFirst();
  }

  /** The provider answered: whatever stood in the way is over. */
  public void worked(String provider, String model) {
    String id = id(provider, model);
    busy.remove(id);
    if (recently().stream().anyMatch(breaker -> breaker.id().equals(id))) {
      on(store.providers().document(id).update("trips", 0L, "openUntil", null, "cause", null));
      seen = null;
      LOG.info("breaker.closed", "provider", id);
    }
  }

  /** The provider was busy; opens when that happened too often, or for as long as it asked for. */
  public void wasBusy(String provider, String model, String pool, Optional<Duration> retryAfter) {
    String id = id(provider, model);
    int inARow = busy.merge(id, 1, Integer::sum);
    boolean longBreak = retryAfter.isPresent() && retryAfter.get().compareTo(LONGEST_BREAK) >= 0;
    if (inARow < BUSY_IN_A_ROW && !longBreak) {
      return;
    }
    busy.remove(id);
    DocumentSnapshot before = on(store.providers().document(id).get());
    Long trips = before.getLong("trips");
    int tripped = trips == null ? 0 : trips.intValue();
    Duration growing = FIRST_BREAK.multipliedBy(1L << Math.min(tripped, 10));
    Duration pause = growing.compareTo(LONGEST_BREAK) > 0 ? LONGEST_BREAK : growing;
    if (retryAfter.isPresent() && retryAfter.get().compareTo(pause) > 0) {
      pause = retryAfter.get();
    }
    // The one document that nobody owns and nobody deletes, so merging into it is safe.
    on(
        store
            .providers()
            .document(id)
            .set(
                Map.of(
                    "openUntil",
                    timestamp(timing.now().plus(pause)),
                    "cause",
                    longBreak ? "asked to wait" : "busy",
                    "model",
                    model,
                    "trips",
                    (long) tripped + 1,
                    "pools",
                    FieldValue.arrayUnion(pool)),
                SetOptions.merge()));
    seen = null;
    LOG.warn("breaker.opened", "provider", id, "seconds", pause.toSeconds());
  }

  private List<Breaker> recently() {
    Seen last = seen;
    return last != null && timing.since(last.nanos()).compareTo(LOOK_AGAIN) < 0
        ? last.breakers()
        : read();
  }

  private List<Breaker> read() {
    long asked = timing.nanos();
    List<Breaker> breakers =
        on(store.providers().whereGreaterThan("trips", 0L).limit(50).get()).getDocuments().stream()
            .map(Breakers::parse)
            .flatMap(Optional::stream)
            .toList();
    seen = new Seen(asked, breakers);
    return breakers;
  }

  private static Optional<Breaker> parse(QueryDocumentSnapshot document) {
    Timestamp until = document.getTimestamp("openUntil");
    Long trips = document.getLong("trips");
    if (until == null || trips == null) {
      return Optional.empty();
    }
    Object pools = document.get("pools");
    return Optional.of(
        new Breaker(
            document.getId(),
            instant(until),
            trips.intValue(),
            pools instanceof List<?> list ? list : List.of()));
  }

  private static String id(String provider, String model) {
    return provider + ":" + model.replace('/', '_');
  }
}
