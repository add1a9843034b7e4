package app.infinitestories.safety;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A child's name and the placeholder that stands for it outside: replaces every occurrence before a
 * text leaves for a provider, and puts a name back on the way home. Never printed.
 */
public final class HeroName {
  /** What providers read instead of the name. */
  public static final String PLACEHOLDER = "{{HERO}}";

  /** How a model may have written the placeholder: other spaces, case, or a single brace. */
  private static final Pattern WRITTEN =
      Pattern.compile("\\{{1,2}\\s*HERO\\s*\\}{1,2}", Pattern.CASE_INSENSITIVE);

  private static final Pattern SEPARATORS = Pattern.compile("[\\s\\p{Pd}.,_/|&+]+");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final int SHORTEST_PART = 2;

  /** Parts of names that name nobody by themselves; hiding them would tear every sentence apart. */
  private static final Set<String> PARTICLES =
      Set.of(
          "al", "and", "da", "dal", "das", "de", "degli", "dei", "del", "della", "dem", "den",
          "der", "des", "di", "do", "dos", "du", "e", "el", "et", "la", "las", "le", "les", "li",
          "lo", "los", "of", "the", "und", "van", "vom", "von", "y", "zu", "zum", "zur");

  private static final Pattern REPEATED =
      Pattern.compile("\\{\\{HERO}}(?:[\\s\\p{Pd}]+\\{\\{HERO}})+");

  private final Optional<Pattern> occurrences;

  private HeroName(Optional<Pattern> occurrences) {
    this.occurrences = occurrences;
  }

  /** The name or names by which a text may call the child: real name, nickname. */
  public static HeroName of(String... names) {
    List<String> forms = new ArrayList<>();
    for (String name : names) {
      String folded = fold(name.strip());
      String[] parts = SEPARATORS.split(folded);
      if (letters(folded) >= 1) {
        forms.add(spaced(parts));
      }
      for (String part : parts) {
        if (letters(part) >= SHORTEST_PART && !PARTICLES.contains(part.toLowerCase(Locale.ROOT))) {
          forms.add(Pattern.quote(part));
        }
      }
    }
    if (forms.isEmpty()) {
      return new HeroName(Optional.empty());
    }
    forms.sort(Comparator.comparingInt(String::length).reversed());
    String any = String.join("|", forms);
    // A possessive may follow without apostrophe ("Emmas Hund"), but not any other letter.
    return new HeroName(
        Optional.of(
            Pattern.compile(
                "(?<![\\p{L}\\p{N}])(?:" + any + ")(?=s?(?![\\p{L}\\p{N}]))",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)));
  }

  /** The text with the placeholder wherever the name, or a part of it, stood. */
  public String hide(String text) {
    if (occurrences.isEmpty()) {
      return text;
    }
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    Folded folded = Folded.of(composed);
    Matcher matcher = occurrences.get().matcher(folded.text());
    StringBuilder hidden = new StringBuilder();
    int kept = 0;
    for (MatchResult hit : matcher.results().toList()) {
      hidden.append(composed, kept, folded.origin(hit.start())).append(PLACEHOLDER);
      kept = folded.origin(hit.end());
    }
    hidden.append(composed.substring(kept));
    return REPEATED.matcher(hidden).replaceAll(Matcher.quoteReplacement(PLACEHOLDER));
  }

  /** Whether the name, or a part of it, stands in the text. */
  public boolean occursIn(String text) {
    return occurrences.isPresent()
        && occurrences
            .get()
            .matcher(Folded.of(Normalizer.normalize(text, Normalizer.Form.NFC)).text())
            .find();
  }

  /** The text with that name wherever a placeholder stood. */
  public static String reveal(String text, String name) {
    return WRITTEN.matcher(text).replaceAll(Matcher.quoteReplacement(name));
  }

  @Override
  public String toString() {
    return "[hero name]";
  }

  private static String spaced(String[] parts) {
    List<String> quoted = new ArrayList<>();
    for (String part : parts) {
      if (!part.isEmpty()) {
        quoted.add(Pattern.quote(part));
      }
    }
    return String.join("[\\s\\p{Pd}.,_/|&+]*", quoted);
  }

  private static long letters(String text) {
    return text.codePoints().filter(Character::isLetterOrDigit).count();
  }

  private static String fold(String text) {
    return Folded.of(Normalizer.normalize(text, Normalizer.Form.NFC)).text();
  }

  /** A text without accents that still knows where each of its characters came from. */
  private record Folded(String text, List<Integer> origins) {
    static Folded of(String source) {
      StringBuilder text = new StringBuilder(source.length());
      List<Integer> origins = new ArrayList<>(source.length() + 1);
      for (int at = 0; at < source.length(); ) {
        int point = source.codePointAt(at);
        String letter = base(point);
        for (int i = 0; i < letter.length(); i++) {
          text.append(letter.charAt(i));
          origins.add(at);
        }
        at += Character.charCount(point);
      }
      origins.add(source.length());
      return new Folded(text.toString(), origins);
    }

    int origin(int index) {
      return origins.get(index);
    }

    private static String base(int point) {
      String letter = Character.toString(point);
      String stripped =
          MARKS.matcher(Normalizer.normalize(letter, Normalizer.Form.NFD)).replaceAll("");
      return switch (stripped.isEmpty() ? letter : stripped) {
        case "ł", "Ł" -> "l";
        case "ø", "Ø" -> "o";
        case "ß" -> "ss";
        case "’", "ʼ" -> "'";
        default -> stripped;
      };
    }
  }
}
