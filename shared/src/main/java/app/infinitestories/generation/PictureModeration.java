package app.infinitestories.generation;

import app.infinitestories.ai.Media;
import app.infinitestories.ai.Moderator;
import app.infinitestories.jobs.Steps;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.safety.Verdict;
import java.util.function.Supplier;

/** The provider's moderation of pictures as a step; a moderation that is silent makes it wait. */
public final class PictureModeration {
  private final MediaStore media;
  private final Moderator moderator;

  public PictureModeration(MediaStore media, Moderator moderator) {
    this.media = media;
    this.moderator = moderator;
  }

  /** What it says of a picture that a step has kept. */
  Verdict of(String step, Kept picture, Steps steps) {
    return of(step, () -> Media.png(media.read(picture.path())), steps);
  }

  /** What it says of a picture that is only read when it is asked. */
  Verdict of(String name, Supplier<Media> picture, Steps steps) {
    return steps.call(
        name,
        Verdict.class,
        moderator.estimate(),
        step -> {
          var answer = moderator.picture(picture.get());
          step.charge(answer.charge());
          return answer.value();
        });
  }
}
