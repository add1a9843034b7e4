package app.infinitestories.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue as it was at most 30 seconds ago: for callers who are not signed in and ask all the
 * same. However many ask at once, this instance asks once. What is not there is not remembered, so
 * that a story is found as soon as it is published.
 */
public final class RecentCatalog implements CatalogReads {
  private static final Duration RECENT = Duration.ofSeconds(30);
  private static final long STORIES = 5_000;
  private static final long CHAPTERS = 2_000;

  private record PageKey(StoryFilter filter, int limit, Optional<StoryPage.After> after) {}

  private record ChapterKey(String storyId, String chapterId) {}

  private final CatalogReads catalog;
  private final Cache<PageKey, StoryPage> pages;
  private final Cache<String, @Nullable CatalogStory> stories;
  private final Cache<String, @Nullable List<Chapter>> chapterLists;
  private final Cache<ChapterKey, @Nullable Chapter> chapters;

  public RecentCatalog(CatalogReads catalog, Clock clock) {
    this.catalog = catalog;
    // bounded by what the entries hold: a page is one entry, and up to a hundred stories
    this.pages =
        recent(clock)
            .maximumWeight(STORIES)
            .<PageKey, StoryPage>weigher((key, page) -> 1 + page.stories().size())
            .build();
    this.stories = recent(clock).maximumSize(STORIES).build();
    this.chapterLists =
        recent(clock)
            .maximumWeight(CHAPTERS)
            .<String, List<Chapter>>weigher((key, list) -> 1 + list.size())
            .build();
    this.chapters = recent(clock).maximumSize(CHAPTERS).build();
  }

  private static Caffeine<Object, Object> recent(Clock clock) {
    return Caffeine.newBuilder()
        .expireAfterWrite(RECENT)
        .ticker(() -> Duration.ofMillis(clock.millis()).toNanos());
  }

  @Override
  public StoryPage list(StoryFilter filter, int limit, Optional<StoryPage.After> after) {
    return pages.get(new PageKey(filter, limit, after), key -> catalog.list(filter, limit, after));
  }

  @Override
  public Optional<CatalogStory> find(String storyId) {
    return Optional.ofNullable(stories.get(storyId, id -> catalog.find(id).orElse(null)));
  }

  @Override
  public Optional<List<Chapter>> chapters(String storyId) {
    return Optional.ofNullable(chapterLists.get(storyId, id -> catalog.chapters(id).orElse(null)));
  }

  @Override
  public Optional<Chapter> chapter(String storyId, String chapterId) {
    return Optional.ofNullable(
        chapters.get(
            new ChapterKey(storyId, chapterId),
            key -> catalog.chapter(storyId, chapterId).orElse(null)));
  }
}
