package app.infinitestories.local.studio.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PicturePromptTest {

  @Test
  void aSheetIsAskedForInTheFirstParagraph() {
    PicturePrompt prompt =
        PicturePrompt.read(
            """
            A character sheet of one child.
            The look in words: red curly hair, green coat
            Style: cream background.\
            """);

    assertTrue(prompt.isSheet());
    assertTrue(prompt.namesHero());
    assertEquals("red curly hair, green coat", prompt.look());
  }

  @Test
  void aSceneThatRefersToTheSheetIsNoSheet() {
    PicturePrompt prompt =
        PicturePrompt.read(
            """
            The hero child climbs a hill at dawn.

            Reference 1: the character sheet of the hero child, no lettering.\
            """);

    assertFalse(prompt.isSheet());
    assertTrue(prompt.hasHero());
    assertEquals("The hero child climbs a hill at dawn.", prompt.description());
  }

  @Test
  void aSceneWithoutPeopleHasNoHero() {
    assertFalse(PicturePrompt.read("an empty meadow, a kite, no people").hasHero());
    assertFalse(PicturePrompt.read("A quiet harbour").namesHero());
  }
}
