package app.infinitestories.ai;

import app.infinitestories.provider.Answer;
import app.infinitestories.provider.Charge;
import app.infinitestories.safety.CheckedText;
import app.infinitestories.safety.SafetyRings;
import app.infinitestories.safety.TermPolicy;
import app.infinitestories.safety.Verdict;
import java.math.BigDecimal;
import java.util.List;

/** The three rings around every text: own terms, the provider's moderation, the story model. */
public final class TextRings {
  private TextRings() {}

  public static SafetyRings<CheckedText> of(
      TermPolicy policy, Moderator moderator, Storyteller storyteller) {
    return SafetyRings.<CheckedText>none()
        .then("terms", text -> new Answer<>(policy.check(text.text()), OWN_CHECK))
        .then("moderation", text -> moderator.text(text.text()))
        .then(
            "policy",
            text -> {
              Answer<TextVerdict> answer =
                  storyteller.judge(text.ageBand(), text.language(), text.text());
              TextVerdict judged = answer.value();
              return new Answer<>(
                  new Verdict(
                      !judged.allowed(), judged.allowed() ? List.of() : List.of(judged.category())),
                  answer.charge());
            });
  }

  private static final Charge OWN_CHECK =
      new Charge("own", "terms", "moderation", "requests", BigDecimal.ONE, BigDecimal.ZERO);
}
