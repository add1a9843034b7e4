package app.infinitestories.engagement;

import org.jspecify.annotations.Nullable;

/**
 * What a story is to one user.
 *
 * @param progress null for a story never begun
 */
public record StoryState(boolean isFavorite, boolean isLiked, @Nullable Progress progress) {}
