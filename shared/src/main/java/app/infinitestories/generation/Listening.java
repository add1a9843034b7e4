package app.infinitestories.generation;

import app.infinitestories.ai.Media;
import app.infinitestories.ai.Transcriber;
import app.infinitestories.film.Speech;
import app.infinitestories.film.VoiceIntake;
import app.infinitestories.jobs.Steps;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.userstories.StoryOrder;

/**
 * Writes down the family's spoken idea. The name is taken out of the words before they are kept;
 * the recording goes to a provider only with the switch for children's data on.
 */
public final class Listening {
  static final String VOICE_IDEA = "voice-idea";

  /** More than anybody says in a minute. */
  private static final int LONGEST_IDEA = 2_000;

  private final MediaStore media;
  private final Speech speech;
  private final Transcriber transcriber;
  private final ChildData childData;

  public Listening(MediaStore media, Speech speech, Transcriber transcriber, ChildData childData) {
    this.media = media;
    this.speech = speech;
    this.transcriber = transcriber;
    this.childData = childData;
  }

  /** The idea in words; empty when there is none, or when it must not be listened to. */
  String idea(StoryOrder order, Steps steps) {
    String recording = order.voiceIdea();
    if (recording == null || !childData.mayLeave()) {
      return "";
    }
    return steps.call(
        VOICE_IDEA,
        String.class,
        transcriber.estimate(VoiceIntake.LONGEST),
        step -> {
          byte[] mp3 = media.read(recording);
          var length = speech.decode(mp3).duration();
          var answer = transcriber.text(Media.of(mp3, "audio/mpeg"), order.language(), length);
          step.charge(answer.charge());
          String idea = childData.hideName(order, answer.value().text().strip());
          return idea.substring(0, Math.min(LONGEST_IDEA, idea.length()));
        });
  }
}
