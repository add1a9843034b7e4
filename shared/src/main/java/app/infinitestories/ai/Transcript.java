package app.infinitestories.ai;

import java.time.Duration;
import java.util.List;

/**
 * What was said.
 *
 * @param words with their times if asked for, else empty
 */
public record Transcript(String text, List<Word> words) {
  public Transcript {
    words = List.copyOf(words);
  }

  /** One spoken word, from and to counted from the beginning of the sound. */
  public record Word(String text, Duration from, Duration to) {}
}
