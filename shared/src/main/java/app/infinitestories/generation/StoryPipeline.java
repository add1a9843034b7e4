package app.infinitestories.generation;

import app.infinitestories.ai.Script;
import app.infinitestories.jobs.Job;
import app.infinitestories.jobs.Pipeline;
import app.infinitestories.jobs.StepOutcome;
import app.infinitestories.jobs.Steps;
import app.infinitestories.userstories.ParentsAnswer;
import app.infinitestories.userstories.ScriptDraft;
import app.infinitestories.userstories.StoryOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * From a photo and a few words to a narrated film in which the child is the hero. Reads as if it
 * ran in one go; the step engine records every step, so that a killed worker is followed by another
 * one that goes on where the first stopped.
 */
public final class StoryPipeline implements Pipeline {
  /** The job kind of a film made from a photo. */
  public static final String KIND = "video";

  private final Listening listening;
  private final Casting casting;
  private final ScriptWriting writing;
  private final ScenePainting painting;
  private final Asking asking;
  private final Translating translating;
  private final Narrating narrating;
  private final Filming filming;
  private final Editing editing;
  private final Publishing publishing;

  public StoryPipeline(
      Listening listening,
      Casting casting,
      ScriptWriting writing,
      ScenePainting painting,
      Asking asking,
      Translating translating,
      Narrating narrating,
      Filming filming,
      Editing editing,
      Publishing publishing) {
    this.listening = listening;
    this.casting = casting;
    this.writing = writing;
    this.painting = painting;
    this.asking = asking;
    this.translating = translating;
    this.narrating = narrating;
    this.filming = filming;
    this.editing = editing;
    this.publishing = publishing;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public StepOutcome run(Job job, Steps steps) {
    var order = StoryOrder.of(job.input());
    writing.checkOrder(order, steps);
    String idea = listening.idea(order, steps);
    writing.checkIdea(order, idea, steps);
    var hero = casting.cast(job, order, steps);
    var answer = ParentsAnswer.of(job.input());
    var revised = steps.revised();
    var script = script(order, idea, hero, answer, steps, revised);
    if (order.requireApproval()) {
      revised.each(ScriptScene.numbered(script), (scene, s) -> painting.paint(scene, hero, s));
      asking.show(order, script, revised);
      if (!answer.approved()) {
        return new StepOutcome.Ask();
      }
    }
    // Nobody waits for the translation: it runs beside the scenes.
    var made =
        revised.both(
            () -> translating.translate(order, script, revised),
            () -> scenes(job, order, hero, script, revised));
    var scenes = made.second();
    var film = editing.cut(order, script, scenes, made.first(), revised);
    return publishing.publish(job, order, script, scenes, film, revised);
  }

  private List<SceneMedia> scenes(
      Job job, StoryOrder order, Hero hero, Script script, Steps revised) {
    return revised.each(
        ScriptScene.numbered(script),
        (scene, s) -> {
          var seenAndHeard =
              s.both(() -> painting.paint(scene, hero, s), () -> narrating.read(scene, order, s));
          var picture = seenAndHeard.first();
          var narration = seenAndHeard.second();
          var clips = filming.film(job, scene, picture, narration, order, s);
          return new SceneMedia(scene, picture, narration, clips);
        });
  }

  /** The script of the first revision, or what the parent's wishes made of it. */
  private Script script(
      StoryOrder order, String idea, Hero hero, ParentsAnswer answer, Steps steps, Steps revised) {
    var script = writing.write(order, idea, hero, steps);
    String changes = answer.changes();
    return changes == null ? script : writing.rewrite(order, idea, hero, script, changes, revised);
  }

  @Override
  public List<PlannedStep> plan(Job job) {
    var order = StoryOrder.of(job.input());
    int scenes = order.length().scenes();
    var plan = new ArrayList<PlannedStep>();
    plan.add(new PlannedStep(ScriptWriting.CHECK_ORDER, 1, 2));
    if (order.voiceIdea() != null) {
      plan.add(new PlannedStep(Listening.VOICE_IDEA, 1, 5));
    }
    plan.add(new PlannedStep(Casting.PHOTO, 1, 2));
    plan.add(new PlannedStep(Casting.SHEET, 1, 30));
    plan.add(new PlannedStep(Casting.PROFILE, 1, 5));
    plan.add(new PlannedStep(ScriptWriting.SCRIPT, 1, 15));
    plan.add(new PlannedStep(ScriptWriting.CHECK_SCRIPT, 1, 3));
    plan.add(new PlannedStep(ScenePainting.ACCEPTED, scenes, 30));
    if (order.requireApproval()) {
      plan.add(new PlannedStep(ScriptDraft.STEP, 1, 1));
    }
    if (order.secondLanguage() != null) {
      plan.add(new PlannedStep(Translating.TRANSLATION, 1, 10));
    }
    plan.add(new PlannedStep(Narrating.SCENE, scenes, 8));
    if (order.video()) {
      plan.add(new PlannedStep(Filming.SCENE, scenes, 60));
    }
    for (int scene = 0; scene < scenes; scene++) {
      plan.add(new PlannedStep(Editing.scene(scene), 1, 8));
    }
    plan.add(new PlannedStep(Editing.ASSEMBLE, 1, 5));
    plan.add(new PlannedStep(Publishing.PUBLISH, 1, 2));
    return plan;
  }
}
