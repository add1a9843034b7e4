package app.infinitestories.generation;

import app.infinitestories.ai.Script;
import app.infinitestories.jobs.Steps;
import app.infinitestories.safety.HeroName;
import app.infinitestories.userstories.ScriptDraft;
import app.infinitestories.userstories.StoryOrder;

/** Lays the script before the parent, with the names in it as they will be spoken. */
public final class Asking {
  private final ChildData childData;

  public Asking(ChildData childData) {
    this.childData = childData;
  }

  /** Keeps the draft where the API finds it while the job waits for the answer. */
  void show(StoryOrder order, Script script, Steps revised) {
    String name = childData.spokenName(order);
    revised.run(
        ScriptDraft.STEP,
        ScriptDraft.class,
        step ->
            new ScriptDraft(
                HeroName.reveal(script.title(), name),
                ScriptScene.numbered(script).stream()
                    .map(scene ->
                        new ScriptDraft.Scene(
                            scene.index(), HeroName.reveal(scene.scene().narration(), name)))
                    .toList()));
  }
}
