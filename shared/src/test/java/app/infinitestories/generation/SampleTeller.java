package app.infinitestories.generation;

import app.infinitestories.ai.Media;
import app.infinitestories.ai.PictureCheck;
import app.infinitestories.ai.Script;
import app.infinitestories.ai.ScriptBrief;
import app.infinitestories.ai.SpokenScript;
import app.infinitestories.ai.Storyteller;
import app.infinitestories.ai.TextVerdict;
import app.infinitestories.ai.VisualProfile;
import app.infinitestories.provider.Answer;
import app.infinitestories.provider.PaidCall;
import app.infinitestories.provider.ProviderException;
import app.infinitestories.safety.AgeBand;
import java.math.BigDecimal;
import java.util.List;

/** A story model that minds nothing, and can do only what a test teaches it. */
class SampleTeller implements Storyteller {
  @Override
  public Answer<Script> script(ScriptBrief brief) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Answer<Script> repair(ScriptBrief brief, Script script, List<String> problems) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Answer<Script> revise(ScriptBrief brief, Script script, String changes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Answer<SpokenScript> translate(
      SpokenScript script, String from, String to, AgeBand ageBand) throws ProviderException {
    throw new UnsupportedOperationException();
  }

  @Override
  public Answer<VisualProfile> profile(Media sheet) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Answer<PictureCheck> check(Media sheet, Media picture) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Answer<String> tamer(String picturePrompt, boolean people) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Answer<TextVerdict> judge(AgeBand ageBand, String language, String text) {
    return new Answer<>(new TextVerdict(true, "none"), FreeSteps.FREE);
  }

  @Override
  public PaidCall estimate(Task task) {
    return new PaidCall("sample", "m", BigDecimal.ZERO);
  }
}
