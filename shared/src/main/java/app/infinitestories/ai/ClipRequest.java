package app.infinitestories.ai;

/**
 * A picture that is to move.
 *
 * @param motionPrompt what moves, in English
 * @param seconds 2 to 10; rounded up to a length that the model makes
 * @param seed 0 to 4,294,967,295
 */
public record ClipRequest(Media picture, String motionPrompt, int seconds, long seed) {
  public ClipRequest {
    if (seconds < 2 || seconds > 10) {
      throw new IllegalArgumentException("a clip lasts 2 to 10 seconds, not " + seconds);
    }
    if (seed < 0 || seed > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("a seed is an unsigned number of 32 bits");
    }
  }
}
