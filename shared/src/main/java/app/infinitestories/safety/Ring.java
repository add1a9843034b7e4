package app.infinitestories.safety;

import app.infinitestories.provider.Answer;
import app.infinitestories.provider.ProviderException;

/** One check of a text or picture by somebody who understands it. */
@FunctionalInterface
public interface Ring<T> {
  /**
   * The verdict and its cost.
   *
   * @throws ProviderException when the ring cannot answer, which never means that all is well
   */
  Answer<Verdict> check(T subject) throws ProviderException;
}
