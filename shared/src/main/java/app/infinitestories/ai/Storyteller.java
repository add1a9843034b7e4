package app.infinitestories.ai;

import app.infinitestories.provider.Answer;
import app.infinitestories.provider.PaidCall;
import app.infinitestories.provider.ProviderException;
import app.infinitestories.safety.AgeBand;
import java.util.List;

/** Writes stories and looks at pictures: one model that answers in fixed shapes. */
public interface Storyteller {
  /** What can be asked for, to estimate its price. */
  enum Task {
    SCRIPT,
    REPAIR,
    REVISE,
    TRANSLATION,
    PROFILE,
    CHECK,
    TAMER,
    JUDGE
  }

  /** A new story. {@link ScriptRules} tells whether it keeps its rules. */
  Answer<Script> script(ScriptBrief brief) throws ProviderException;

  /** The same story with the named faults mended. */
  Answer<Script> repair(ScriptBrief brief, Script script, List<String> problems)
      throws ProviderException;

  /**
   * The same story as the family would rather have it.
   *
   * @param changes their wishes, the child's name already replaced by {@code {{HERO}}}
   */
  Answer<Script> revise(ScriptBrief brief, Script script, String changes) throws ProviderException;

  /**
   * The same sentences in another language, as many in each scene.
   *
   * @param from en, es, fr, de or it, as is {@code to}
   */
  Answer<SpokenScript> translate(SpokenScript script, String from, String to, AgeBand ageBand)
      throws ProviderException;

  /** The hero's look, read off the character sheet. */
  Answer<VisualProfile> profile(Media sheet) throws ProviderException;

  /** Whether a picture shows the sheet's hero and is fit for a child. */
  Answer<PictureCheck> check(Media sheet, Media picture) throws ProviderException;

  /**
   * A picture prompt of the same scene that no safety rule minds.
   *
   * @param people false: the scene without any person
   */
  Answer<String> tamer(String picturePrompt, boolean people) throws ProviderException;

  /** Whether a text is fit for an age band. */
  Answer<TextVerdict> judge(AgeBand ageBand, String language, String text) throws ProviderException;

  /** What one such call costs at most. */
  PaidCall estimate(Task task);
}
