package app.infinitestories.ai;

import app.infinitestories.provider.Answer;
import app.infinitestories.provider.PaidCall;
import app.infinitestories.provider.ProviderException;

/** Reads a text aloud, as WAV. */
public interface Narrator {
  /** The most characters of one call; a longer text is cut at sentence bounds by the caller. */
  int MAX_CHARACTERS = 4_096;

  /**
   * Reads the text.
   *
   * @param language en, es, fr, de or it
   * @param voice one of the product's voices, for example nova
   * @throws IllegalArgumentException for a text that is blank or longer than {@link
   *     #MAX_CHARACTERS}
   */
  Answer<Speech> read(String text, String language, String voice) throws ProviderException;

  /** What reading so many characters costs at most. */
  PaidCall estimate(int characters);
}
