package app.infinitestories.engagement;

import static app.infinitestories.platform.firestore.Times.timestamp;

import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.Firestore;
import java.time.Clock;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Who likes which story, {@code users/{uid}/likes/{storyId}}, and how many do. The mark decides,
 * and counts in the batch that sets or takes it: so each user counts once, however often and in
 * whatever order it is sent.
 */
public final class Likes {
  private static final String COUNTER = "likes";

  private final Firestore firestore;
  private final Clock clock;
  private final Shards shards;

  /**
   * @param random chooses the shard that is counted on
   */
  public Likes(Firestore firestore, Clock clock, RandomGenerator random) {
    this.firestore = firestore;
    this.clock = clock;
    this.shards = new Shards(firestore, random);
  }

  /**
   * The user likes the story; also right when they do already.
   *
   * @param genre of the story, kept with the mark so that tastes cost no look into the catalogue
   * @param language of the story, likewise
   */
  public void like(String uid, String storyId, String genre, String language) {
    DocumentReference mark = mark(uid, storyId);
    MarkCommit.until(
        true,
        mark,
        () -> {
          var batch = firestore.batch();
          batch.create(
              mark, Map.of("at", timestamp(clock.instant()), "genre", genre, "language", language));
          shards.add(batch, storyId, COUNTER, 1);
          return batch;
        });
  }

  /** The user likes the story no longer; also right when they did not. */
  public void unlike(String uid, String storyId) {
    DocumentReference mark = mark(uid, storyId);
    MarkCommit.until(
        false,
        mark,
        () -> {
          var batch = firestore.batch();
          // The client's only way to say "if it exists": an update is refused where nothing is.
          batch.update(mark, "at", timestamp(clock.instant()));
          batch.delete(mark);
          shards.add(batch, storyId, COUNTER, -1);
          return batch;
        });
  }

  /** How many users like the story now: one read, exact. */
  public long count(String storyId) {
    return shards.sum(storyId, COUNTER);
  }

  private DocumentReference mark(String uid, String storyId) {
    return new UserMarks(firestore, uid).like(storyId);
  }
}
