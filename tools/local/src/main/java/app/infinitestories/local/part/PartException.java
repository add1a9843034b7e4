package app.infinitestories.local.part;

import org.jspecify.annotations.Nullable;

/** A part of the local stack did not do what it was told; the message names the part. */
public class PartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public PartException(String message) {
    super(message);
  }

  public PartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
