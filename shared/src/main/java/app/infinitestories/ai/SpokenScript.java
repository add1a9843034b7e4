package app.infinitestories.ai;

import java.util.List;

/** A script as it is spoken: scene by scene, sentence by sentence, the hero as {@code {{HERO}}}. */
public record SpokenScript(List<Scene> scenes) {
  public SpokenScript {
    scenes = List.copyOf(scenes);
  }

  /** The sentences of one scene in their order. */
  public record Scene(List<String> sentences) {
    public Scene {
      sentences = List.copyOf(sentences);
    }
  }

  /** Whether it has as many sentences in each scene as another one, and says something in each. */
  public boolean runsBeside(SpokenScript other) {
    if (scenes.size() != other.scenes().size()) {
      return false;
    }
    for (int i = 0; i < scenes.size(); i++) {
      List<String> own = scenes.get(i).sentences();
      if (own.size() != other.scenes().get(i).sentences().size()
          || own.stream().anyMatch(String::isBlank)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "SpokenScript[" + scenes.size() + " scenes]";
  }
}
