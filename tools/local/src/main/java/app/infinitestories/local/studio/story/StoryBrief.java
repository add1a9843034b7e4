package app.infinitestories.local.studio.story;

import org.jspecify.annotations.Nullable;

/**
 * What a story is to be about. The hero's name is used as an indeclinable word; lengths are words
 * per scene.
 *
 * @param hero the name, usually the token {@code {{HERO}}}
 * @param age the listener's age in years
 * @param genre adventure, fantasy, fairy_tale, animals, space, friendship, mystery or bedtime;
 *     another word gets a plot of any genre
 * @param language an ISO 639 code (en, es, fr, de, it), a region after a dash is ignored
 * @param scenes 3, 5 or 7
 * @param minWords fewest words of a scene's narration
 * @param maxWords most words of a scene's narration
 * @param theme the parent's wish, in the story's language
 * @param lesson what the hero is to understand at the end, in the story's language
 * @param seed the same seed tells the same story, in another language the same plot
 */
public record StoryBrief(
    String hero,
    int age,
    String genre,
    String language,
    int scenes,
    int minWords,
    int maxWords,
    @Nullable String theme,
    @Nullable String lesson,
    long seed) {
  public StoryBrief {
    if (scenes != 3 && scenes != 5 && scenes != 7) {
      throw new IllegalArgumentException("a story has 3, 5 or 7 scenes, not " + scenes);
    }
    if (minWords < 1 || maxWords < minWords) {
      throw new IllegalArgumentException(
          "no scene has between " + minWords + " and " + maxWords + " words");
    }
    if (hero.isBlank()) {
      throw new IllegalArgumentException("the hero needs a name or the token {{HERO}}");
    }
  }
}
