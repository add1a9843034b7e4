package app.infinitestories.generation;

import app.infinitestories.ai.Moderator;
import app.infinitestories.ai.Script;
import app.infinitestories.ai.SpokenScript;
import app.infinitestories.ai.Storyteller;
import app.infinitestories.jobs.ContentRefused;
import app.infinitestories.jobs.Steps;
import app.infinitestories.safety.AgeBand;
import app.infinitestories.safety.TermPolicy;
import app.infinitestories.userstories.StoryOrder;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Translates what is spoken, sentence by sentence, for a second track of captions at the same
 * times. A translation must be as fit for the age as the story; one that is not is asked for once
 * more.
 */
public final class Translating {
  static final String TRANSLATION = "translation";

  private final Storyteller storyteller;
  private final SafetySteps rings;

  public Translating(Storyteller storyteller, Moderator moderator, TermPolicy policy) {
    this.storyteller = storyteller;
    this.rings = new SafetySteps(storyteller, moderator, policy);
  }

  /** The sentences in the second language; empty when none was asked for. */
  Optional<SpokenScript> translate(StoryOrder order, Script script, Steps steps) {
    String to = order.secondLanguage();
    if (to == null) {
      return Optional.empty();
    }
    var spoken =
        new SpokenScript(
            ScriptScene.numbered(script).stream()
                .map(scene -> new SpokenScript.Scene(Narrating.sentences(scene, order)))
                .toList());
    String category = "";
    for (String name : new String[] {TRANSLATION, TRANSLATION + "-again"}) {
      var translated = ask(name, spoken, to, order, steps);
      category = rings.unfit("check-" + name, text(translated), order, to, steps);
      if (category.isEmpty()) {
        return Optional.of(translated);
      }
    }
    throw Rejection.rejected("translation", category);
  }

  private SpokenScript ask(
      String name, SpokenScript spoken, String to, StoryOrder order, Steps steps) {
    try {
      return steps.call(
          name,
          SpokenScript.class,
          storyteller.estimate(Storyteller.Task.TRANSLATION),
          step -> {
            var answer =
                storyteller.translate(spoken, order.language(), to, AgeBand.ofAge(order.age()));
            step.charge(answer.charge());
            return answer.value();
          });
    } catch (ContentRefused refused) {
      throw Rejection.of("translation", refused);
    }
  }

  private static String text(SpokenScript script) {
    return script.scenes().stream()
        .flatMap(scene -> scene.sentences().stream())
        .collect(Collectors.joining("\n"));
  }
}
