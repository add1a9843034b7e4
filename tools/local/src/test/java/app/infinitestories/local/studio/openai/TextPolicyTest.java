package app.infinitestories.local.studio.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.infinitestories.local.studio.story.StoryBrief;
import app.infinitestories.local.studio.story.StoryGrammar;
import app.infinitestories.local.studio.story.WrittenScene;
import app.infinitestories.local.studio.story.WrittenStory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextPolicyTest {

  @ParameterizedTest
  @CsvSource({
    "violence, The knight would murder the king",
    "violence, El bandido quería matar al rey",
    "violence, Le pirate voulait tuer le roi",
    "violence, Der Räuber wollte den König töten",
    "violence, Il pirata voleva uccidere il re",
    "violence/graphic, The floor was gory",
    "violence/graphic, Sie wurden enthauptet",
    "sexual, She was naked",
    "sexual, Estaba desnuda",
    "illicit, The uncle was drunk",
    "illicit, Er nahm eine Droge",
    "self-harm, He thought of suicide",
    "hate, A nazi came in"
  })
  void aForbiddenTextFallsIntoItsCategory(String category, String text) {
    assertEquals(Optional.of(category), TextPolicy.breach(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The skilled fox began to whisper",
        "Sussex is a county",
        "Der Mordsspaß mit den Freunden",
        "La bombilla del cuarto",
        "Il cane nuota nel lago"
      })
  void aWordThatOnlyContainsAForbiddenOnePasses(String text) {
    assertEquals(Optional.empty(), TextPolicy.breach(text));
  }

  @Test
  void noStoryThatTheStudioWritesBreaksThePolicy() {
    for (String language : List.of("en", "es", "fr", "de", "it")) {
      for (String genre :
          List.of("adventure", "fantasy", "mystery", "space", "animals", "fairy tale", "bedtime")) {
        for (long seed = 0; seed < 8; seed++) {
          WrittenStory story =
              StoryGrammar.write(
                  new StoryBrief("{{HERO}}", 6, genre, language, 7, 35, 60, null, null, seed));
          assertEquals(Optional.empty(), TextPolicy.breach(story.title()), story.title());
          for (WrittenScene scene : story.scenes()) {
            for (String text :
                List.of(scene.narration(), scene.picturePrompt(), scene.motionPrompt())) {
              assertEquals(Optional.empty(), TextPolicy.breach(text), text);
            }
          }
        }
      }
    }
  }
}
