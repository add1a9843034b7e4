package app.infinitestories.catalog;

import static app.infinitestories.platform.firestore.Times.instant;
import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.catalog.RankingPolicy.Ranking;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.platform.firestore.FirestoreTimeout;
import app.infinitestories.platform.firestore.Pages;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.safety.TermFilter;
import com.google.api.core.ApiFuture;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.AggregateField;
import com.google.cloud.firestore.AggregateQuerySnapshot;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import com.google.cloud.firestore.WriteBatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ranks the catalogue, so that no request has to: sums each story's counters, lets popularity fade,
 * and puts the stories on their language's shelves. It writes sums, it never adds, and only over
 * what it read: however many run, and however often, the end is the same.
 */
public final class RankStories {
  private static final EventLog LOG = EventLog.of(RankStories.class);
  private static final AggregateField LIKES = AggregateField.sum("likes");
  private static final AggregateField FINISHES = AggregateField.sum("finishes");
  private static final int PAGE = 100;
  private static final int ATTEMPTS = 10;
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  private final Firestore firestore;
  private final CatalogPaths paths;
  private final RankingPolicy policy;
  private final Clock clock;

  public RankStories(Firestore firestore, RankingPolicy policy, Clock clock) {
    this.firestore = firestore;
    this.paths = new CatalogPaths(firestore);
    this.policy = policy;
    this.clock = clock;
  }

  /** Ranks all published stories and fills all shelves anew. */
  public void run() {
    for (String language : TermFilter.LANGUAGES) {
      forEachPage(language, this::rank);
      shelve(language);
    }
  }

  /**
   * Fills the shelves of one language from its stories as they are ranked now: what shows a story
   * that has just been published, and hides one that is published no longer.
   */
  public void shelve(String language) {
    var ref = paths.discovery(language);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      // Read before the stories are: who wrote these shelves meanwhile saw newer stories.
      DocumentSnapshot before = on(ref.get());
      List<CatalogStory> stories = new ArrayList<>();
      forEachPage(language, page -> page.stream().map(CatalogStory::of).forEach(stories::add));
      Shelves shelves = Shelves.of(stories);
      if (shelves.equals(Shelves.of(before))) {
        return;
      }
      WriteBatch batch = firestore.batch();
      if (before.exists()) {
        batch.update(ref, shelves.toFields(), unchanged(before));
      } else {
        batch.create(ref, shelves.toFields());
      }
      if (isIn(batch.commit())) {
        LOG.info("shelves.filled", "language", language, "stories", stories.size());
        return;
      }
    }
    throw new Failure.Unavailable(TRY_AGAIN, null);
  }

  private void forEachPage(String language, Consumer<List<QueryDocumentSnapshot>> page) {
    Pages.each(
        paths
            .stories()
            .whereEqualTo("published", true)
            .whereEqualTo("language", language)
            .orderBy("publishedAt", Query.Direction.DESCENDING),
        PAGE,
        page);
  }

  private record Asked(
      DocumentSnapshot story,
      ApiFuture<AggregateQuerySnapshot> likes,
      ApiFuture<AggregateQuerySnapshot> finishes) {}

  /** A page at once; what somebody else changed meanwhile is ranked again by itself. */
  private void rank(List<? extends DocumentSnapshot> stories) {
    List<Asked> asked = stories.stream().map(this::ask).toList();
    List<DocumentSnapshot> refused = new ArrayList<>();
    List<Runnable> waiting = new ArrayList<>();
    for (Asked each : asked) {
      ApiFuture<?> written = write(each);
      if (written != null) {
        waiting.add(() -> {
          if (!isIn(written)) {
            refused.add(each.story());
          }
        });
      }
    }
    waiting.forEach(Runnable::run);
    refused.forEach(this::rankAgain);
  }

  private void rankAgain(DocumentSnapshot stale) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      DocumentSnapshot story = on(stale.getReference().get());
      if (!story.exists()) {
        return;
      }
      ApiFuture<?> written = write(ask(story));
      if (written == null || isIn(written)) {
        return;
      }
    }
    LOG.warn("story.unranked", "story", stale.getId()); // the next run comes within the hour
  }

  private Asked ask(DocumentSnapshot story) {
    var shards = paths.shards(story.getId());
    // Together they would leave out the shards that have only one of the two.
    return new Asked(story, shards.aggregate(LIKES).get(), shards.aggregate(FINISHES).get());
  }

  /** The write that is on its way, or null if nothing is to be changed. */
  private @Nullable ApiFuture<?> write(Asked asked) {
    DocumentSnapshot story = asked.story();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Ranking before = ranking(story, now);
    Ranking after =
        policy.next(before, sum(asked.likes(), LIKES), sum(asked.finishes(), FINISHES), now);
    boolean same =
        after.popularity() == before.popularity()
            && after.likes() == before.likes()
            && after.finishes() == before.finishes();
    if (same && Objects.equals(story.getLong("likes"), after.likes())) {
      return null;
    }
    return story
        .getReference()
        .update(
            Map.of(
                "likes", after.likes(),
                "popularity", after.popularity(),
                "ranked",
                    Map.of(
                        "likes", after.likes(),
                        "finishes", after.finishes(),
                        "at", timestamp(after.at()))),
            unchanged(story));
  }

  private static Ranking ranking(DocumentSnapshot story, Instant now) {
    Double popularity = story.getDouble("popularity");
    Long likes = story.getLong("ranked.likes");
    Long finishes = story.getLong("ranked.finishes");
    Timestamp at = story.getTimestamp("ranked.at");
    return new Ranking(
        popularity == null ? 0 : popularity,
        likes == null ? 0 : likes,
        finishes == null ? 0 : finishes,
        at == null ? now : instant(at));
  }

  private static Precondition unchanged(DocumentSnapshot document) {
    return Precondition.updatedAt(Commits.updateTime(document));
  }

  /**
   * Whether a write is in for sure; in doubt it is looked at again, which a second copy survives.
   */
  private static boolean isIn(ApiFuture<?> write) {
    try {
      var _ = on(write);
      return true;
    } catch (FirestoreException e) {
      if (!Commits.isDoubtful(e)) {
        throw e;
      }
      return false;
    } catch (FirestoreTimeout e) {
      return false;
    }
  }

  /** Without shards the sum is 0, or none at all. */
  private static long sum(ApiFuture<AggregateQuerySnapshot> shards, AggregateField field) {
    return on(shards).get(field) instanceof Number number ? number.longValue() : 0;
  }
}
