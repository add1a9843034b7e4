package app.infinitestories.film;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds the sentences of a narration, for speech and captions. Knows the abbreviations, ordinals
 * and quotation marks of English, Spanish, French, German and Italian; other languages get the
 * rules that all five share.
 */
public final class Sentences {
  private static final String TERMINATORS = ".!?…";
  private static final String CLOSERS = "\"'”’)]";
  private static final String OPENERS = "\"'“‘„‚«»([—–-¿¡*_";

  private static final Map<String, Set<String>> ABBREVIATIONS =
      Map.of(
          "en",
              Set.of("mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "vs", "capt", "sgt", "mt"),
          "es", Set.of("sr", "sra", "srta", "dr", "dra", "d", "dña", "ud", "uds", "prof", "sto"),
          "fr", Set.of("m", "mm", "mme", "mlle", "dr", "pr", "st", "ste", "prof", "cf"),
          "de", Set.of("hr", "fr", "dr", "prof", "st", "nr", "bzw", "usw", "ca", "vgl", "sog"),
          "it", Set.of("sig", "sigg", "dott", "prof", "avv", "ing", "s", "dr", "ecc"));

  private static final Set<String> GERMAN_MONTHS =
      Set.of(
          "januar",
          "jänner",
          "februar",
          "märz",
          "april",
          "mai",
          "juni",
          "juli",
          "august",
          "september",
          "oktober",
          "november",
          "dezember",
          "jahrhundert",
          "klasse",
          "stock",
          "geburtstag");

  private Sentences() {}

  /**
   * The sentences with the white space that follows them: joined they are the text again, and none
   * is blank. Blank text has no sentences.
   */
  public static List<String> split(String text, Locale language) {
    List<String> sentences = new ArrayList<>();
    int start = 0;
    int at = 0;
    while (at < text.length()) {
      int bound = boundAt(text, at, language.getLanguage());
      if (bound > at) {
        if (!text.substring(start, bound).isBlank()) {
          sentences.add(text.substring(start, bound));
          start = bound;
        }
        at = bound;
      } else {
        at++;
      }
    }
    String rest = text.substring(start);
    if (!rest.isBlank()) {
      sentences.add(rest);
    } else if (!rest.isEmpty() && !sentences.isEmpty()) {
      sentences.set(sentences.size() - 1, sentences.getLast() + rest);
    }
    return List.copyOf(sentences);
  }

  /**
   * As few pieces as a greedy walk gives, of whole sentences and at most {@code limit} characters
   * each; a longer sentence is cut at a comma or space. Joined they are the text again.
   */
  public static List<String> chunks(String text, Locale language, int limit) {
    if (limit < 2) {
      throw new IllegalArgumentException("limit must be at least 2 characters");
    }
    List<String> chunks = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    for (String sentence : split(text, language)) {
      String rest = sentence;
      if (open.length() + rest.length() > limit && !open.isEmpty()) {
        chunks.add(open.toString());
        open.setLength(0);
      }
      while (rest.length() > limit) {
        int cut = cutBefore(rest, limit);
        chunks.add(rest.substring(0, cut));
        rest = rest.substring(cut);
      }
      open.append(rest);
    }
    if (!open.toString().isBlank()) {
      chunks.add(open.toString());
    } else if (!open.isEmpty() && !chunks.isEmpty()) {
      // Only white space is left: it may stand beyond the limit, for nobody speaks it.
      chunks.set(chunks.size() - 1, chunks.getLast() + open);
    }
    return List.copyOf(chunks);
  }

  /** End of the sentence that {@code at} terminates (with its white space), or -1. */
  private static int boundAt(String text, int at, String language) {
    char c = text.charAt(at);
    if (c == '\n') {
      int next = skipSpace(text, at);
      return text.substring(at, next).chars().filter(x -> x == '\n').count() > 1 ? next : -1;
    }
    if (TERMINATORS.indexOf(c) < 0) {
      return -1;
    }
    int end = at;
    while (end < text.length() && TERMINATORS.indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    int afterMarks = end;
    end = skipClosers(text, end, language);
    int next = skipSpace(text, end);
    if (next == text.length()) {
      return next;
    }
    if (next == end || continues(text, next)) {
      return -1;
    }
    boolean singleDot = c == '.' && afterMarks == at + 1;
    return singleDot && end == afterMarks && isAbbreviation(text, at, next, language) ? -1 : next;
  }

  private static int skipClosers(String text, int from, String language) {
    String guillemet = language.equals("de") ? "«“‘" : "»";
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (CLOSERS.indexOf(c) >= 0 || guillemet.indexOf(c) >= 0) {
        at++;
      } else if (isSpace(c)
          && at + 1 < text.length()
          && text.charAt(at + 1) == '»'
          && language.equals("fr")) {
        at += 2;
      } else {
        return at;
      }
    }
    return at;
  }

  /** The next word is written small: the quotation or the thought goes on. */
  private static boolean continues(String text, int from) {
    int at = from;
    while (at < text.length()
        && (OPENERS.indexOf(text.charAt(at)) >= 0 || isSpace(text.charAt(at)))) {
      at++;
    }
    return at < text.length() && Character.isLowerCase(text.codePointAt(at));
  }

  private static boolean isAbbreviation(String text, int dot, int next, String language) {
    int from = dot;
    while (from > 0 && Character.isLetterOrDigit(text.charAt(from - 1))) {
      from--;
    }
    String word = text.substring(from, dot).toLowerCase(Locale.ROOT);
    if (word.isEmpty()) {
      return false;
    }
    if (word.chars().allMatch(Character::isDigit)) {
      return language.equals("de") && GERMAN_MONTHS.contains(wordAt(text, next));
    }
    boolean initial =
        word.length() == 1
            && Character.isUpperCase(text.charAt(from))
            && !(word.equals("i") && language.equals("en"));
    return initial
        || (from > 0 && text.charAt(from - 1) == '.' && word.length() == 1)
        || ABBREVIATIONS.getOrDefault(language, Set.of()).contains(word);
  }

  private static String wordAt(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at).toLowerCase(Locale.ROOT);
  }

  private static int cutBefore(String text, int limit) {
    for (String marks : List.of(",;:—–", " \n\t\u00a0")) {
      for (int at = limit - 1; at > limit / 2; at--) {
        if (marks.indexOf(text.charAt(at)) >= 0) {
          return at + 1;
        }
      }
    }
    return Character.isLowSurrogate(text.charAt(limit)) ? limit - 1 : limit;
  }

  private static int skipSpace(String text, int from) {
    int at = from;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
