package app.infinitestories.local.studio.story;

import java.util.ArrayList;
import java.util.List;

/** Spreads a text over a number of lines: at the ends of sentences if possible. */
final class Spread {
  private static final String BREAKS = ",;:—";

  private Spread() {}

  /** That many parts, which together are the text; a part may be an ellipsis for want of words. */
  static List<String> over(String text, int lines) {
    List<String> parts = new ArrayList<>(SceneWords.sentences(text));
    while (parts.size() > lines) {
      joinShortest(parts);
    }
    while (parts.size() < lines) {
      splitLongest(parts);
    }
    return parts;
  }

  private static void joinShortest(List<String> parts) {
    int best = 0;
    for (int i = 1; i + 1 < parts.size(); i++) {
      if (length(parts, i) < length(parts, best)) {
        best = i;
      }
    }
    parts.set(best, parts.get(best) + " " + parts.remove(best + 1));
  }

  private static int length(List<String> parts, int first) {
    return parts.get(first).length() + parts.get(first + 1).length();
  }

  private static void splitLongest(List<String> parts) {
    int longest = 0;
    for (int i = 1; i < parts.size(); i++) {
      longest = parts.get(i).length() > parts.get(longest).length() ? i : longest;
    }
    String part = parts.get(longest);
    int cut = cut(part, true);
    cut = cut < 0 ? cut(part, false) : cut;
    parts.set(longest, cut < 0 ? part : part.substring(0, cut));
    parts.add(longest + 1, cut < 0 ? "…" : part.substring(cut + 1));
  }

  /** The space nearest to the middle, after a mark if there is one; −1 for a single word. */
  private static int cut(String part, boolean afterMark) {
    int best = -1;
    for (int i = 1; i < part.length(); i++) {
      boolean possible =
          part.charAt(i) == ' ' && (!afterMark || BREAKS.indexOf(part.charAt(i - 1)) >= 0);
      if (possible && Math.abs(i - part.length() / 2) < Math.abs(best - part.length() / 2)) {
        best = i;
      }
    }
    return best;
  }
}
