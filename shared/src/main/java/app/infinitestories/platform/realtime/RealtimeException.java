package app.infinitestories.platform.realtime;

import org.jspecify.annotations.Nullable;

/** The Realtime Database refused or did not answer; its nodes can be written again at any time. */
public final class RealtimeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RealtimeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
