package app.infinitestories.film;

import java.time.Duration;

/** A sentence and when it is heard, measured from the start of the film (or scene). */
public record TimedSentence(String text, Duration start, Duration end) {
  public TimedSentence {
    if (start.isNegative() || end.compareTo(start) <= 0) {
      throw new IllegalArgumentException("a sentence must end after it starts");
    }
  }

  /** The same sentence, {@code offset} later. */
  public TimedSentence later(Duration offset) {
    return new TimedSentence(text, start.plus(offset), end.plus(offset));
  }
}
