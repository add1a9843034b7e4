package app.infinitestories.safety;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The first ring: words that no text of a children's story needs in any language or age band, and
 * facts by which a family could be found. Asks nobody and costs nothing. Short on purpose: what
 * depends on context is for the rings that understand it.
 */
public final class TermPolicy {
  private static final String PERSONAL_DATA = "personal_data";
  private static final Pattern CONTACT =
      Pattern.compile(
          "[\\p{L}\\p{N}._%+-]+@[\\p{L}\\p{N}-]+\\.[\\p{L}]{2,}"
              + "|https?://|\\bwww\\."
              + "|(?<![\\p{N}])\\+?\\p{N}(?:[ ()./-]{0,2}\\p{N}){7,14}(?![\\p{N}])");

  private final Map<String, Pattern> categories = new TreeMap<>();

  /** The policy that the product ships. */
  public TermPolicy() {
    for (String line : TermFilter.lines("policy.txt")) {
      String[] parts = line.split("\\s*\\|\\s*", -1);
      if (parts.length != 2) {
        throw new IllegalStateException("policy: two columns wanted");
      }
      String any =
          List.of(parts[1].split("\\s*,\\s*", -1)).stream()
              .map(TermPolicy::form)
              .collect(Collectors.joining("|"));
      String old = categories.containsKey(parts[0]) ? categories.get(parts[0]).pattern() + "|" : "";
      categories.put(
          parts[0],
          Pattern.compile(
              old + "(?<![\\p{L}\\p{M}\\p{N}])(?:" + any + ")(?![\\p{L}\\p{M}\\p{N}])",
              Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    }
  }

  /** Which categories the text falls into. All languages count: a text may mix them. */
  public Verdict check(String text) {
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    Set<String> found = new LinkedHashSet<>();
    categories.forEach((category, pattern) -> {
      if (pattern.matcher(composed).find()) {
        found.add(category);
      }
    });
    if (CONTACT.matcher(composed).find()) {
      found.add(PERSONAL_DATA);
    }
    return new Verdict(!found.isEmpty(), List.copyOf(found));
  }

  /** A star stands for any ending. */
  private static String form(String term) {
    String word = Normalizer.normalize(term.strip(), Normalizer.Form.NFC);
    return word.endsWith("*")
        ? Pattern.quote(word.substring(0, word.length() - 1)) + "\\p{L}*"
        : Pattern.quote(word);
  }
}
