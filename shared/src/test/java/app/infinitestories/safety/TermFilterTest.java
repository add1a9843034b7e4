package app.infinitestories.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TermFilterTest {
  @ParameterizedTest
  @ValueSource(strings = {"en", "es", "fr", "de", "it"})
  void everyLanguageHasItsTermsWithInflections(String language) {
    TermFilter filter = TermFilter.of(language);

    assertTrue(filter.rules() >= 40, () -> filter.rules() + " rules");
    assertTrue(
        filter.replacements().size() >= filter.rules() * 2,
        () -> filter.replacements().size() + " forms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "es", "fr", "de", "it"})
  void milderWordsNeedNoFilterThemselves(String language) {
    TermFilter filter = TermFilter.of(language);

    filter
        .replacements()
        .forEach((form, milder) ->
            assertEquals(List.of(), filter.apply(milder).hits(), form + " = " + milder));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | a child alone in the woods | a child with friends in the woods",
        "en | Lost and SCARED | Discovering and EXCITED",
        "en | hurting, hurts, hurt | helping, helps, helped",
        "en | the wardrobe and the danger | the wardrobe and the excitement",
        "en | a sword's gleam | a wooden wand's gleam",
        "es | Un niño perdido y asustada | Un niño descubriendo y emocionada",
        "es | EXPLOSIÓN en el soldado | LLUVIA DE CHISPAS en el soldado",
        "fr | Épée et épées, un peureux | Baguette et baguettes, un curieux",
        "de | Ängste und ängstliche Tiere | Träume und gespannte Tiere",
        "de | Er hat Blut am Hemd. Blut! | Er hat rote Farbe am Hemd. Rote Farbe!",
        "de | TÖTEN oder getötet | ÜBERLISTEN oder überlistet",
        "it | Un bambino da solo, spaventata | Un bambino con gli amici, emozionata",
        "pt | a gun | a water sprayer"
      })
  void wholeWordsBecomeMilderInTheirOwnCase(String language, String prompt, String milder) {
    assertEquals(milder, TermFilter.of(language).apply(prompt).text());
  }

  @ParameterizedTest
  @CsvSource({
    "en, alone, with friends",
    "en, isolated, exploring",
    "en, abandoned, on an adventure",
    "en, lost, discovering",
    "en, scared, excited",
    "en, violence, challenge",
    "en, weapon, tool",
    "en, hurt, helped",
    "en, danger, excitement",
    "en, nightmare, dream",
    "es, solo, con amigos",
    "es, abandonado, en una aventura",
    "es, perdido, descubriendo",
    "es, asustado, emocionado"
  })
  void theTermsOfThePrdKeepItsReplacements(String language, String term, String milder) {
    assertEquals(milder, TermFilter.of(language).apply(term).text());
  }

  @ParameterizedTest
  @CsvSource({
    "en, 'a warm carpet in Wargrave, begun by a ghostwriter'",
    "de, 'Der Totempfahl, das Brot und Angsthase'",
    "es, 'el soldado y la solapa'",
    "fr, 'un nuage et un seulement'",
    "it, 'un soldato e il percorso'"
  })
  void partsOfOtherWordsStay(String language, String prompt) {
    var filtered = TermFilter.of(language).apply(prompt);

    assertEquals(prompt, filtered.text());
    assertEquals(List.of(), filtered.hits());
  }

  @Test
  void decomposedLettersAreTheSameWords() {
    assertEquals("Träume", TermFilter.of("de").apply("A\u0308ngste").text());
  }

  @Test
  void aHitTellsRuleLanguageAndCountButNoWords() {
    var hits = TermFilter.of("en").apply("a gun, two guns and a nightmare").hits();

    assertEquals(2, hits.size());
    assertEquals(3, hits.stream().mapToInt(TermFilter.Hit::count).sum());
    for (TermFilter.Hit hit : hits) {
      assertEquals("en", hit.language());
      assertTrue(hit.ruleId().matches("en-[0-9a-f]{8}"), hit.ruleId());
      assertFalse(hit.toString().contains("gun"));
    }
  }

  @Test
  void thePlaceholderStays() {
    assertEquals("{{HERO}} with friends", TermFilter.of("en").apply("{{HERO}} alone").text());
  }
}
