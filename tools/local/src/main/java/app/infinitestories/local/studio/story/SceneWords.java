package app.infinitestories.local.studio.story;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Fits the tellings of one scene between the fewest and the most words, and never says a filling
 * sentence twice.
 */
final class SceneWords {
  private static final Pattern SPACE = Pattern.compile("[\\s\\u00a0\\u202f]+");
  private static final Pattern SENTENCE_END =
      Pattern.compile("(?<=[.!?…]\u00a0?[”“»]?) (?=[^\\s\\p{Ll}])");
  private static final int USUAL = 48;
  private static final int TOLERANCE = 3;

  private final Map<String, String> slots;
  private final AgeBand band;
  private final int min;
  private final int max;
  private final int target;
  private final Set<String> said;
  private final Map<Wording, Told> told = new HashMap<>();

  /** A telling in its full or its shorter words. */
  private record Wording(Telling telling, boolean rich) {}

  /** How it sounds, and how many words that takes. */
  private record Told(String text, int words) {}

  SceneWords(Map<String, String> slots, AgeBand band, int min, int max, Set<String> said) {
    this.slots = slots;
    this.band = band;
    this.min = min;
    this.max = max;
    this.target = USUAL >= min && USUAL <= max ? USUAL : (min + max) / 2;
    this.said = said;
  }

  /** The sentences of a text. */
  static List<String> sentences(String text) {
    return SENTENCE_END.splitAsStream(text).filter(s -> !s.isBlank()).toList();
  }

  /** How many words a text has; punctuation standing alone is none. */
  static int count(String text) {
    return (int)
        SPACE
            .splitAsStream(text)
            .filter(word -> word.codePoints().anyMatch(Character::isLetterOrDigit))
            .count();
  }

  /**
   * Tells a scene.
   *
   * @param tellings in order; optional ones are left out when two beats share the scene or it would
   *     be too long
   * @param sparing whether optional tellings are only taken while there is room up to the usual
   *     length
   * @param pads sentences that fit at the end of this scene if it is too short, the best first
   * @param padBefore how many tellings stay behind the pads at the end of the scene
   */
  String tell(List<Telling> tellings, boolean sparing, List<Telling> pads, int padBefore) {
    List<Telling> chosen = new ArrayList<>(tellings);
    boolean rich = true;
    int limit = sparing ? Math.min(max, target + TOLERANCE) : max;
    for (int i = chosen.size() - 1; i >= 0 && words(chosen, rich) > limit; i--) {
      if (!chosen.get(i).essential()) {
        chosen.remove(i);
      }
    }
    if (words(chosen, rich) > limit) {
      rich = false;
    }
    fillUp(chosen, pads, rich, padBefore);
    return trimmed(join(chosen, rich));
  }

  private void fillUp(List<Telling> chosen, List<Telling> pads, boolean rich, int padBefore) {
    int enough = Math.max(min, target - TOLERANCE);
    for (boolean again : new boolean[] {false, true}) {
      for (Telling pad : pads) {
        int now = words(chosen, rich);
        if (now >= (again ? min : enough)) {
          return;
        }
        boolean fits = now + told(pad, rich).words() <= max;
        if (fits && !chosen.contains(pad) && (again || said.add(pad.text()))) {
          chosen.add(Math.max(0, chosen.size() - padBefore), pad);
        }
      }
    }
  }

  /**
   * As a last resort, for scenes shorter than any plot's essentials, leaves out whole sentences
   * from the middle.
   */
  private String trimmed(String scene) {
    List<String> sentences = new ArrayList<>(SENTENCE_END.splitAsStream(scene).toList());
    while (sentences.size() > 1 && count(String.join(" ", sentences)) > max) {
      int excess = count(String.join(" ", sentences)) - max;
      int spare = count(String.join(" ", sentences)) - min;
      String hero = slots.getOrDefault("{{HERO}}", "{{HERO}}");
      int victim = sentences.size() / 2;
      int best = Integer.MAX_VALUE;
      for (int i = 1; i < sentences.size(); i++) {
        int length = count(sentences.get(i));
        // Best goes the one sentence that is just long enough; one that would leave too little goes
        // last.
        int cost =
            (length > spare ? 1000 : 0)
                + (sentences.get(i).contains(hero) ? 100 : 0)
                + Math.abs(length - excess);
        if (cost < best) {
          best = cost;
          victim = i;
        }
      }
      sentences.remove(victim);
    }
    return String.join(" ", sentences);
  }

  private int words(List<Telling> tellings, boolean rich) {
    return tellings.stream().mapToInt(telling -> told(telling, rich).words()).sum();
  }

  private String join(List<Telling> tellings, boolean rich) {
    return tellings.stream()
        .map(telling -> told(telling, rich).text())
        .filter(text -> !text.isBlank())
        .collect(Collectors.joining(" "));
  }

  /** Told once per wording: fitting a scene counts the same tellings many times. */
  private Told told(Telling telling, boolean rich) {
    return told.computeIfAbsent(
        new Wording(telling, rich),
        wording -> {
          String text = wording.telling().tell(slots, band, wording.rich());
          return new Told(text, count(text));
        });
  }
}
