package app.infinitestories.local.cli.story;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Steps of the pipeline in words for a person. */
final class StepWords {
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("photo", "checking the photo"),
          Map.entry("check-order", "checking the order"),
          Map.entry("voice-idea", "listening to the idea"),
          Map.entry("check-voice-idea", "checking the idea"),
          Map.entry("check-changes", "checking the wishes"),
          Map.entry("hero-sheet", "drawing the hero"),
          Map.entry("hero-profile", "looking at the hero"),
          Map.entry("script", "writing the story"),
          Map.entry("check-script", "checking the story"),
          Map.entry("translation", "translating the story"),
          Map.entry("check-translation", "checking the translation"),
          Map.entry("paint", "painting the pictures"),
          Map.entry("picture", "painting the pictures"),
          Map.entry("narration", "reading the story aloud"),
          Map.entry("sentence", "reading the story aloud"),
          Map.entry("captions", "timing the captions"),
          Map.entry("clip", "bringing the pictures to life"),
          Map.entry("clips", "bringing the pictures to life"),
          Map.entry("loudness", "evening out the sound"),
          Map.entry("title-card", "cutting the film"),
          Map.entry("end-card", "cutting the film"),
          Map.entry("cut", "cutting the film"),
          Map.entry("assemble", "cutting the film"),
          Map.entry("publish", "publishing the film"));

  private StepWords() {}

  /**
   * @param step a step's key, {@code name[.index…]@revision}, or its name; null before the first
   */
  static String of(@Nullable String step) {
    if (step == null) {
      return "getting ready";
    }
    var name = step.split("[.@\\[]", 2)[0];
    // Names grow from the left: hero-sheet-moderation belongs to hero-sheet.
    for (int end = name.length(); end > 0; end = name.lastIndexOf('-', end - 1)) {
      var known = WORDS.get(name.substring(0, end));
      if (known != null) {
        return known;
      }
    }
    return name.replace('-', ' ');
  }
}
