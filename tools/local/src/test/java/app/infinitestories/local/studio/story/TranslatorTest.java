package app.infinitestories.local.studio.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslatorTest {
  private static final List<String> GENRES =
      List.of(
          "adventure",
          "fantasy",
          "fairy_tale",
          "animals",
          "space",
          "friendship",
          "mystery",
          "bedtime");

  @ParameterizedTest
  @CsvSource({"en,de", "de,en", "es,fr", "fr,it", "it,es", "en,es"})
  void everyStoryIsTranslatedSentenceBySentence(String from, String to) {
    for (int age : new int[] {2, 5, 8, 11, 15}) {
      for (String genre : GENRES) {
        for (int scenes : new int[] {3, 7}) {
          var story = sentences(story(from, age, genre, scenes, 11));

          var other = Translator.between(from, to, age).translate(story);

          assertEquals(story.size(), other.size());
          for (int scene = 0; scene < story.size(); scene++) {
            List<String> sentences = story.get(scene);
            assertEquals(sentences.size(), other.get(scene).size());
            for (String line : other.get(scene)) {
              assertFalse(line.isBlank());
              assertFalse(line.startsWith("["), () -> "not recognised: " + sentences);
              assertFalse(line.replace("{{HERO}}", "").contains("{"), line);
            }
          }
        }
      }
    }
  }

  @Test
  void aTranslationIsTheSamePlotInSentencesOfTheOtherLanguage() {
    var english = story("en", 6, "adventure", 3, 5);
    var german = story("de", 6, "adventure", 3, 5);
    Set<String> known = new HashSet<>();
    german.scenes().forEach(scene -> known.addAll(SceneWords.sentences(scene.narration())));
    var translator = Translator.between("en", "de", 6);
    int same = 0;
    List<String> all = new ArrayList<>();
    translator.translate(sentences(english)).forEach(all::addAll);
    for (String line : all) {
      same += SceneWords.sentences(line).stream().anyMatch(known::contains) ? 1 : 0;
    }

    assertTrue(same * 2 > all.size(), same + " of " + all.size() + " are the German story's own");
  }

  @Test
  void theHeroKeepsItsPlaceholderAndTheCompanionItsName() {
    var story = sentences(story("en", 6, "space", 5, 3));

    var french = Translator.between("en", "fr", 6).translate(story);

    for (int scene = 0; scene < story.size(); scene++) {
      assertEquals(
          String.join(" ", story.get(scene)).contains("{{HERO}}"),
          String.join(" ", french.get(scene)).contains("{{HERO}}"));
    }
    for (String name : Casting.NAMES) {
      assertEquals(story.toString().contains(name), french.toString().contains(name), name);
    }
  }

  @Test
  void thePlotsAreWrittenSideBySideInAllLanguages() {
    StoryText english = StoryGrammar.text("en");
    for (String language : new String[] {"es", "fr", "de", "it"}) {
      StoryText other = StoryGrammar.text(language);
      for (String section : english.sections().keySet()) {
        List<String> lines = english.lines(section);
        for (int i = 0; i < lines.size(); i++) {
          if (Character.isDigit(lines.get(i).charAt(0))) {
            String where = language + " " + section + " " + lines.get(i).charAt(0);
            assertEquals(tellings(lines.get(i)), tellings(other.lines(section).get(i)), where);
          }
        }
      }
    }
  }

  private static int tellings(String line) {
    return Telling.parse(line.substring(line.indexOf(':') + 1).strip()).size();
  }

  @Test
  void aWishStaysAsTheParentSaidIt() {
    for (String wish : List.of("a lost sock", "la di da ".repeat(30).strip())) {
      var story =
          sentences(
              StoryGrammar.write(
                  new StoryBrief(
                      "{{HERO}}", 6, "bedtime", "en", 3, 35, 60, wish, "Sharing is fun", 3)));

      String german = Translator.between("en", "de", 6).translate(story).toString();

      assertTrue(german.contains(": " + (wish.length() < 20 ? wish + "." : "la di da")), german);
      assertFalse(german.contains("….") || german.contains("[Nicht"), german);
      assertTrue(german.contains("Sharing is fun."), german);
    }
  }

  @Test
  void aWordIsWrittenLargeOnlyWhereASentenceBegins() {
    for (int seed = 0; seed < 20; seed++) {
      var story = sentences(story("de", 6, "adventure", 3, seed));

      String french = Translator.between("de", "fr", 6).translate(story).toString();

      assertFalse(french.matches("(?s).*\\p{Ll}[ ,]+(Rouge|Jaune|Bleu)\\b.*"), french);
    }
  }

  @Test
  void whatItDidNotWriteIsSaidToBeUntranslated() {
    var translator = Translator.between("en", "es", 6);

    assertEquals(
        List.of(List.of("[Sin traducir] The tax office opens at nine.")),
        translator.translate(List.of(List.of("The tax office opens at nine."))));
  }

  private static List<List<String>> sentences(WrittenStory story) {
    return story.scenes().stream().map(scene -> SceneWords.sentences(scene.narration())).toList();
  }

  private static WrittenStory story(String language, int age, String genre, int scenes, long seed) {
    return StoryGrammar.write(
        new StoryBrief("{{HERO}}", age, genre, language, scenes, 35, 60, null, null, seed));
  }
}
