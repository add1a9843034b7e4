package app.infinitestories.safety;

import app.infinitestories.platform.Hashes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces words in picture prompts that make illustrators refuse or draw what frightens, by milder
 * ones, whole words only and in the case they were written in. For picture prompts only, never for
 * a story's text or for names. Section "Content Safety Filter" of the PRD.
 */
public final class TermFilter {
  /** The languages that have terms of their own. */
  public static final List<String> LANGUAGES = List.of("en", "es", "fr", "de", "it");

  private static final int RULE_ID_DIGITS = 8;

  /** How often one rule replaced something. The id names the rule, it does not quote it. */
  public record Hit(String ruleId, String language, int count) {}

  /** A prompt that may be sent, and what was replaced in it. */
  public record Filtered(String text, List<Hit> hits) {}

  private record Term(String ruleId, String form, String milder) {}

  private final String language;
  private final Map<String, Term> terms;
  private final Pattern pattern;
  private final int rules;

  private TermFilter(String language, Map<String, Term> terms, int rules) {
    this.language = language;
    this.terms = terms;
    this.rules = rules;
    String any =
        terms.values().stream()
            .map(Term::form)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(form -> Pattern.quote(form).replace(" ", "\\E\\s+\\Q"))
            .collect(Collectors.joining("|"));
    pattern =
        Pattern.compile(
            "(?<![\\p{L}\\p{M}\\p{N}])(?:" + any + ")(?![\\p{L}\\p{M}\\p{N}])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** The filter of a language; a language without terms gets the English ones, as in the PRD. */
  public static TermFilter of(String language) {
    String known = LANGUAGES.contains(language) ? language : "en";
    return Loaded.FILTERS.computeIfAbsent(known, TermFilter::load);
  }

  /** The prompt with milder words. */
  public Filtered apply(String prompt) {
    String text = Normalizer.normalize(prompt, Normalizer.Form.NFC);
    Map<String, Integer> counts = new TreeMap<>();
    StringBuilder milder = new StringBuilder();
    int kept = 0;
    for (MatchResult hit : pattern.matcher(text).results().toList()) {
      Term term = known(hit.group());
      counts.merge(term.ruleId(), 1, Integer::sum);
      milder.append(text, kept, hit.start());
      milder.append(inCaseOf(hit.group(), term, beginsSentence(text, hit.start())));
      kept = hit.end();
    }
    milder.append(text.substring(kept));
    return new Filtered(
        milder.toString(),
        counts.entrySet().stream()
            .map(entry -> new Hit(entry.getKey(), language, entry.getValue()))
            .toList());
  }

  /** How many rules the language has; each covers a word with its inflections. */
  int rules() {
    return rules;
  }

  /** Every form with its milder words, for the test of the tables. */
  Map<String, String> replacements() {
    return terms.values().stream().collect(Collectors.toMap(Term::form, Term::milder));
  }

  private Term known(String found) {
    Term term = terms.get(key(found.replaceAll("\\s+", " ")));
    if (term == null) {
      throw new IllegalStateException("the pattern found what the table does not hold");
    }
    return term;
  }

  /** German nouns are written large anyway, so only their place in the sentence tells. */
  private static String inCaseOf(String found, Term term, boolean beginsSentence) {
    long letters = found.codePoints().filter(Character::isLetter).count();
    if (letters > 1 && found.equals(found.toUpperCase(Locale.ROOT))) {
      return term.milder().toUpperCase(Locale.ROOT);
    }
    boolean nounByNature = Character.isUpperCase(term.form().codePointAt(0));
    boolean large = Character.isUpperCase(found.codePointAt(0));
    return large && (beginsSentence || !nounByNature) ? capitalized(term.milder()) : term.milder();
  }

  private static boolean beginsSentence(String text, int at) {
    String before = text.substring(0, at).stripTrailing();
    return before.isEmpty() || ".!?:\n¡¿«\"".indexOf(before.charAt(before.length() - 1)) >= 0;
  }

  private static String capitalized(String text) {
    int end = text.offsetByCodePoints(0, 1);
    return text.substring(0, end).toUpperCase(Locale.ROOT) + text.substring(end);
  }

  private static String key(String form) {
    return form.toLowerCase(Locale.ROOT);
  }

  private static TermFilter load(String language) {
    Map<String, Term> terms = new HashMap<>();
    int rules = 0;
    for (String line : lines("terms." + language + ".txt")) {
      String[] parts = line.split("\\s*\\|\\s*", -1);
      if (parts.length != 3) {
        throw new IllegalStateException(language + " terms: three columns wanted in: " + line);
      }
      String id = language + "-" + Hashes.sha256(parts[0].strip()).substring(0, RULE_ID_DIGITS);
      for (String entry : parts[1].split("\\s*,\\s*", -1)) {
        int equals = entry.indexOf('=');
        String form =
            Normalizer.normalize(
                entry.substring(0, equals < 0 ? entry.length() : equals).strip(),
                Normalizer.Form.NFC);
        String milder = equals < 0 ? parts[2].strip() : entry.substring(equals + 1).strip();
        if (form.isEmpty() || milder.isEmpty()) {
          throw new IllegalStateException(language + " terms: empty word in: " + line);
        }
        if (terms.put(key(form), new Term(id, form, milder)) != null) {
          throw new IllegalStateException(language + " terms: twice " + form);
        }
      }
      rules++;
    }
    return new TermFilter(language, Map.copyOf(terms), rules);
  }

  /** The lines of a table of this package, without comments and blank ones. */
  static List<String> lines(String resource) {
    try (InputStream in =
        TermFilter.class.getResourceAsStream("/app/infinitestories/safety/" + resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing");
      }
      var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      List<String> lines = new ArrayList<>();
      reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(lines::add);
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Read when first needed, since a request that draws nothing needs none. */
  private static final class Loaded {
    private static final Map<String, TermFilter> FILTERS =
        new java.util.concurrent.ConcurrentHashMap<>();
  }
}
