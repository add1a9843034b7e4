package app.infinitestories.generation;

import app.infinitestories.ai.Script;
import java.util.ArrayList;
import java.util.List;

/** A scene of the script with its place in the film, from 0. */
record ScriptScene(int index, Script.Scene scene) {
  static List<ScriptScene> numbered(Script script) {
    var scenes = new ArrayList<ScriptScene>();
    for (Script.Scene scene : script.scenes()) {
      scenes.add(new ScriptScene(scenes.size(), scene));
    }
    return scenes;
  }
}
