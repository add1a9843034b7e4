package app.infinitestories.functions.web;

/**
 * Proves who sent a webhook, and hands over what they said: what a handler gets of a letter has
 * passed this.
 *
 * @param <P> what the handler is told
 */
@FunctionalInterface
public interface SenderCheck<P> {

  /**
   * What the letter says, once it is proven whose it is.
   *
   * @throws app.infinitestories.platform.failure.Failure.Unauthenticated if it is not proven
   * @throws app.infinitestories.platform.failure.Failure.TooLarge over 512 KiB
   * @throws app.infinitestories.platform.failure.Failure.Unavailable if nobody can tell now
   */
  P check(Letter letter);
}
