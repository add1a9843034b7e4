package app.infinitestories.local.studio.story;

/** One scene: narration in the story's language; what to draw and what moves, always in English. */
public record WrittenScene(String narration, String picturePrompt, String motionPrompt) {}
