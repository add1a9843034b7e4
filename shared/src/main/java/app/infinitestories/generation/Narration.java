package app.infinitestories.generation;

import java.util.List;

/** A scene as it is spoken, sentence by sentence; lengths in samples at 48 kHz. */
record Narration(List<SpokenSentence> sentences) {
  /** One sentence: what is said, and the sound of exactly that. */
  record SpokenSentence(String text, String path, int samples) {}

  long samples() {
    return sentences.stream().mapToLong(SpokenSentence::samples).sum();
  }
}
