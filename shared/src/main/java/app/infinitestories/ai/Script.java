package app.infinitestories.ai;

import java.util.List;

/** A whole story, the hero named {@code {{HERO}}} throughout. */
public record Script(String title, List<Scene> scenes) {
  public Script {
    scenes = List.copyOf(scenes);
  }

  /**
   * One scene.
   *
   * @param narration what is spoken, in the story's language
   * @param picturePrompt what is seen, in English, the hero called "the hero child"
   * @param motionPrompt what moves, in English
   */
  public record Scene(String narration, String picturePrompt, String motionPrompt) {}
}
