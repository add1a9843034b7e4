package app.infinitestories.generation;

import app.infinitestories.ai.Moderator;
import app.infinitestories.ai.Script;
import app.infinitestories.ai.ScriptBrief;
import app.infinitestories.ai.ScriptRules;
import app.infinitestories.ai.ScriptRules.Fit;
import app.infinitestories.ai.Storyteller;
import app.infinitestories.jobs.ContentRefused;
import app.infinitestories.jobs.JobFailed;
import app.infinitestories.jobs.Steps;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.safety.TermPolicy;
import app.infinitestories.safety.Verdict;
import app.infinitestories.userstories.StoryOrder;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Has the story written, with the safety rings around what goes in and what comes out: the
 * provider's moderation, and an own check by the story model against the policy of the age band. A
 * ring that cannot answer makes the step wait; nothing passes unseen.
 */
public final class ScriptWriting {
  static final String CHECK_ORDER = "check-order";
  static final String SCRIPT = "script";
  static final String CHECK_SCRIPT = "check-script";

  private static final String CHECK_IDEA = "check-voice-idea";
  private static final String CHECK_CHANGES = "check-changes";

  private static final EventLog LOG = EventLog.of(ScriptWriting.class);

  private final Storyteller storyteller;
  private final SafetySteps rings;
  private final TermPolicy policy;
  private final ChildData childData;

  public ScriptWriting(
      Storyteller storyteller, Moderator moderator, TermPolicy policy, ChildData childData) {
    this.storyteller = storyteller;
    this.rings = new SafetySteps(storyteller, moderator, policy);
    this.policy = policy;
    this.childData = childData;
  }

  /**
   * What the parent wrote must fit the age; the dedication may hold names and is checked here only.
   */
  void checkOrder(StoryOrder order, Steps steps) {
    String dedication = order.dedication();
    if (dedication != null) {
      Verdict verdict = policy.check(dedication);
      if (verdict.flagged()) {
        throw Rejection.of("dedication", verdict);
      }
    }
    String words =
        Stream.of(order.theme(), order.lesson(), order.appearance())
            .map(text -> childData.hideName(order, text))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("\n"));
    if (!words.isEmpty()) {
      rings.refuseUnlessFit(CHECK_ORDER, "request", words, order, steps);
    }
    steps.run(CHECK_ORDER, Boolean.class, step -> true);
  }

  /** What was said aloud must fit the age as well. */
  void checkIdea(StoryOrder order, String idea, Steps steps) {
    if (!idea.isEmpty()) {
      rings.refuseUnlessFit(CHECK_IDEA, "spoken idea", idea, order, steps);
    }
  }

  /**
   * The story.
   *
   * @param idea the family's spoken idea, empty for none
   */
  Script write(StoryOrder order, String idea, Hero hero, Steps steps) {
    var brief = brief(order, idea, hero);
    return fitForAge(
        order,
        brief,
        told(
            brief,
            ask(SCRIPT, Storyteller.Task.SCRIPT, steps, () -> storyteller.script(brief)),
            steps),
        steps);
  }

  /** The script with the parent's wishes, which must be as fit for the age as the order. */
  Script rewrite(
      StoryOrder order, String idea, Hero hero, Script script, String changes, Steps revised) {
    String wishes = childData.hideName(order, changes);
    rings.refuseUnlessFit(CHECK_CHANGES, "wish for changes", wishes, order, revised);
    var brief = brief(order, idea, hero);
    var other =
        ask(
            SCRIPT,
            Storyteller.Task.REVISE,
            revised,
            () -> storyteller.revise(brief, script, wishes));
    return fitForAge(order, brief, told(brief, other, revised), revised);
  }

  /**
   * The story, repaired where it breaks a rule: once for anything, and once more when it would make
   * no film, or one that tells for less than 45 seconds. The best of the tries is what counts.
   */
  private Script told(ScriptBrief brief, Script written, Steps steps) {
    var best = written;
    if (ScriptRules.fit(brief, best) != Fit.EXACT) {
      best = repaired(SCRIPT + "-repair", brief, best, steps);
    }
    if (ScriptRules.fit(brief, best).compareTo(Fit.SOMEWHAT_OFF) < 0) {
      best = repaired(SCRIPT + "-repair-again", brief, best, steps);
    }
    return usable(brief, best);
  }

  private Script repaired(String name, ScriptBrief brief, Script script, Steps steps) {
    var problems = ScriptRules.problems(brief, script);
    var repaired =
        ask(
            name,
            Storyteller.Task.REPAIR,
            steps,
            () -> storyteller.repair(brief, script, problems));
    boolean worse = ScriptRules.fit(brief, repaired).compareTo(ScriptRules.fit(brief, script)) < 0;
    return worse ? script : repaired;
  }

  private static Script usable(ScriptBrief brief, Script script) {
    if (ScriptRules.fit(brief, script) == Fit.TORN) {
      LOG.warn("script.unusable", "problems", ScriptRules.problems(brief, script).size());
      throw new JobFailed(
          "PROVIDER_UNAVAILABLE", "The story could not be written this time. Please try again.");
    }
    return script;
  }

  /** A story that does not fit the age is written tamer once; then the job ends. */
  private Script fitForAge(StoryOrder order, ScriptBrief brief, Script script, Steps steps) {
    String category = rings.unfit(CHECK_SCRIPT, text(script), order, steps);
    if (category.isEmpty()) {
      return closeCheck(script, steps);
    }
    var tamer =
        ask(
            SCRIPT + "-tamer",
            Storyteller.Task.REPAIR,
            steps,
            () ->
                storyteller.repair(
                    brief,
                    script,
                    List.of(
                        "The story is not fit for the age (" + category + "). Make it gentler.")));
    rings.refuseUnlessFit(CHECK_SCRIPT + "-tamer", "story", text(tamer), order, steps);
    return closeCheck(usable(brief, tamer), steps);
  }

  private static Script closeCheck(Script script, Steps steps) {
    steps.run(CHECK_SCRIPT, Boolean.class, step -> true);
    return script;
  }

  private ScriptBrief brief(StoryOrder order, String idea, Hero hero) {
    String theme = childData.hideName(order, order.theme());
    return ScriptBrief.of(
        order.age(),
        order.genre(),
        order.language(),
        order.length().scenes(),
        emptyToNull(theme.isEmpty() || idea.isEmpty() ? theme + idea : theme + "\n" + idea),
        emptyToNull(childData.hideName(order, order.lesson())),
        hero.look().inWords());
  }

  private Script ask(String name, Storyteller.Task task, Steps steps, Telling telling) {
    try {
      return steps.call(
          name,
          Script.class,
          storyteller.estimate(task),
          step -> {
            var answer = telling.ask();
            step.charge(answer.charge());
            return answer.value();
          });
    } catch (ContentRefused refused) {
      throw Rejection.of("story", refused);
    }
  }

  private static String text(Script script) {
    return script.title()
        + "\n"
        + script.scenes().stream().map(Script.Scene::narration).collect(Collectors.joining("\n"));
  }

  private static @org.jspecify.annotations.Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** A question to the storyteller. */
  private interface Telling {
    app.infinitestories.provider.Answer<Script> ask()
        throws app.infinitestories.provider.ProviderException;
  }
}
