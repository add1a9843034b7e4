package app.infinitestories.generation;

import app.infinitestories.ai.Narrator;
import app.infinitestories.film.Sentences;
import app.infinitestories.film.Speech;
import app.infinitestories.film.SpokenAudio;
import app.infinitestories.film.UnreadableMedia;
import app.infinitestories.jobs.Steps;
import app.infinitestories.provider.Answer;
import app.infinitestories.provider.ProviderException;
import app.infinitestories.safety.HeroName;
import app.infinitestories.userstories.StoryOrder;
import java.util.List;
import java.util.Locale;

/**
 * Has each scene read aloud, sentence by sentence: the length of a sentence's sound is then exact
 * to the sample, so a caption can never stand over another sentence's audio.
 */
public final class Narrating {
  /** The step that closes a scene's narration. */
  static final String SCENE = "narration";

  private static final String SENTENCE = "sentence";

  private final Narrator narrator;
  private final Speech speech;
  private final ChildData childData;

  public Narrating(Narrator narrator, Speech speech, ChildData childData) {
    this.narrator = narrator;
    this.speech = speech;
    this.childData = childData;
  }

  Narration read(ScriptScene scene, StoryOrder order, Steps steps) {
    String name = childData.spokenName(order);
    var read =
        steps.each(
            sentences(scene, order),
            (sentence, s) -> sentence(HeroName.reveal(sentence, name), order, s));
    return steps.run(SCENE, Narration.class, step -> new Narration(read));
  }

  /** What is spoken in a scene, with the hero's placeholder, so that any name has the same ones. */
  static List<String> sentences(ScriptScene scene, StoryOrder order) {
    return Sentences.split(scene.scene().narration(), Locale.of(order.language())).stream()
        .map(String::strip)
        .toList();
  }

  private Narration.SpokenSentence sentence(String text, StoryOrder order, Steps steps) {
    return steps.call(
        SENTENCE,
        Narration.SpokenSentence.class,
        narrator.estimate(text.length()),
        step -> {
          var answer = narrator.read(text, order.language(), order.voice());
          step.charge(answer.charge());
          var audio = decode(answer);
          return new Narration.SpokenSentence(
              text, step.upload(audio.wav(), "wav", "audio/wav"), audio.length());
        });
  }

  private SpokenAudio decode(Answer<app.infinitestories.ai.Speech> answer)
      throws ProviderException.BadAnswer {
    try {
      return speech.decode(answer.value().sound().bytes());
    } catch (UnreadableMedia e) {
      throw new ProviderException.BadAnswer(
          answer.charge().provider(), answer.charge().model(), "the speech cannot be heard", e);
    }
  }
}
