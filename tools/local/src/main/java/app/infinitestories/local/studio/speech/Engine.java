package app.infinitestories.local.studio.speech;

/** Speaks one sentence. */
interface Engine {
  /**
   * Speaks a sentence at 24 kHz.
   *
   * @param pace a factor on the story-telling pace of about 150 words a minute
   */
  short[] speak(String sentence, Language language, Voice voice, double pace);
}
