package app.infinitestories.engagement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.engagement.RecordProgress.Report;
import app.infinitestories.local.firestore.FirestoreEmulator;
import app.infinitestories.queue.LossyFirestore;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.SetClock;
import app.infinitestories.testkit.TestProject;
import com.google.cloud.firestore.Firestore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Favourites, what goes on, what is shown with a page of stories, and what tastes come of it. */
@FirestoreTest
class MarksTest {
  private static final AtomicInteger USERS = new AtomicInteger();
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final Firestore firestore;
  private final SetClock clock = new SetClock(NOON);
  private final Favorites favorites;
  private final Likes likes;
  private final RecordProgress progress;
  private final String uid = "user" + USERS.incrementAndGet();

  MarksTest(Firestore firestore) {
    this.firestore = firestore;
    favorites = new Favorites(firestore, clock);
    likes = new Likes(firestore, clock, new Random(7));
    progress = new RecordProgress(firestore, clock, new Random(7));
  }

  @Test
  void favouritesAreListedNewestFirstAndKeepTheirPlace() {
    keep("a", "b", "c");

    favorites.put(uid, "a");

    assertEquals(List.of("c", "b", "a"), ids(favorites.page(uid, 10, Optional.empty())));
  }

  @Test
  void aFavouriteMayBeTakenTwice() {
    keep("a", "b");

    favorites.delete(uid, "a");
    favorites.delete(uid, "a");

    assertEquals(List.of("b"), ids(favorites.page(uid, 10, Optional.empty())));
  }

  @Test
  void pagesNeitherRepeatNorHideWhatStaysWhileTheListChanges() {
    keep("a", "b", "c", "d", "e", "f", "g");

    List<Marked> first = favorites.page(uid, 3, Optional.empty());
    assertEquals(List.of("g", "f", "e"), ids(first));

    // Meanwhile one is added, one is taken that was shown last, and one that was still to come.
    keep("h");
    favorites.delete(uid, "e");
    favorites.delete(uid, "c");

    List<String> rest = new ArrayList<>();
    List<Marked> page = favorites.page(uid, 2, Optional.of(first.getLast()));
    while (!page.isEmpty()) {
      rest.addAll(ids(page));
      page = favorites.page(uid, 2, Optional.of(page.getLast()));
    }
    assertEquals(List.of("d", "b", "a"), rest);
  }

  @Test
  void favouritesOfTheSameMomentArePagedByTheirIds() {
    for (String id : List.of("a", "b", "c")) {
      favorites.put(uid, id);
    }

    List<Marked> first = favorites.page(uid, 2, Optional.empty());
    List<Marked> second = favorites.page(uid, 2, Optional.of(first.getLast()));

    assertEquals(List.of("c", "b"), ids(first));
    assertEquals(List.of("a"), ids(second));
  }

  @Test
  void aFavouriteWhoseAnswerIsLostIsKeptOnce(FirestoreEmulator emulator, TestProject project) {
    try (var lossy = new LossyFirestore(emulator.host(), project.id())) {
      var overBadNetwork = new Favorites(lossy.client(), clock);

      lossy.loseNextCommits(1);
      overBadNetwork.put(uid, "a");

      assertEquals(List.of("a"), ids(favorites.page(uid, 10, Optional.empty())));

      lossy.loseNextCommits(1);
      overBadNetwork.delete(uid, "a");

      assertEquals(List.of(), ids(favorites.page(uid, 10, Optional.empty())));
    }
  }

  @Test
  void unfinishedStoriesGoOnLastWatchedFirst() {
    watch("a", "space", false, 3);
    watch("b", "space", true, 2);
    watch("c", "space", false, 1);

    var goingOn = new ContinueWatching(firestore);
    List<Marked> first = goingOn.page(uid, 1, Optional.empty());

    assertEquals(List.of("c"), ids(first));
    assertEquals(List.of("a"), ids(goingOn.page(uid, 5, Optional.of(first.getLast()))));
  }

  @Test
  void aPageOfStoriesIsJoinedWithWhatThisUserDidAlone() {
    favorites.put(uid, "a");
    likes.like(uid, "b", "space", "en");
    watch("b", "space", false, 1);
    likes.like("somebody-else", "a", "space", "en");

    Map<String, StoryState> states = new StoryStates(firestore).of(uid, List.of("a", "b", "c"));

    assertEquals(new StoryState(true, false, null), states.get("a"));
    StoryState liked = Objects.requireNonNull(states.get("b"));
    assertFalse(liked.isFavorite());
    assertTrue(liked.isLiked());
    assertEquals("s1", Objects.requireNonNull(liked.progress()).sceneId());
    assertEquals(new StoryState(false, false, null), states.get("c"));
    assertTrue(new StoryStates(firestore).of(uid, List.of()).isEmpty());
  }

  @Test
  void whoDidNothingHasNoTaste() {
    assertEquals(Taste.NONE, taste("en"));
  }

  @Test
  void likingWeighsMoreThanFinishingAndThatMoreThanBeginning() {
    likes.like(uid, "a", "space", "en");
    watch("b", "animals", true, 0);
    watch("c", "mystery", false, 0);

    Taste taste = taste("en");

    assertTrue(weight(taste, "space") > weight(taste, "animals"));
    assertTrue(weight(taste, "animals") > weight(taste, "mystery"));
    assertEquals(java.util.Set.of("b"), taste.finished());
    assertNull(taste.genres().get("bedtime"));
  }

  @Test
  void tasteFadesAndIsKeenestInTheShelfsLanguage() {
    likes.like(uid, "a", "space", "en");
    double fresh = weight(taste("en"), "space");

    assertEquals(fresh / 2, weight(taste("fr"), "space"), 1e-9);

    clock.add(Duration.ofDays(60));

    assertEquals(fresh / 2, weight(taste("en"), "space"), 1e-9);
  }

  private void keep(String... storyIds) {
    for (String id : storyIds) {
      clock.add(Duration.ofSeconds(1));
      favorites.put(uid, id);
    }
  }

  private void watch(String storyId, String genre, boolean toTheEnd, int minutesAgo) {
    progress.record(
        uid,
        new Report(
            storyId,
            genre,
            "en",
            "c1",
            "s1",
            1,
            1,
            toTheEnd,
            clock.instant().minus(Duration.ofMinutes(minutesAgo))));
  }

  private Taste taste(String language) {
    return new Tastes(firestore, clock).ask(uid, language).get();
  }

  private static double weight(Taste taste, String genre) {
    return Objects.requireNonNull(taste.genres().get(genre));
  }

  private static List<String> ids(List<Marked> page) {
    return page.stream().map(Marked::storyId).toList();
  }
}
