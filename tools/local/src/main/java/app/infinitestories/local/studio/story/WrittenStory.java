package app.infinitestories.local.studio.story;

import java.util.List;

/** A finished story: its title and its scenes in the order of telling. */
public record WrittenStory(String title, List<WrittenScene> scenes) {
  public WrittenStory {
    scenes = List.copyOf(scenes);
  }
}
