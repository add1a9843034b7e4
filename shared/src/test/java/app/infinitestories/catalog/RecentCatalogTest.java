package app.infinitestories.catalog;

import static app.infinitestories.catalog.CatalogSamples.NOON;
import static app.infinitestories.catalog.CatalogSamples.story;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.testkit.SetClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is remembered for callers who are not signed in, and for how long. */
class RecentCatalogTest {
  private final SetClock clock = new SetClock(NOON);
  private final Shelf shelf = new Shelf();
  private final RecentCatalog recent = new RecentCatalog(shelf, clock);

  /** A catalogue of one story, which counts how often it is asked. */
  private static final class Shelf implements CatalogReads {
    final AtomicInteger asked = new AtomicInteger();
    Optional<CatalogStory> story = Optional.of(story("kite", NOON, true));
    boolean down;

    private <T> T answer(T value) {
      asked.incrementAndGet();
      if (down) {
        throw new IllegalStateException("no answer");
      }
      return value;
    }

    @Override
    public StoryPage list(StoryFilter filter, int limit, Optional<StoryPage.After> after) {
      return answer(new StoryPage(story.stream().toList(), Optional.empty()));
    }

    @Override
    public Optional<CatalogStory> find(String storyId) {
      return answer(story.filter(known -> known.id().equals(storyId)));
    }

    @Override
    public Optional<List<Chapter>> chapters(String storyId) {
      return answer(story.map(known -> List.of(CatalogSamples.chapter("c1", 0, false))));
    }

    @Override
    public Optional<Chapter> chapter(String storyId, String chapterId) {
      return answer(story.map(known -> CatalogSamples.chapter(chapterId, 0, false)));
    }
  }

  private void readAll() {
    recent.list(StoryFilter.ALL, 20, Optional.empty());
    recent.find("kite");
    recent.chapters("kite");
    recent.chapter("kite", "c1");
  }

  @Test
  void asksOnceInHalfAMinute() {
    readAll();
    clock.add(Duration.ofSeconds(29));
    readAll();

    assertEquals(4, shelf.asked.get());
  }

  @Test
  void asksAgainAfterHalfAMinute() {
    readAll();
    shelf.story = Optional.of(story("kite", NOON.plusSeconds(1), true));
    clock.add(Duration.ofSeconds(30));
    readAll();

    assertEquals(8, shelf.asked.get());
    assertEquals(shelf.story, recent.find("kite"));
  }

  @Test
  void keepsApartWhatIsAskedDifferently() {
    recent.list(StoryFilter.ALL, 20, Optional.empty());
    recent.list(StoryFilter.ALL, 21, Optional.empty());
    recent.list(new StoryFilter("de", null, null), 20, Optional.empty());
    recent.list(StoryFilter.ALL, 20, Optional.of(new StoryPage.After(NOON, "kite")));
    recent.chapter("kite", "c1");
    recent.chapter("kite", "c2");

    assertEquals(6, shelf.asked.get());
  }

  @Test
  void findsAStoryAsSoonAsItIsPublished() {
    var published = shelf.story;
    shelf.story = Optional.empty();
    assertTrue(recent.find("kite").isEmpty());
    assertTrue(recent.chapters("kite").isEmpty());
    assertTrue(recent.chapter("kite", "c1").isEmpty());

    shelf.story = published;

    assertEquals(published, recent.find("kite"));
    assertTrue(recent.chapters("kite").isPresent());
    assertTrue(recent.chapter("kite", "c1").isPresent());
  }

  @Test
  void doesNotRememberAFault() {
    shelf.down = true;
    assertThrows(IllegalStateException.class, () -> recent.find("kite"));

    shelf.down = false;

    assertTrue(recent.find("kite").isPresent());
  }

  @Test
  void aCrowdAsksOnce() throws Exception {
    List<Callable<StoryPage>> crowd =
        IntStream.range(0, 50)
            .<Callable<StoryPage>>mapToObj(
                i -> () -> recent.list(StoryFilter.ALL, 20, Optional.empty()))
            .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var page : threads.invokeAll(crowd)) {
        assertEquals(1, page.get().stories().size());
      }
    }

    assertEquals(1, shelf.asked.get());
  }
}
