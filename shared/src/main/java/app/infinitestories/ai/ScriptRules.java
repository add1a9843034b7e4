package app.infinitestories.ai;

import app.infinitestories.safety.HeroName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a story must keep: its number of scenes, their length, and a hero who is in it. */
public final class ScriptRules {
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern LETTER = Pattern.compile(".*[\\p{L}\\p{N}].*", Pattern.DOTALL);
  private static final int MAX_TITLE = 100;

  /** How far the number of scenes may be off: fewer are another story, more cost far more. */
  private static final double SCENES_MIN = 0.6;

  private static final double SCENES_MAX = 1.6;

  /**
   * How far a scene's words may be off after all repairs. Models of other providers count words
   * badly, and a family that waited would rather have a short film than none.
   */
  private static final double WORDS_MIN = 0.2;

  private static final double WORDS_MAX = 2;

  /**
   * A film lasts 45 seconds at least. Its cards take 6.5 of them, and 35 words are read in 15
   * seconds: with fewer words than this the end card would have to fill up the time.
   */
  private static final int WORDS_OF_THE_SHORTEST_FILM = 90;

  /** How well a story keeps to its brief; the later the better. */
  public enum Fit {
    /** No film can be made of it. */
    TORN,
    /** A film can be made of it, but it would tell for less than 45 seconds. */
    TOO_SHORT,
    /** A rule is broken, and it is a story all the same. */
    SOMEWHAT_OFF,
    /** Every rule is kept. */
    EXACT
  }

  private ScriptRules() {}

  /** Every broken rule, worded for the model that is to mend it; empty if there is none. */
  public static List<String> problems(ScriptBrief brief, Script script) {
    List<String> problems = new ArrayList<>();
    if (script.title().isBlank() || script.title().length() > MAX_TITLE) {
      problems.add("The title must have 1 to " + MAX_TITLE + " characters.");
    }
    if (script.scenes().size() != brief.scenes()) {
      problems.add(
          "There must be %d scenes, not %d.".formatted(brief.scenes(), script.scenes().size()));
    }
    for (int i = 0; i < script.scenes().size(); i++) {
      sceneProblems(brief, script.scenes().get(i), i + 1, problems);
    }
    if (!heroTakesPart(script)) {
      problems.add("The narration must name the hero as " + HeroName.PLACEHOLDER + ".");
    }
    return problems;
  }

  /** How well a story keeps to its brief: what decides whether the model is asked again. */
  public static Fit fit(ScriptBrief brief, Script script) {
    if (problems(brief, script).isEmpty()) {
      return Fit.EXACT;
    }
    if (!usable(brief, script)) {
      return Fit.TORN;
    }
    int words = script.scenes().stream().mapToInt(scene -> words(scene.narration())).sum();
    return words < WORDS_OF_THE_SHORTEST_FILM ? Fit.TOO_SHORT : Fit.SOMEWHAT_OFF;
  }

  private static boolean usable(ScriptBrief brief, Script script) {
    WordRange range = brief.wordsPerScene();
    int scenes = script.scenes().size();
    return !script.title().isBlank()
        && scenes >= brief.scenes() * SCENES_MIN
        && scenes <= brief.scenes() * SCENES_MAX
        && script.scenes().stream()
            .allMatch(scene ->
                words(scene.narration()) >= range.min() * WORDS_MIN
                    && words(scene.narration()) <= range.max() * WORDS_MAX
                    && !scene.picturePrompt().isBlank());
  }

  /** Words of a text; the hero's placeholder is one. */
  public static int words(String text) {
    return (int) SPACE.splitAsStream(text).filter(word -> LETTER.matcher(word).matches()).count();
  }

  private static void sceneProblems(
      ScriptBrief brief, Script.Scene scene, int number, List<String> problems) {
    WordRange range = brief.wordsPerScene();
    int words = words(scene.narration());
    if (words < range.min() || words > range.max()) {
      problems.add(
          "Scene %d has %d words of narration, it must have %d to %d."
              .formatted(number, words, range.min(), range.max()));
    }
    if (scene.picturePrompt().isBlank()) {
      problems.add("Scene %d has no picture prompt.".formatted(number));
    }
    if (scene.picturePrompt().contains(HeroName.PLACEHOLDER)
        || scene.motionPrompt().contains(HeroName.PLACEHOLDER)) {
      problems.add(
          "Scene %d: picture and motion prompts say \"the hero child\", not %s."
              .formatted(number, HeroName.PLACEHOLDER));
    }
    if (!scene.picturePrompt().isBlank()
        && !scene.picturePrompt().toLowerCase(Locale.ROOT).contains("hero child")) {
      problems.add("Scene %d: the picture prompt must show \"the hero child\".".formatted(number));
    }
    if (scene.motionPrompt().isBlank()) {
      problems.add("Scene %d has no motion prompt.".formatted(number));
    }
  }

  private static boolean heroTakesPart(Script script) {
    return script.scenes().stream()
        .anyMatch(scene -> scene.narration().contains(HeroName.PLACEHOLDER));
  }
}
