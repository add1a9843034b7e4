package app.infinitestories.generation;

import java.util.List;

/** All that was made for one scene. */
record SceneMedia(ScriptScene scene, Kept picture, Narration narration, List<Kept> clips) {}
