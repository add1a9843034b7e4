package app.infinitestories.engagement;

import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.firestore.FirestoreEmulator;
import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.queue.LossyFirestore;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.SetClock;
import app.infinitestories.testkit.TestProject;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Likes are counted exactly, whatever happens at once or is lost on the way. */
@FirestoreTest
class LikesTest {
  private static final AtomicInteger STORIES = new AtomicInteger();

  private final Firestore firestore;
  private final SetClock clock = new SetClock(Instant.parse("2026-11-20T10:00:00Z"));
  private final Likes likes;
  private final String story = "story" + STORIES.incrementAndGet();

  LikesTest(Firestore firestore) {
    this.firestore = firestore;
    this.likes = new Likes(firestore, clock, new Random(7));
  }

  @Test
  void aUserCountsOnceHoweverOftenTheyLike() {
    like("anna");
    like("anna");
    like("ben");

    assertEquals(2, likes.count(story));

    likes.unlike("anna", story);
    likes.unlike("anna", story);
    likes.unlike("carla", story);

    assertEquals(1, likes.count(story));
    assertFalse(isLiked("anna"));
    assertTrue(isLiked("ben"));
  }

  @Test
  void twoHundredChangesAtOnceByFiftyUsersLeaveTheExactCount() throws Exception {
    // Each user likes, unlikes, likes and unlikes or not, all at the same time.
    List<Runnable> changes = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String uid = "user" + i % 50;
      boolean like = i / 50 % 2 == 0;
      changes.add(like ? () -> like(uid) : () -> likes.unlike(uid, story));
    }

    atOnce(changes);

    long marked = IntStream.range(0, 50).filter(i -> isLiked("user" + i)).count();
    assertEquals(marked, likes.count(story));

    // And once everybody has said their last word, that is what counts.
    atOnce(
        IntStream.range(0, 50)
            .<Runnable>mapToObj(
                i -> i < 30 ? () -> like("user" + i) : () -> likes.unlike("user" + i, story))
            .toList());

    assertEquals(30, likes.count(story));
  }

  @Test
  void aLikeWhoseAnswerIsLostCountsOnce(FirestoreEmulator emulator, TestProject project) {
    try (var lossy = new LossyFirestore(emulator.host(), project.id())) {
      var overBadNetwork = new Likes(lossy.client(), clock, new Random(7));

      lossy.loseNextCommits(1);
      overBadNetwork.like("anna", story, "space", "en");

      assertEquals(1, likes.count(story));

      lossy.loseNextCommits(1);
      overBadNetwork.unlike("anna", story);

      assertEquals(0, likes.count(story));
      assertFalse(isLiked("anna"));
    }
  }

  @Test
  void nothingIsCountedForAStoryThatNobodyLikes() {
    assertEquals(0, likes.count("a-story-without-shards"));
  }

  @Test
  void aFaultOfOursIsToldAsOne() {
    // An id that Firestore keeps for itself can never be written, and trying again is no use.
    var refused =
        assertThrows(
            FirestoreException.class, () -> likes.like("anna", "__reserved__", "space", "en"));

    assertFalse(Commits.isDoubtful(refused));
  }

  private void like(String uid) {
    likes.like(uid, story, "space", "en");
  }

  private boolean isLiked(String uid) {
    return on(firestore.document("users/" + uid + "/likes/" + story).get()).exists();
  }

  private static void atOnce(List<Runnable> work) throws Exception {
    var start = new CountDownLatch(1);
    var running = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Runnable one : work) {
        running.add(
            threads.submit(() -> {
              start.await();
              one.run();
              return null;
            }));
      }
      start.countDown();
      for (Future<?> one : running) {
        one.get();
      }
    }
  }
}
