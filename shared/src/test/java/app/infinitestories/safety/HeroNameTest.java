package app.infinitestories.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeroNameTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Emma | Emma and EMMA saw emma's dog | {{HERO}} and {{HERO}} saw {{HERO}}'s dog",
        "Emma | Emmas Hund, Emma’s kite | {{HERO}}s Hund, {{HERO}}’s kite",
        "Emma | Emmanuel met Gemma | Emmanuel met Gemma",
        "Zoë | Zoe, zoë und ZOË | {{HERO}}, {{HERO}} und {{HERO}}",
        "Jose | José vuela | {{HERO}} vuela",
        "Anna Maria Weiß | Anna Maria Weiß, Maria und weiss | {{HERO}}, {{HERO}} und {{HERO}}",
        "Jean-Luc | Jean Luc et jean-luc | {{HERO}} et {{HERO}}",
        "Maria de la Cruz | Maria vive de la mar | {{HERO}} vive de la mar",
        "Max | l'ami de Max: Max! | l'ami de {{HERO}}: {{HERO}}!",
        "Li | Li likes a little lion | {{HERO}} likes a little lion",
        "Łukasz | Lukasz i łukasz | {{HERO}} i {{HERO}}",
        "Søren | Soren and søren | {{HERO}} and {{HERO}}",
        "小明 | 小明 fliegt | {{HERO}} fliegt",
        "O'Neil | o’neil sings | {{HERO}} sings"
      })
  void theNameIsHiddenWhereverItStandsAlone(String name, String text, String hidden) {
    assertEquals(hidden, HeroName.of(name).hide(text));
  }

  @Test
  void combiningAccentsAreTheSameLetters() {
    assertEquals("{{HERO}} danse", HeroName.of("Chloé").hide("Chloe\u0301 danse"));
  }

  @Test
  void everyNameOfTheChildIsHidden() {
    HeroName names = HeroName.of("Mathilda", "Tilly");

    assertEquals("{{HERO}}, called {{HERO}}", names.hide("Mathilda, called tilly"));
    assertTrue(names.occursIn("for TILLY"));
    assertFalse(names.occursIn("a tilt"));
  }

  @Test
  void aNameOfPatternCharactersIsOnlyAName() {
    assertEquals("a {{HERO}} b", HeroName.of("\\E.*").hide("a \\E.* b"));
    assertEquals("anything", HeroName.of(".*").hide("anything"));
  }

  @Test
  void theNameComesBackHoweverTheModelWroteThePlaceholder() {
    assertEquals(
        "Ana $1, Ana $1 and Ana $1.",
        HeroName.reveal("{{HERO}}, {{ hero }} and {HERO}.", "Ana $1"));
  }

  @Test
  void thereAndBackAgain() {
    String text = "Émile's kite: Émile runs.";

    assertEquals(text, HeroName.reveal(HeroName.of("Émile").hide(text), "Émile"));
  }

  @Test
  void itIsNeverPrinted() {
    assertFalse(HeroName.of("Mathilda").toString().contains("Mathilda"));
  }

  @Test
  void nicknamesComeInEveryLanguage() {
    for (String language : TermFilter.LANGUAGES) {
      assertEquals(Nicknames.of(language, 3), Nicknames.of(language, 3));
      assertFalse(Nicknames.of(language, -1).isBlank());
    }
    assertEquals("Chispa", Nicknames.of("es", 1));
    assertEquals("Pip", Nicknames.of("pt", 1));
  }
}
