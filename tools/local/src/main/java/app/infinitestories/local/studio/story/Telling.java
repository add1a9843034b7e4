package app.infinitestories.local.studio.story;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A sentence or two of a plot as written in a language file, and how it is told to an age: {@code
 * a|, and |b} is one sentence for the older and two for the younger, {@code <…>} is told to the
 * oldest only.
 *
 * @param essential whether a short story keeps it when two beats share a scene
 */
record Telling(String text, boolean essential) {
  Telling {
    if (text.chars().filter(c -> c == '|').count() % 2 != 0) {
      throw new IllegalArgumentException("a join is written a|, and |b, but not in: " + text);
    }
  }

  /** A subject in square brackets is said only where its clause stands alone. */
  private static final Pattern SUBJECT = Pattern.compile("\\[([^\\]]*)\\]");

  /** What is told to the oldest only, and the marks around it. */
  private static final Pattern RICH = Pattern.compile("<[^>]*>");

  private static final Pattern RICH_MARKS = Pattern.compile("[<>]");

  /** Reads a line of tellings: each begins with {@code *} (essential) or {@code -}. */
  static List<Telling> parse(String line) {
    List<Telling> tellings = new ArrayList<>();
    for (String part : (" " + line).split(" (?=[*-] )", -1)) {
      if (part.length() > 2) {
        tellings.add(new Telling(part.substring(2).strip(), part.charAt(0) == '*'));
      }
    }
    return List.copyOf(tellings);
  }

  /** Tells this to an age band; {@code rich} may be switched off to save words. */
  String tell(Map<String, String> slots, AgeBand band, boolean rich) {
    String told = (band.rich && rich ? RICH_MARKS : RICH).matcher(text).replaceAll("");
    String[] parts = told.split("\\|", -1);
    StringBuilder sentence = new StringBuilder(capitalised(fill(parts[0], slots)));
    for (int i = 1; i + 1 < parts.length; i += 2) {
      String clause = fill(parts[i + 1], slots);
      // Which joins are made depends on the clause alone, so that dropping a neighbour changes
      // nothing here.
      if (Math.floorMod(text.length() + i, 3) < band.joinsOfThree) {
        sentence.append(parts[i]).append(SUBJECT.matcher(clause).replaceAll(""));
      } else {
        sentence.append(". ").append(capitalised(SUBJECT.matcher(clause).replaceAll("$1")));
      }
    }
    return sentence.toString();
  }

  static String fill(String text, Map<String, String> slots) {
    String filled = text;
    for (Map.Entry<String, String> slot : slots.entrySet()) {
      filled = filled.replace(slot.getKey(), slot.getValue());
    }
    return filled;
  }

  private static String capitalised(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{' || Character.isUpperCase(c) || Character.isDigit(c)) {
        return text;
      }
      if (Character.isLetter(c)) {
        return text.substring(0, i) + Character.toUpperCase(c) + text.substring(i + 1);
      }
    }
    return text;
  }
}
