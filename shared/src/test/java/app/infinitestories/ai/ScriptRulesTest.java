package app.infinitestories.ai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.ai.Script.Scene;
import app.infinitestories.ai.ScriptRules.Fit;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptRulesTest {
  private static final ScriptBrief BRIEF =
      ScriptBrief.of(5, "adventure", "en", 3, null, null, null);

  @Test
  void aStoryThatKeepsEveryRuleHasNoProblem() {
    assertEquals(List.of(), ScriptRules.problems(BRIEF, script(scene(40), scene(35), scene(60))));
  }

  @Test
  void eachBrokenRuleIsNamedForTheModel() {
    Script broken =
        new Script(
            " ",
            List.of(
                scene(34),
                new Scene(narration(61), "{{HERO}} waves in a hall", ""),
                scene(40),
                new Scene("no hero at all", "", "a wind blows")));

    String problems = String.join("\n", ScriptRules.problems(BRIEF, broken));

    assertTrue(problems.contains("title"), problems);
    assertTrue(problems.contains("3 scenes, not 4"), problems);
    assertTrue(problems.contains("Scene 1 has 34 words"), problems);
    assertTrue(problems.contains("Scene 2 has 61 words"), problems);
    assertTrue(problems.contains("Scene 2: picture and motion prompts say"), problems);
    assertTrue(problems.contains("Scene 2 has no motion prompt"), problems);
    assertTrue(problems.contains("Scene 4 has no picture prompt"), problems);
    assertFalse(problems.contains("Scene 3"), problems);
  }

  @Test
  void aHeroWhoIsNeverNamedIsAProblem() {
    Scene without = new Scene("word ".repeat(40), "the hero child runs", "leaves move");

    Script script = new Script("A title", Collections.nCopies(3, without));

    assertEquals(1, ScriptRules.problems(BRIEF, script).size());
    assertEquals(Fit.SOMEWHAT_OFF, ScriptRules.fit(BRIEF, script));
  }

  @Test
  void aStoryThatKeepsEveryRuleIsExact() {
    assertEquals(Fit.EXACT, fit(scene(35), scene(35), scene(35)));
    assertEquals(Fit.EXACT, fit(scene(60), scene(60), scene(60)));
  }

  @Test
  void aStoryMayBeOffByMuchAndStillBeTold() {
    assertEquals(Fit.SOMEWHAT_OFF, fit(scene(120), scene(120), scene(120)));
    assertEquals(Fit.SOMEWHAT_OFF, fit(scene(7), scene(23), scene(60)));
    assertEquals(Fit.TOO_SHORT, fit(scene(7), scene(7), scene(7)));
    assertEquals(Fit.SOMEWHAT_OFF, fit(scene(50), scene(50)));
    assertEquals(Fit.SOMEWHAT_OFF, fit(scene(40), scene(40), scene(40), scene(40)));
  }

  @Test
  void whatIsFurtherOffIsTorn() {
    assertEquals(Fit.TORN, fit());
    assertEquals(Fit.TORN, fit(scene(60)));
    assertEquals(Fit.TORN, fit(scene(40), scene(40), scene(40), scene(40), scene(40)));
    assertEquals(Fit.TORN, fit(scene(6), scene(40), scene(40)));
    assertEquals(Fit.TORN, fit(scene(121), scene(40), scene(40)));
    assertEquals(
        Fit.TORN, fit(new Scene(narration(40), " ", "clouds drift"), scene(40), scene(40)));
  }

  @Test
  void whatDoesNotTellForFortyFiveSecondsIsTooShort() {
    assertEquals(Fit.TOO_SHORT, fit(scene(29), scene(30), scene(30)));
    assertEquals(Fit.SOMEWHAT_OFF, fit(scene(30), scene(30), scene(30)));
    assertEquals(Fit.TOO_SHORT, fit(scene(40), scene(40)));
    assertTrue(Fit.TORN.compareTo(Fit.TOO_SHORT) < 0, "a short story is better than none");
  }

  @Test
  void wordsAreCountedAsTheyAreSpoken() {
    assertEquals(4, ScriptRules.words("{{HERO}} said — hello, there!"));
    assertEquals(3, ScriptRules.words("« Où est l'étoile ? »"));
    assertEquals(0, ScriptRules.words(" … "));
  }

  private static Fit fit(Scene... scenes) {
    return ScriptRules.fit(BRIEF, script(scenes));
  }

  private static Script script(Scene... scenes) {
    return new Script("A title", List.of(scenes));
  }

  private static Scene scene(int words) {
    return new Scene(narration(words), "the hero child on a hill at dawn", "clouds drift");
  }

  private static String narration(int words) {
    return "{{HERO}} " + "word ".repeat(words - 1);
  }
}
