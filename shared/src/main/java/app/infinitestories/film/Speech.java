package app.infinitestories.film;

/** Reads the speech a narrator returns, whatever its format, and writes MP3. */
public final class Speech {
  /**
   * Decodes and resamples to 48 kHz mono.
   *
   * @throws UnreadableMedia if it is no audio, is silent, or is longer than ten minutes
   */
  public SpokenAudio decode(byte[] audio) {
    return Pending.value();
  }

  /** MP3 for listening, 128 kbit/s mono. */
  public byte[] mp3(SpokenAudio audio) {
    return Pending.value();
  }
}
