package app.infinitestories.local.studio.story;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;

/**
 * Translates what the grammar tells: each of its sentences is known in five languages, so a
 * sentence that is recognised comes back as the same sentence of the other language. Text from
 * elsewhere is not understood here, and is given back as it is, marked as not translated.
 */
public final class Translator {
  private static final Map<String, String> UNKNOWN =
      Map.of(
          "en", "[Not translated]",
          "es", "[Sin traducir]",
          "fr", "[Non traduit]",
          "de", "[Nicht übersetzt]",
          "it", "[Non tradotto]");
  private static final Map<String, Translator> PAIRS = new ConcurrentHashMap<>();

  private final String to;
  private final List<Phrase> phrases;

  private Translator(String from, String to, AgeBand band) {
    this.to = to;
    this.phrases = Phrase.all(StoryGrammar.text(from), StoryGrammar.text(to), band);
  }

  /**
   * The translator between two languages.
   *
   * @param age of the listener in years, by which sentences are built
   * @throws IllegalArgumentException if a language is none of the five
   */
  public static Translator between(String from, String to, int age) {
    AgeBand band = AgeBand.of(age);
    return PAIRS.computeIfAbsent(from + to + band, pair -> new Translator(from, to, band));
  }

  /** The sentences of a story's scenes in the other language, one for each. */
  public List<List<String>> translate(List<List<String>> scenes) {
    List<List<Heard>> heard = scenes.stream().map(scene -> hear(String.join(" ", scene))).toList();
    Map<String, String> words = new HashMap<>();
    heard.forEach(scene -> scene.forEach(phrase -> phrase.words().forEach(words::putIfAbsent)));
    List<List<String>> translated = new ArrayList<>();
    for (int i = 0; i < scenes.size(); i++) {
      translated.add(translate(scenes.get(i), heard.get(i), words));
    }
    return translated;
  }

  private List<String> translate(
      List<String> sentences, List<Heard> phrasesHeard, Map<String, String> ofTheStory) {
    Map<Integer, StringBuilder> told = new HashMap<>();
    for (Heard heard : phrasesHeard) {
      Map<String, String> words = new HashMap<>(ofTheStory);
      words.putAll(heard.words());
      int first = sentenceAt(sentences, heard.start());
      int last = sentenceAt(sentences, heard.end() - 1);
      List<String> parts = Spread.over(heard.phrase().other(words), last - first + 1);
      for (int i = first; i <= last; i++) {
        StringBuilder line = told.computeIfAbsent(i, index -> new StringBuilder());
        line.append(line.isEmpty() ? "" : " ").append(parts.get(i - first));
      }
    }
    List<String> translated = new ArrayList<>();
    for (int i = 0; i < sentences.size(); i++) {
      StringBuilder line = told.get(i);
      translated.add(line == null ? UNKNOWN.get(to) + " " + sentences.get(i) : line.toString());
    }
    return translated;
  }

  /** A phrase that was recognised, where, and the words in its slots. */
  private record Heard(int start, int end, Phrase phrase, Map<String, String> words) {}

  private List<Heard> hear(String scene) {
    List<Heard> all = new ArrayList<>();
    int at = 0;
    while (at < scene.length()) {
      Optional<Heard> heard = hear(scene, at);
      heard.ifPresent(all::add);
      int from = heard.map(Heard::end).orElse(at + 1);
      int space = scene.indexOf(' ', from);
      at = space < 0 ? scene.length() : space + 1;
    }
    return all;
  }

  /** The longest phrase that begins here and ends with a word. */
  private Optional<Heard> hear(String scene, int at) {
    return phrases.stream()
        .map(phrase -> hear(phrase, scene, at))
        .flatMap(Optional::stream)
        .max(Comparator.comparingInt(Heard::end));
  }

  private static Optional<Heard> hear(Phrase phrase, String scene, int at) {
    Matcher matcher = phrase.pattern().matcher(scene).region(at, scene.length());
    boolean whole =
        matcher.lookingAt()
            && (matcher.end() == scene.length()
                || Character.isWhitespace(scene.charAt(matcher.end())));
    return whole
        ? Optional.of(new Heard(at, matcher.end(), phrase, phrase.heard(matcher)))
        : Optional.empty();
  }

  private static int sentenceAt(List<String> sentences, int offset) {
    int end = -1;
    for (int i = 0; i < sentences.size(); i++) {
      end += sentences.get(i).length() + 1;
      if (offset <= end) {
        return i;
      }
    }
    return sentences.size() - 1;
  }

  /** Slots that the two languages fill with words of the same meaning. */
  static Map<String, String> meanings(List<String> from, List<String> to) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i < from.size(); i++) {
      pairs.put(from.get(i).toLowerCase(Locale.ROOT), to.get(i % to.size()));
    }
    return pairs;
  }
}
