package app.infinitestories.functions.api.stories;

import java.util.Map;
import java.util.Objects;

/** What the sections of the start page are called, in every language of the product. */
final class SectionTitles {
  private static final Map<String, Map<String, String>> TITLES =
      Map.of(
          "en",
          Map.ofEntries(
              Map.entry("new", "New"),
              Map.entry("popular", "Popular"),
              Map.entry("for-you", "For you"),
              Map.entry("genre:adventure", "Adventure"),
              Map.entry("genre:fantasy", "Fantasy"),
              Map.entry("genre:fairy_tale", "Fairy tales"),
              Map.entry("genre:animals", "Animals"),
              Map.entry("genre:space", "Space"),
              Map.entry("genre:friendship", "Friendship"),
              Map.entry("genre:mystery", "Mystery"),
              Map.entry("genre:bedtime", "Bedtime")),
          "es",
          Map.ofEntries(
              Map.entry("new", "Novedades"),
              Map.entry("popular", "Populares"),
              Map.entry("for-you", "Para ti"),
              Map.entry("genre:adventure", "Aventuras"),
              Map.entry("genre:fantasy", "Fantasía"),
              Map.entry("genre:fairy_tale", "Cuentos de hadas"),
              Map.entry("genre:animals", "Animales"),
              Map.entry("genre:space", "El espacio"),
              Map.entry("genre:friendship", "Amistad"),
              Map.entry("genre:mystery", "Misterio"),
              Map.entry("genre:bedtime", "Para dormir")),
          "fr",
          Map.ofEntries(
              Map.entry("new", "Nouveautés"),
              Map.entry("popular", "Populaires"),
              Map.entry("for-you", "Pour toi"),
              Map.entry("genre:adventure", "Aventure"),
              Map.entry("genre:fantasy", "Fantastique"),
              Map.entry("genre:fairy_tale", "Contes de fées"),
              Map.entry("genre:animals", "Animaux"),
              Map.entry("genre:space", "L'espace"),
              Map.entry("genre:friendship", "Amitié"),
              Map.entry("genre:mystery", "Mystère"),
              Map.entry("genre:bedtime", "Pour s'endormir")),
          "de",
          Map.ofEntries(
              Map.entry("new", "Neu"),
              Map.entry("popular", "Beliebt"),
              Map.entry("for-you", "Für dich"),
              Map.entry("genre:adventure", "Abenteuer"),
              Map.entry("genre:fantasy", "Fantasie"),
              Map.entry("genre:fairy_tale", "Märchen"),
              Map.entry("genre:animals", "Tiere"),
              Map.entry("genre:space", "Weltraum"),
              Map.entry("genre:friendship", "Freundschaft"),
              Map.entry("genre:mystery", "Rätsel"),
              Map.entry("genre:bedtime", "Zum Einschlafen")),
          "it",
          Map.ofEntries(
              Map.entry("new", "Novità"),
              Map.entry("popular", "Popolari"),
              Map.entry("for-you", "Per te"),
              Map.entry("genre:adventure", "Avventura"),
              Map.entry("genre:fantasy", "Fantasia"),
              Map.entry("genre:fairy_tale", "Fiabe"),
              Map.entry("genre:animals", "Animali"),
              Map.entry("genre:space", "Lo spazio"),
              Map.entry("genre:friendship", "Amicizia"),
              Map.entry("genre:mystery", "Mistero"),
              Map.entry("genre:bedtime", "Buonanotte")));

  private SectionTitles() {}

  /** The title of a section in one of the product's languages. */
  static String of(String sectionId, String language) {
    Map<String, String> titles = Objects.requireNonNull(TITLES.get(language), language);
    return Objects.requireNonNull(titles.get(sectionId), sectionId);
  }
}
