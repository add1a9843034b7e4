package app.infinitestories.generation;

import app.infinitestories.ai.Illustrator;
import app.infinitestories.ai.Media;
import app.infinitestories.ai.Storyteller;
import app.infinitestories.ai.VisualProfile;
import app.infinitestories.film.PhotoCheck;
import app.infinitestories.film.PhotoIntake;
import app.infinitestories.jobs.ContentRefused;
import app.infinitestories.jobs.Job;
import app.infinitestories.jobs.JobFailed;
import app.infinitestories.jobs.Steps;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.userstories.StoryOrder;

/**
 * Turns the photo into a drawn hero: one character sheet, which every later picture takes after.
 * The photo is used for nothing else, is never copied, and goes to a provider only with the switch
 * for children's data on; with it off the sheet is drawn from the parent's words.
 */
public final class Casting {
  static final String PHOTO = "photo";
  static final String PHOTO_MODERATION = "photo-moderation";
  static final String SHEET = "hero-sheet";
  static final String SHEET_MODERATION = SHEET + "-moderation";
  static final String PROFILE = "hero-profile";

  private final MediaStore media;
  private final PhotoIntake intake;
  private final Illustrator illustrator;
  private final PictureModeration moderation;
  private final Storyteller storyteller;
  private final ChildData childData;

  public Casting(
      MediaStore media,
      PhotoIntake intake,
      Illustrator illustrator,
      PictureModeration moderation,
      Storyteller storyteller,
      ChildData childData) {
    this.media = media;
    this.intake = intake;
    this.illustrator = illustrator;
    this.moderation = moderation;
    this.storyteller = storyteller;
    this.childData = childData;
  }

  Hero cast(Job job, StoryOrder order, Steps steps) {
    checkPhoto(order, steps);
    var sheet = drawSheet(job, order, steps);
    var look =
        steps.call(
            PROFILE,
            VisualProfile.class,
            storyteller.estimate(Storyteller.Task.PROFILE),
            step -> {
              var answer = storyteller.profile(Media.png(media.read(sheet.path())));
              step.charge(answer.charge());
              return answer.value();
            });
    return new Hero(sheet, look);
  }

  private void checkPhoto(StoryOrder order, Steps steps) {
    String problem =
        steps.run(
            PHOTO,
            String.class,
            step ->
                switch (intake.check(media.read(order.photo()))) {
                  case PhotoCheck.Usable usable -> "";
                  case PhotoCheck.Unusable unusable -> unusable.reason().name();
                });
    if (!problem.isEmpty()) {
      throw new JobFailed("PHOTO_UNUSABLE", "The photo cannot be used. Please try another one.");
    }
    if (!childData.mayLeave()) {
      return;
    }
    var verdict = moderation.of(PHOTO_MODERATION, () -> photo(order), steps);
    if (verdict.flagged()) {
      throw Rejection.of("photo", verdict);
    }
  }

  /** First by the parent's words, then neutrally; a sheet without a person would be none. */
  private Kept drawSheet(Job job, StoryOrder order, Steps steps) {
    String[] descriptions = {childData.hideName(order, order.appearance()), ""};
    ContentRefused last = null;
    for (int rung = 0; rung < descriptions.length; rung++) {
      String name = rung == 0 ? SHEET : SHEET + "-neutral";
      try {
        var sheet = drawSheet(name, job, order, descriptions[rung], steps);
        var verdict = moderation.of(name + "-moderation", sheet, steps);
        if (!verdict.flagged()) {
          return sheet;
        }
      } catch (ContentRefused refused) {
        last = refused;
        if (refused.terminal()) {
          break;
        }
      }
    }
    throw Rejection.of("hero", last);
  }

  private Kept drawSheet(String name, Job job, StoryOrder order, String description, Steps steps) {
    return steps.call(
        name,
        Kept.class,
        illustrator.estimate(childData.mayLeave() ? 1 : 0),
        step -> {
          var answer =
              illustrator.heroSheet(
                  childData.mayLeave() ? photo(order) : null, description, Seeds.of(job, name));
          step.charge(answer.charge());
          return new Kept(step.upload(answer.value().bytes(), "png", "image/png"));
        });
  }

  /** The cleaned photo, in memory only: no copy of it is ever stored. */
  private Media photo(StoryOrder order) {
    if (intake.check(media.read(order.photo())) instanceof PhotoCheck.Usable usable) {
      return Media.png(usable.png());
    }
    throw new IllegalStateException("the photo was usable a moment ago");
  }
}
