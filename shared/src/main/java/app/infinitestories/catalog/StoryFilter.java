package app.infinitestories.catalog;

import org.jspecify.annotations.Nullable;

/** Which stories of the catalogue; null means any. */
public record StoryFilter(
    @Nullable String language, @Nullable String genre, @Nullable String ageBand) {
  /** Every published story. */
  public static final StoryFilter ALL = new StoryFilter(null, null, null);
}
