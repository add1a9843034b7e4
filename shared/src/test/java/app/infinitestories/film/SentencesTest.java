package app.infinitestories.film;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentencesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "en | Mr. Fox ran. He was fast!/Mr. Fox ran. #He was fast!",
        "en | \"Run!\" she cried. \"Now!\" They ran./\"Run!\" she cried. #\"Now!\" #They ran.",
        "en | Wait… what is it? It was I. Dr. J. Smith came./"
            + "Wait… what is it? #It was I. #Dr. J. Smith came.",
        "en | It was 3.5 miles. Far!/It was 3.5 miles. #Far!",
        "es | ¡Hola! ¿Quién eres? La Sra. Luna sonrió./¡Hola! #¿Quién eres? #La Sra. Luna sonrió.",
        "es | —¡Corre! —dijo ella. Y corrieron./—¡Corre! —dijo ella. #Y corrieron.",
        "fr | « Viens ! » Elle vint. M. Loup dort./« Viens ! » #Elle vint. #M. Loup dort.",
        "de | Am 3. Mai kam Dr. Bär. „Los!“ rief er. Es war 7. Dann ging er./"
            + "Am 3. Mai kam Dr. Bär. #„Los!“ rief er. #Es war 7. #Dann ging er.",
        "it | Il sig. Gatto dorme. Che bello!/Il sig. Gatto dorme. #Che bello!"
      })
  void sentencesEndWhereTheVoiceRests(String language, String example) {
    String[] parts = example.split("/", -1);

    assertEquals(
        List.of(parts[1].split("(?=#)", -1)).stream().map(s -> s.replace("#", "")).toList(),
        Sentences.split(parts[0], Locale.of(language)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\n\n"})
  void blankTextHasNone(String text) {
    assertEquals(List.of(), Sentences.split(text, Locale.ENGLISH));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"...", " Hi. \n\n there! ", "No end", "A.B.C. d… \"E?\" F", "?!?! Oh.  ", "\n. a"})
  void joinedTheyAreTheText(String text) {
    for (String language : List.of("en", "es", "fr", "de", "it", "tr")) {
      List<String> sentences = Sentences.split(text, Locale.of(language));

      assertEquals(text, String.join("", sentences));
      assertTrue(sentences.stream().noneMatch(String::isBlank));
    }
  }

  @Test
  void chunksKeepSentencesWholeAndTheLimit() {
    String text = "One two. Three four. Five six seven eight nine ten eleven, twelve. Ok.";

    List<String> chunks = Sentences.chunks(text, Locale.ENGLISH, 22);

    assertEquals(text, String.join("", chunks));
    assertEquals("One two. Three four. ", chunks.getFirst());
    assertTrue(chunks.stream().allMatch(chunk -> chunk.length() <= 22), chunks.toString());
  }

  @Test
  void chunksNeverCutASurrogatePair() {
    List<String> chunks = Sentences.chunks("🦊🦊🦊🦊🦊", Locale.ENGLISH, 3);

    assertEquals("🦊🦊🦊🦊🦊", String.join("", chunks));
    assertTrue(chunks.stream().allMatch(c -> c.length() == 2));
  }
}
