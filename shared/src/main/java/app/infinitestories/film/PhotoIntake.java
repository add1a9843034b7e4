package app.infinitestories.film;

/**
 * Turns an uploaded photo of unknown origin into a clean picture, or says why it cannot be used.
 */
public final class PhotoIntake {
  public PhotoCheck check(byte[] upload) {
    return Pending.value();
  }
}
