package app.infinitestories.engagement;

import java.time.Instant;

/**
 * An entry of a user's list of stories, and the place in it where a page goes on.
 *
 * @param at when the story came into the list: what it is sorted by, newest first
 * @param storyId breaks ties between entries of the same microsecond
 */
public record Marked(Instant at, String storyId) {}
