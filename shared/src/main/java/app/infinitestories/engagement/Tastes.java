package app.infinitestories.engagement;

import static app.infinitestories.platform.firestore.Times.instant;
import static app.infinitestories.platform.firestore.Waiting.on;

import com.google.api.core.ApiFuture;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.QuerySnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Finds a user's taste in their newest likes and progress: two queries at once. */
public final class Tastes {
  private static final int NEWEST = 100;
  private static final double LIKED = 4;
  private static final double FINISHED = 2;
  private static final double BEGUN = 1;

  /** What was done in another language tells of the same child, but less of this shelf. */
  private static final double OTHER_LANGUAGE = 0.5;

  /** A child's taste changes within a season. */
  private static final Duration HALF_LIFE = Duration.ofDays(60);

  private final Firestore firestore;
  private final Clock clock;

  public Tastes(Firestore firestore, Clock clock) {
    this.firestore = firestore;
    this.clock = clock;
  }

  /**
   * Asks for a taste. The queries are on their way when this returns; the supplier waits for them.
   *
   * @param language of the shelf that the taste is for
   */
  public Supplier<Taste> ask(String uid, String language) {
    var marks = new UserMarks(firestore, uid);
    ApiFuture<QuerySnapshot> likes = newest(marks.likes(), "at");
    ApiFuture<QuerySnapshot> progress = newest(marks.progress(), "watchedAt");
    return () -> taste(on(likes), on(progress), language);
  }

  private Taste taste(QuerySnapshot likes, QuerySnapshot progress, String language) {
    Map<String, Double> genres = new HashMap<>();
    var finished = new HashSet<String>();
    for (DocumentSnapshot like : likes) {
      add(genres, like, language, LIKED, "at");
    }
    for (DocumentSnapshot watched : progress) {
      boolean toTheEnd = watched.contains("finishedAt");
      add(genres, watched, language, toTheEnd ? FINISHED : BEGUN, "watchedAt");
      if (toTheEnd) {
        finished.add(watched.getId());
      }
    }
    return new Taste(genres, finished);
  }

  private void add(
      Map<String, Double> genres,
      DocumentSnapshot mark,
      String language,
      double weight,
      String time) {
    String genre = Objects.requireNonNull(mark.getString("genre"), "genre");
    Instant at = instant(Objects.requireNonNull(mark.getTimestamp(time), time));
    double fresh = Math.pow(0.5, ratio(Duration.between(at, clock.instant())));
    double near = language.equals(mark.getString("language")) ? 1 : OTHER_LANGUAGE;
    genres.merge(genre, weight * fresh * near, Double::sum);
  }

  /** Of the half-life; a device's clock may be a little ahead of ours. */
  private static double ratio(Duration age) {
    return Math.max(0, (double) age.toSeconds() / HALF_LIFE.toSeconds());
  }

  private static ApiFuture<QuerySnapshot> newest(CollectionReference marks, String time) {
    return marks.orderBy(time, Query.Direction.DESCENDING).limit(NEWEST).get();
  }
}
