package app.infinitestories.ai;

import app.infinitestories.provider.Answer;
import app.infinitestories.provider.PaidCall;
import app.infinitestories.provider.ProviderException;
import java.time.Duration;

/** Writes down what is said in a recording. */
public interface Transcriber {
  /**
   * The text of a recording.
   *
   * @param length of the recording, which is what is paid for
   */
  Answer<Transcript> text(Media sound, String language, Duration length) throws ProviderException;

  /** The same with the time of every word, by the model that can. */
  Answer<Transcript> words(Media sound, String language, Duration length) throws ProviderException;

  /** What a recording of that length costs at most. */
  PaidCall estimate(Duration length);
}
