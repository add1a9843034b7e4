package app.infinitestories.generation;

import app.infinitestories.ai.Script;
import app.infinitestories.jobs.Job;
import app.infinitestories.jobs.StepContext;
import app.infinitestories.jobs.StepOutcome;
import app.infinitestories.jobs.Steps;
import app.infinitestories.platform.Hashes;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.safety.AgeBand;
import app.infinitestories.safety.HeroName;
import app.infinitestories.userstories.StoryOrder;
import app.infinitestories.userstories.VideoStory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves the film from the job's scratch to the user's media, and names the story document that the
 * ending batch creates together with the settled hold. Its creation is what tells the phone.
 */
public final class Publishing {
  static final String PUBLISH = "publish";

  private final MediaStore media;
  private final ChildData childData;
  private final Clock clock;

  public Publishing(MediaStore media, ChildData childData, Clock clock) {
    this.media = media;
    this.childData = childData;
    this.clock = clock;
  }

  StepOutcome publish(
      Job job,
      StoryOrder order,
      Script script,
      List<SceneMedia> scenes,
      FilmCut film,
      Steps steps) {
    return steps.finish(
        PUBLISH,
        step -> {
          var story = story(job, order, script, scenes, film, step);
          return new StepOutcome.Done(
              List.of(
                  new StepOutcome.NewDocument(
                      "users/" + job.uid() + "/stories/" + job.id(), story.toFields())));
        });
  }

  private VideoStory story(
      Job job,
      StoryOrder order,
      Script script,
      List<SceneMedia> scenes,
      FilmCut film,
      StepContext step) {
    String name = childData.spokenName(order);
    var shown = new ArrayList<VideoStory.Scene>();
    for (SceneMedia scene : scenes) {
      var time = film.scenes().get(scene.scene().index());
      shown.add(
          new VideoStory.Scene(
              scene.scene().index(),
              HeroName.reveal(script.scenes().get(scene.scene().index()).narration(), name),
              keep(job, "illustrations", scene.picture().path(), "image/png", step),
              time.startSeconds(),
              time.durationSeconds()));
    }
    return new VideoStory(
        job.id(),
        film.title(),
        order.language(),
        order.genre(),
        AgeBand.ofAge(order.age()).text(),
        keep(job, "videos", film.filmPath(), "video/mp4", step),
        keep(job, "videos", film.posterPath(), "image/jpeg", step),
        captions(job, order, film, step),
        film.durationSeconds(),
        shown,
        job.createdAt(),
        clock.instant());
  }

  private List<VideoStory.CaptionTrack> captions(
      Job job, StoryOrder order, FilmCut film, StepContext step) {
    var tracks = new ArrayList<VideoStory.CaptionTrack>();
    tracks.add(
        new VideoStory.CaptionTrack(
            order.language(), keep(job, "captions", film.captionsPath(), "text/vtt", step)));
    String second = film.secondCaptionsPath();
    String language = order.secondLanguage();
    if (second != null && language != null) {
      tracks.add(
          new VideoStory.CaptionTrack(language, keep(job, "captions", second, "text/vtt", step)));
    }
    return tracks;
  }

  /** Names the object by what is in it, never by the story's or the child's name. */
  private String keep(Job job, String folder, String scratch, String type, StepContext step) {
    byte[] bytes = media.read(scratch);
    String extension = scratch.substring(scratch.lastIndexOf('.'));
    String path =
        "users/"
            + job.uid()
            + "/"
            + folder
            + "/"
            + Hashes.sha256(bytes).substring(0, 40)
            + extension;
    step.uploadTo(path, bytes, type);
    return path;
  }
}
