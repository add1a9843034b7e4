package app.infinitestories.ai;

import app.infinitestories.provider.Answer;
import app.infinitestories.provider.PaidCall;
import app.infinitestories.provider.ProviderException;
import app.infinitestories.safety.Verdict;

/** The provider's own moderation of texts and pictures. */
public interface Moderator {
  Answer<Verdict> text(String text) throws ProviderException;

  Answer<Verdict> picture(Media picture) throws ProviderException;

  /** What one check costs at most: usually nothing. */
  PaidCall estimate();
}
