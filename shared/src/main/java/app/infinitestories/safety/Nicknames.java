package app.infinitestories.safety;

import java.util.List;
import java.util.Map;

/** Names for a hero whose own name stays at home: short, easy to say, for any child. */
public final class Nicknames {
  private static final List<String> ENGLISH = List.of("Sunny", "Pip", "Sparky", "Scout", "Comet");
  private static final Map<String, List<String>> BY_LANGUAGE =
      Map.of(
          "en", ENGLISH,
          "es", List.of("Sol", "Chispa", "Luz", "Cielo", "Cometa"),
          "fr", List.of("Soleil", "Pépin", "Loulou", "Câlin", "Plume"),
          "de", List.of("Sternchen", "Sonnenschein", "Knirps", "Flöckchen", "Wirbelwind"),
          "it", List.of("Sole", "Stellina", "Lampo", "Briciola", "Cometa"));

  private Nicknames() {}

  /** The nickname of a seed (the same seed, the same name); English for other languages. */
  public static String of(String language, long seed) {
    List<String> names = BY_LANGUAGE.getOrDefault(language, ENGLISH);
    return names.get((int) Long.remainderUnsigned(seed, names.size()));
  }
}
