package app.infinitestories.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import app.infinitestories.ai.Media;
import app.infinitestories.ai.Moderator;
import app.infinitestories.ai.PictureCheck;
import app.infinitestories.ai.Script;
import app.infinitestories.ai.ScriptBrief;
import app.infinitestories.ai.SpokenScript;
import app.infinitestories.ai.Storyteller;
import app.infinitestories.ai.TextVerdict;
import app.infinitestories.ai.VisualProfile;
import app.infinitestories.jobs.JobFailed;
import app.infinitestories.jobs.StepContext;
import app.infinitestories.jobs.StepOutcome;
import app.infinitestories.jobs.Steps;
import app.infinitestories.provider.Answer;
import app.infinitestories.provider.Charge;
import app.infinitestories.provider.PaidCall;
import app.infinitestories.provider.ProviderException;
import app.infinitestories.safety.AgeBand;
import app.infinitestories.safety.TermPolicy;
import app.infinitestories.safety.Verdict;
import app.infinitestories.userstories.StoryOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How often the story model is asked, and which of its tries is told. */
class ScriptWritingTest {
  private static final Charge FREE =
      new Charge("sample", "m", "story_generation", "tokens", BigDecimal.ONE, BigDecimal.ZERO);
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
  private final RunOnce steps = new RunOnce();

  @Test
  void anExactStoryIsAskedForOnce() {
    var exact = script(40, 40, 40);

    assertEquals(exact, write(exact));
    assertEquals(List.of("script"), steps.asked());
  }

  @Test
  void aStorySomewhatOffIsRepairedOnceAndThenTold() {
    var better = script(33, 40, 40);

    assertEquals(better, write(script(30, 31, 32), better));
    assertEquals(List.of("script", "script-repair"), steps.asked());
    assertEquals(3, problems.getFirst().size(), "each scene is named");
  }

  @Test
  void aModelThatAlwaysWritesSixteenTenthsStillGivesAStory() {
    var long1 = script(96, 96, 96);

    assertEquals(long1, write(long1, long1));
    assertEquals(List.of("script", "script-repair"), steps.asked());
  }

  @Test
  void aStoryOfLessThanFortyFiveSecondsIsAskedForOnceMore() {
    var enough = script(32, 32, 32);

    assertEquals(enough, write(script(21, 21, 21), script(25, 25, 25), enough));
    assertEquals(List.of("script", "script-repair", "script-repair-again"), steps.asked());
  }

  @Test
  void aModelThatAlwaysWritesSixTenthsStillGivesAStory() {
    var shortOne = script(21, 21, 21);

    assertEquals(shortOne, write(shortOne, shortOne, shortOne));
    assertEquals(List.of("script", "script-repair", "script-repair-again"), steps.asked());
  }

  @Test
  void aRepairThatMakesItWorseIsNotTold() {
    var first = script(34, 40, 40);

    assertEquals(first, write(first, script(3, 3, 3)));
    assertEquals(List.of("script", "script-repair"), steps.asked());
  }

  @Test
  void aModelThatNeverWritesAStoryEndsTheJob() {
    var torn = script(5, 5, 5);

    var failed = assertThrows(JobFailed.class, () -> write(torn, torn, torn));

    assertEquals("PROVIDER_UNAVAILABLE", failed.code());
    assertEquals(List.of("script", "script-repair", "script-repair-again"), steps.asked());
  }

  private Script write(Script... written) {
    tries.addAll(Arrays.asList(written));
    var writing =
        new ScriptWriting(new Teller(), new Everything(), new TermPolicy(), new ChildData(false));
    return writing.write(ORDER, "", HERO, steps);
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

  /** Writes what the test gives it, and minds nothing. */
  private final class Teller implements Storyteller {
    @Override
    public Answer<Script> script(ScriptBrief brief) {
      return new Answer<>(tries.removeFirst(), FREE);
    }

    @Override
    public Answer<Script> repair(ScriptBrief brief, Script script, List<String> found) {
      problems.add(found);
      return new Answer<>(tries.removeFirst(), FREE);
    }

    @Override
    public Answer<Script> revise(ScriptBrief brief, Script script, String changes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Answer<SpokenScript> translate(
        SpokenScript script, String from, String to, AgeBand ageBand) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Answer<VisualProfile> profile(Media sheet) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Answer<PictureCheck> check(Media sheet, Media picture) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Answer<String> tamer(String picturePrompt, boolean people) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Answer<TextVerdict> judge(AgeBand ageBand, String language, String text) {
      return new Answer<>(new TextVerdict(true, "none"), FREE);
    }

    @Override
    public PaidCall estimate(Task task) {
      return new PaidCall("sample", "m", BigDecimal.ZERO);
    }
  }

  /** Lets everything pass. */
  private static final class Everything implements Moderator {
    @Override
    public Answer<Verdict> text(String text) {
      return new Answer<>(new Verdict(false, List.of()), FREE);
    }

    @Override
    public Answer<Verdict> picture(Media picture) {
      throw new UnsupportedOperationException();
    }

    @Override
    public PaidCall estimate() {
      return new PaidCall("sample", "m", BigDecimal.ZERO);
    }
  }

  /** Runs each step at once and remembers who was asked for a story. */
  private static final class RunOnce implements Steps {
    private final List<String> names = new ArrayList<>();

    List<String> asked() {
      return names.stream().filter(name -> name.startsWith("script")).toList();
    }

    @Override
    public <T> T run(String name, Class<T> type, Work<T> work) {
      names.add(name);
      try {
        return work.run(new Bill(name));
      } catch (ProviderException e) {
        throw new IllegalStateException(e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public <T> T call(String name, Class<T> type, PaidCall call, Work<T> work) {
      return run(name, type, work);
    }

    @Override
    public <T> T await(String name, Class<T> type, PaidCall call, Submit submit, Poll<T> poll) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <I, O> List<O> each(List<I> items, Each<I, O> body) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <A, B> Both<A, B> both(Supplier<A> first, Supplier<B> second) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Steps revised() {
      return this;
    }

    @Override
    public void preview(int scene, String path) {
      throw new UnsupportedOperationException();
    }

    @Override
    public StepOutcome finish(String name, Work<StepOutcome.Done> work) {
      throw new UnsupportedOperationException();
    }
  }

  /** A step that pays for nothing and stores nothing. */
  private record Bill(String key) implements StepContext {
    @Override
    public void charge(Charge charge) {
      assertEquals(FREE, charge);
    }

    @Override
    public String upload(byte[] bytes, String extension, String contentType) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void uploadTo(String path, byte[] bytes, String contentType) {
      throw new UnsupportedOperationException();
    }
  }
}
