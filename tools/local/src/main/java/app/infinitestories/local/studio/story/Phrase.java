package app.infinitestories.local.studio.story;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A sentence of the grammar in two languages: how to recognise it, and the other words.
 *
 * @param template in the other language, with slots
 * @param meanings by slot: what the word in one language is in the other; other slots keep theirs
 */
record Phrase(Pattern pattern, String template, Map<String, Map<String, String>> meanings) {
  private static final Pattern SENTENCE_START =
      Pattern.compile("(?:^|(?<=[.!?…][”“»]? ))\\{[a-z]}");
  private static final Pattern SLOT = Pattern.compile("\\{(\\{HERO}|[a-zA-Z]+)}");

  /** Every sentence that the first language can tell to an age band. */
  static List<Phrase> all(StoryText from, StoryText to, AgeBand band) {
    List<Phrase> phrases = new ArrayList<>();
    Set<String> known = new HashSet<>();
    Map<String, String> companions =
        Translator.meanings(values(from, "companions"), values(to, "companions"));
    for (String section : from.sections().keySet()) {
      if (section.equals("companions")) {
        continue;
      }
      boolean plot = from.lines(section).stream().anyMatch(line -> line.startsWith("x:"));
      Map<String, Map<String, String>> meanings = new LinkedHashMap<>();
      meanings.put("a", companions);
      meanings.put(
          "x",
          plot ? Translator.meanings(variants(from, section), variants(to, section)) : Map.of());
      List<List<Telling>> here = tellings(from, section, plot);
      List<List<Telling>> there = tellings(to, section, plot);
      for (int line = 0; line < here.size(); line++) {
        List<Telling> others = there.get(Math.min(line, there.size() - 1));
        int count = here.get(line).size();
        for (int i = 0; i < count; i++) {
          Telling other = others.get(i * others.size() / count);
          add(phrases, known, here.get(line).get(i), other, band, meanings);
        }
      }
    }
    return List.copyOf(phrases);
  }

  private static void add(
      List<Phrase> phrases,
      Set<String> known,
      Telling telling,
      Telling other,
      AgeBand band,
      Map<String, Map<String, String>> meanings) {
    for (boolean rich : new boolean[] {true, false}) {
      List<String> sentences = SceneWords.sentences(telling.tell(Map.of(), band, rich));
      List<String> others =
          Spread.over(capitalised(other.tell(Map.of(), band, rich)), sentences.size());
      for (int i = 0; i < sentences.size(); i++) {
        if (known.add(sentences.get(i))) {
          phrases.add(new Phrase(pattern(sentences.get(i), meanings), others.get(i), meanings));
        }
      }
    }
  }

  /** A slot that begins a sentence is written large, so that it stays so wherever it is told. */
  private static String capitalised(String told) {
    return SENTENCE_START.matcher(told).replaceAll(start -> start.group().toUpperCase(Locale.ROOT));
  }

  private static List<List<Telling>> tellings(StoryText text, String section, boolean plot) {
    return text.lines(section).stream()
        .filter(line -> !plot || Character.isDigit(line.charAt(0)))
        .map(line -> Telling.parse(plot ? line.substring(line.indexOf(':') + 1).strip() : line))
        .toList();
  }

  private static List<String> values(StoryText text, String section) {
    return text.lines(section).stream()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .toList();
  }

  private static List<String> variants(StoryText text, String section) {
    return List.of(text.value(section, "x").split("\\|", -1));
  }

  /** Spaces of any kind are one; a slot that comes twice must be the same word. */
  private static Pattern pattern(String sentence, Map<String, Map<String, String>> meanings) {
    StringBuilder regex = new StringBuilder();
    Set<String> seen = new HashSet<>();
    Matcher slot = SLOT.matcher(sentence);
    int at = 0;
    while (slot.find()) {
      regex.append(literal(sentence.substring(at, slot.start())));
      regex.append(
          slot.group(1).startsWith("{")
              ? Pattern.quote(slot.group())
              : group(name(slot.group(1)), seen, meanings));
      at = slot.end();
    }
    String rest = sentence.substring(at);
    // A wish that was cut ends in an ellipsis, without a full stop.
    regex.append(rest.equals(".") ? "(?:\\.|(?<=…))" : literal(rest));
    return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  private static String name(String slot) {
    return slot.toLowerCase(Locale.ROOT);
  }

  private static String group(
      String name, Set<String> seen, Map<String, Map<String, String>> meanings) {
    if (!seen.add(name)) {
      return "\\k<" + name + ">";
    }
    Map<String, String> words = meanings.get(name);
    String any =
        name.equals("c")
            ? String.join("|", Casting.NAMES)
            : words == null || words.isEmpty()
                ? ".+?"
                : words.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
    return "(?<" + name + ">" + any + ")";
  }

  private static String literal(String text) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      regex.append(
          Character.isWhitespace(c) || Character.isSpaceChar(c)
              ? "[\\s\\u00a0\\u202f]+"
              : Pattern.quote(String.valueOf(c)));
    }
    return regex.toString();
  }

  /** The words that were heard in the slots, in the other language. */
  Map<String, String> heard(Matcher recognised) {
    Map<String, String> words = new LinkedHashMap<>();
    for (String name : pattern.namedGroups().keySet()) {
      String heard = recognised.group(name);
      words.put(
          name,
          meanings
              .getOrDefault(name, Map.of())
              .getOrDefault(heard.toLowerCase(Locale.ROOT), heard));
    }
    return words;
  }

  /**
   * The sentence in the other language.
   *
   * @param words by slot; a slot without gets any word that it may have
   */
  String other(Map<String, String> words) {
    StringBuilder told = new StringBuilder();
    Matcher slot = SLOT.matcher(template);
    while (slot.find()) {
      String name = name(slot.group(1));
      String word = slot.group();
      if (!name.startsWith("{")) {
        String any =
            meanings.getOrDefault(name, Map.of()).values().stream()
                .findFirst()
                .orElse(Casting.NAMES.getFirst());
        word = words.getOrDefault(name, any);
        boolean capital = Character.isUpperCase(slot.group(1).charAt(0));
        word = capital ? word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1) : word;
      }
      slot.appendReplacement(told, Matcher.quoteReplacement(word));
    }
    return slot.appendTail(told).toString().replace("….", "…");
  }
}
