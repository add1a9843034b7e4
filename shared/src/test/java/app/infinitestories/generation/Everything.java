package app.infinitestories.generation;

import app.infinitestories.ai.Media;
import app.infinitestories.ai.Moderator;
import app.infinitestories.provider.Answer;
import app.infinitestories.provider.PaidCall;
import app.infinitestories.safety.Verdict;
import java.math.BigDecimal;
import java.util.List;

/** A moderation that lets every text pass. */
final class Everything implements Moderator {
  @Override
  public Answer<Verdict> text(String text) {
    return new Answer<>(new Verdict(false, List.of()), FreeSteps.FREE);
  }

  @Override
  public Answer<Verdict> picture(Media picture) {
    throw new UnsupportedOperationException();
  }

  @Override
  public PaidCall estimate() {
    return new PaidCall("sample", "m", BigDecimal.ZERO);
  }
}
