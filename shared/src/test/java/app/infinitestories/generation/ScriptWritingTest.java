package app.infinitestories.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import app.infinitestories.ai.Script;
import app.infinitestories.ai.ScriptBrief;
import app.infinitestories.ai.VisualProfile;
import app.infinitestories.jobs.JobFailed;
import app.infinitestories.provider.Answer;
import app.infinitestories.safety.TermPolicy;
import app.infinitestories.userstories.StoryOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How often the story model is asked, and which of its tries is told. */
class ScriptWritingTest {
  private static final StoryOrder ORDER =
      StoryOrder.of(
          Map.of(
              "photo", "users/u/photos/1.jpg",
              "name", "Quillon",
              "age", 6,
              "genre", "adventure",
              "language", "en",
              "voice", "nova",
              "length", "SHORT",
              "video", false));
  private static final Hero HERO =
      new Hero(
          new Kept("sheet.png"),
          new VisualProfile("red", "green", "light", "a coat", List.of("red"), List.of()));

  private final Deque<Script> tries = new ArrayDeque<>();
  private final List<List<String>> problems = new ArrayList<>();
  private final FreeSteps steps = new FreeSteps();

  @Test
  void anExactStoryIsAskedForOnce() {
    var exact = script(40, 40, 40);

    assertEquals(exact, write(exact));
    assertEquals(List.of("script"), asked());
  }

  @Test
  void aStorySomewhatOffIsRepairedOnceAndThenTold() {
    var better = script(33, 40, 40);

    assertEquals(better, write(script(30, 31, 32), better));
    assertEquals(List.of("script", "script-repair"), asked());
    assertEquals(3, problems.getFirst().size(), "each scene is named");
  }

  @Test
  void aModelThatAlwaysWritesSixteenTenthsStillGivesAStory() {
    var long1 = script(96, 96, 96);

    assertEquals(long1, write(long1, long1));
    assertEquals(List.of("script", "script-repair"), asked());
  }

  @Test
  void aStoryOfLessThanFortyFiveSecondsIsAskedForOnceMore() {
    var enough = script(32, 32, 32);

    assertEquals(enough, write(script(21, 21, 21), script(25, 25, 25), enough));
    assertEquals(List.of("script", "script-repair", "script-repair-again"), asked());
  }

  @Test
  void aModelThatAlwaysWritesSixTenthsStillGivesAStory() {
    var shortOne = script(21, 21, 21);

    assertEquals(shortOne, write(shortOne, shortOne, shortOne));
    assertEquals(List.of("script", "script-repair", "script-repair-again"), asked());
  }

  @Test
  void aRepairThatMakesItWorseIsNotTold() {
    var first = script(34, 40, 40);

    assertEquals(first, write(first, script(3, 3, 3)));
    assertEquals(List.of("script", "script-repair"), asked());
  }

  @Test
  void aModelThatNeverWritesAStoryEndsTheJob() {
    var torn = script(5, 5, 5);

    var failed = assertThrows(JobFailed.class, () -> write(torn, torn, torn));

    assertEquals("PROVIDER_UNAVAILABLE", failed.code());
    assertEquals(List.of("script", "script-repair", "script-repair-again"), asked());
  }

  private Script write(Script... written) {
    tries.addAll(Arrays.asList(written));
    var writing =
        new ScriptWriting(new Teller(), new Everything(), new TermPolicy(), new ChildData(false));
    return writing.write(ORDER, "", HERO, steps);
  }

  private List<String> asked() {
    return steps.names().stream().filter(name -> name.startsWith("script")).toList();
  }

  private static Script script(int... words) {
    return new Script(
        "A title",
        Arrays.stream(words)
            .mapToObj(count ->
                new Script.Scene(
                    "{{HERO}} " + "word ".repeat(count - 1), "the hero child on a hill", "clouds"))
            .toList());
  }

  /** Writes what the test gives it. */
  private final class Teller extends SampleTeller {
    @Override
    public Answer<Script> script(ScriptBrief brief) {
      return new Answer<>(tries.removeFirst(), FreeSteps.FREE);
    }

    @Override
    public Answer<Script> repair(ScriptBrief brief, Script script, List<String> found) {
      problems.add(found);
      return new Answer<>(tries.removeFirst(), FreeSteps.FREE);
    }
  }
}
