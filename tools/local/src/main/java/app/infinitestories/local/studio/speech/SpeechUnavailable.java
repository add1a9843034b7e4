package app.infinitestories.local.studio.speech;

/** The language cannot be spoken on this machine; the advice says what to do. */
public final class SpeechUnavailable extends RuntimeException {
  private final String advice;

  SpeechUnavailable(String advice) {
    super(advice);
    this.advice = advice;
  }

  SpeechUnavailable(String advice, Throwable cause) {
    super(advice, cause);
    this.advice = advice;
  }

  public String advice() {
    return advice;
  }
}
