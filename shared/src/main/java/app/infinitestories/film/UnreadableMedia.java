package app.infinitestories.film;

/**
 * Bytes that should be a picture, a clip or speech and are not. The message names what was wrong,
 * never what the media shows or says.
 */
public final class UnreadableMedia extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreadableMedia(String message) {
    super(message);
  }

  public UnreadableMedia(String message, Throwable cause) {
    super(message, cause);
  }
}
