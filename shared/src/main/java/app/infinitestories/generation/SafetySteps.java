package app.infinitestories.generation;

import app.infinitestories.ai.Moderator;
import app.infinitestories.ai.Storyteller;
import app.infinitestories.ai.TextVerdict;
import app.infinitestories.jobs.Steps;
import app.infinitestories.safety.AgeBand;
import app.infinitestories.safety.TermPolicy;
import app.infinitestories.safety.Verdict;
import app.infinitestories.userstories.StoryOrder;

/**
 * The safety rings around a text, as steps: own terms, the provider's moderation, and the story
 * model by the policy of the age band. A ring that cannot answer makes the step wait.
 */
final class SafetySteps {
  private final Storyteller storyteller;
  private final Moderator moderator;
  private final TermPolicy policy;

  SafetySteps(Storyteller storyteller, Moderator moderator, TermPolicy policy) {
    this.storyteller = storyteller;
    this.moderator = moderator;
    this.policy = policy;
  }

  /** Ends the job when a ring objects; the subject is told to the parent. */
  void refuseUnlessFit(String name, String subject, String text, StoryOrder order, Steps steps) {
    String category = unfit(name, text, order, steps);
    if (!category.isEmpty()) {
      throw Rejection.rejected(subject, category);
    }
  }

  /** The category of the first ring that objects to a text in the story's language, or none. */
  String unfit(String name, String text, StoryOrder order, Steps steps) {
    return unfit(name, text, order, order.language(), steps);
  }

  /** The category of the first ring that objects, empty when none does. */
  String unfit(String name, String text, StoryOrder order, String language, Steps steps) {
    Verdict wording = policy.check(text);
    if (wording.flagged()) {
      return wording.categories().getFirst();
    }
    var moderation =
        steps.call(
            name + "-moderation",
            Verdict.class,
            moderator.estimate(),
            step -> {
              var answer = moderator.text(text);
              step.charge(answer.charge());
              return answer.value();
            });
    if (moderation.flagged()) {
      return moderation.categories().stream().findFirst().orElse("safety");
    }
    var verdict =
        steps.call(
            name + "-judge",
            TextVerdict.class,
            storyteller.estimate(Storyteller.Task.JUDGE),
            step -> {
              var answer = storyteller.judge(AgeBand.ofAge(order.age()), language, text);
              step.charge(answer.charge());
              return answer.value();
            });
    return verdict.allowed() ? "" : verdict.category();
  }
}
