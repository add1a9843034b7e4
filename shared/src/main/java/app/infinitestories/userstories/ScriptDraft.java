package app.infinitestories.userstories;

import java.util.List;

/** The script as the parent is asked to approve it; kept as the result of a step of the job. */
public record ScriptDraft(String title, List<Scene> scenes) {
  /** The step that keeps it, in each revision of the script. */
  public static final String STEP = "approval";

  /** One scene as it would be spoken, counted from 0. */
  public record Scene(int index, String text) {}

  @Override
  public String toString() {
    return "ScriptDraft[" + scenes.size() + " scenes]";
  }
}
