package app.infinitestories.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.ai.Script;
import app.infinitestories.ai.SpokenScript;
import app.infinitestories.ai.TextVerdict;
import app.infinitestories.jobs.JobFailed;
import app.infinitestories.provider.Answer;
import app.infinitestories.safety.AgeBand;
import app.infinitestories.safety.TermPolicy;
import app.infinitestories.userstories.StoryOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is translated, how it is checked, and when it is asked for again. */
class TranslatingTest {
  private static final Script SCRIPT =
      new Script(
          "A title",
          List.of(
              scene("{{HERO}} ran to the sea. “Look!” said Mr. Pip."),
              scene("The wind sang all night long.")));
  private static final SpokenScript GERMAN =
      new SpokenScript(
          List.of(
              new SpokenScript.Scene(
                  List.of("{{HERO}} lief ans Meer.", "„Schau!“", "sagte Mr. Pip.")),
              new SpokenScript.Scene(List.of("Der Wind sang die ganze Nacht."))));

  private final FreeSteps steps = new FreeSteps();
  private final Interpreter interpreter = new Interpreter();

  @Test
  void withoutASecondLanguageNobodyIsAsked() {
    assertEquals(Optional.empty(), translate(null));
    assertEquals(List.of(), steps.names());
  }

  @Test
  void everySpokenSentenceIsTranslatedAndCheckedInTheOtherLanguage() {
    assertEquals(Optional.of(GERMAN), translate("de"));

    var asked = interpreter.asked.getFirst();
    assertEquals(2, asked.scenes().size());
    assertEquals("{{HERO}} ran to the sea.", asked.scenes().getFirst().sentences().getFirst());
    assertFalse(asked.scenes().toString().contains("Quillon"), "the name stays at home");
    assertEquals(List.of("en>de for 4-6"), interpreter.pairs);
    assertEquals(List.of("de"), interpreter.judgedIn);
    assertTrue(interpreter.judged.getFirst().contains("Der Wind sang die ganze Nacht."));
    assertEquals(
        List.of("translation", "check-translation-moderation", "check-translation-judge"),
        steps.names());
  }

  @Test
  void anUnfitTranslationIsAskedForOnceMore() {
    interpreter.verdicts.add(new TextVerdict(false, "violence"));

    assertEquals(Optional.of(GERMAN), translate("de"));

    assertEquals(2, interpreter.asked.size());
    assertTrue(steps.names().contains("check-translation-again-judge"), steps.names()::toString);
  }

  @Test
  void twoUnfitTranslationsEndTheJobAndTellTheRule() {
    interpreter.verdicts.add(new TextVerdict(false, "violence"));
    interpreter.verdicts.add(new TextVerdict(false, "scary"));

    var failed = assertThrows(JobFailed.class, () -> translate("de"));

    assertEquals("CONTENT_REJECTED", failed.code());
    assertTrue(String.valueOf(failed.getMessage()).contains("translation"), failed::toString);
    assertTrue(String.valueOf(failed.getMessage()).contains("scary"), failed::toString);
    assertEquals(2, interpreter.asked.size());
  }

  private Optional<SpokenScript> translate(@Nullable String second) {
    var translating = new Translating(interpreter, new Everything(), new TermPolicy());
    return translating.translate(order(second), SCRIPT, steps);
  }

  private static StoryOrder order(@Nullable String second) {
    var input =
        new HashMap<String, Object>(
            Map.of(
                "photo", "users/u/photos/1.jpg",
                "name", "Quillon",
                "age", 6,
                "genre", "adventure",
                "language", "en",
                "voice", "nova",
                "length", "SHORT",
                "video", false));
    if (second != null) {
      input.put("secondLanguage", second);
    }
    return StoryOrder.of(input);
  }

  private static Script.Scene scene(String narration) {
    return new Script.Scene(narration, "the hero child by the sea", "waves");
  }

  /** Always says the same, and is judged as the test says. */
  private static final class Interpreter extends SampleTeller {
    final List<SpokenScript> asked = new ArrayList<>();
    final List<String> pairs = new ArrayList<>();
    final List<String> judged = new ArrayList<>();
    final List<String> judgedIn = new ArrayList<>();
    final Deque<TextVerdict> verdicts = new ArrayDeque<>();

    @Override
    public Answer<SpokenScript> translate(
        SpokenScript script, String from, String to, AgeBand ageBand) {
      asked.add(script);
      pairs.add(from + ">" + to + " for " + ageBand.text());
      return new Answer<>(GERMAN, FreeSteps.FREE);
    }

    @Override
    public Answer<TextVerdict> judge(AgeBand ageBand, String language, String text) {
      judged.add(text);
      judgedIn.add(language);
      return verdicts.isEmpty()
          ? super.judge(ageBand, language, text)
          : new Answer<>(verdicts.removeFirst(), FreeSteps.FREE);
    }
  }
}
