package app.infinitestories.generation;

import app.infinitestories.ai.ClipProgress;
import app.infinitestories.ai.ClipRequest;
import app.infinitestories.ai.Filmmaker;
import app.infinitestories.ai.Media;
import app.infinitestories.film.SpokenAudio;
import app.infinitestories.jobs.ContentRefused;
import app.infinitestories.jobs.CostCapReached;
import app.infinitestories.jobs.Job;
import app.infinitestories.jobs.Steps;
import app.infinitestories.jobs.Steps.PollResult;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.provider.Answer;
import app.infinitestories.userstories.StoryOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets a scene's picture move: as many shots as it takes for at least 60 % of the running time. A
 * scene whose shots do not fit under the cost cap is made from its picture with motion instead.
 */
public final class Filming {
  /** The step that closes a scene's shots. */
  static final String SCENE = "clips";

  private static final String SHOT = "clip";
  private static final EventLog LOG = EventLog.of(Filming.class);

  /** A little over 60 %, since title and end card stand still. */
  private static final double MOVING_SHARE = 0.68;

  private static final int SHORTEST_SHOT_SECONDS = 2;
  private static final int LONGEST_SHOT_SECONDS = 10;
  private static final String CALM = "A gentle, slow camera push in.";
  private static final List<String> CAMERA =
      List.of("", " The camera slowly pulls back.", " The camera pans slowly to the right.");

  private final MediaStore media;
  private final Filmmaker filmmaker;

  public Filming(MediaStore media, Filmmaker filmmaker) {
    this.media = media;
    this.filmmaker = filmmaker;
  }

  List<Kept> film(
      Job job,
      ScriptScene scene,
      Kept picture,
      Narration narration,
      StoryOrder order,
      Steps steps) {
    if (!order.video()) {
      return List.of();
    }
    try {
      var shots =
          steps.each(shots(narration.samples()), (shot, s) -> shoot(job, scene, picture, shot, s));
      return steps.run(SCENE, Shots.class, step -> new Shots(shots)).clips();
    } catch (CostCapReached cap) {
      LOG.warn("clip.left_out", "jobId", job.id(), "scene", scene.index());
      return steps.run(SCENE, Shots.class, step -> new Shots(List.of())).clips();
    }
  }

  /** One shot of a scene: which one, and how long in seconds. */
  private record Shot(int index, int seconds) {}

  private record Shots(List<Kept> clips) {}

  private static List<Shot> shots(long samples) {
    double needed = MOVING_SHARE * samples / SpokenAudio.SAMPLE_RATE_HZ;
    int count = Math.max(1, (int) Math.ceil(needed / LONGEST_SHOT_SECONDS));
    int seconds = Math.max(SHORTEST_SHOT_SECONDS, (int) Math.ceil(needed / count));
    var shots = new ArrayList<Shot>();
    for (int i = 0; i < count; i++) {
      shots.add(new Shot(i, seconds));
    }
    return shots;
  }

  private Kept shoot(Job job, ScriptScene scene, Kept picture, Shot shot, Steps steps) {
    String written = scene.scene().motionPrompt();
    String motion = (written.isBlank() ? CALM : written) + CAMERA.get(shot.index() % CAMERA.size());
    try {
      return shoot(SHOT, motion, job, picture, shot, steps);
    } catch (ContentRefused refused) {
      if (refused.terminal()) {
        throw Rejection.of("film of a scene", refused);
      }
      return shoot(SHOT + "-calm", CALM, job, picture, shot, steps);
    }
  }

  private Kept shoot(String name, String motion, Job job, Kept picture, Shot shot, Steps steps) {
    long seed = Seeds.of(job, picture.path() + shot.index());
    return steps.await(
        name,
        Kept.class,
        filmmaker.estimate(shot.seconds()),
        step ->
            filmmaker.submit(
                new ClipRequest(
                    Media.png(media.read(picture.path())), motion, shot.seconds(), seed)),
        (step, taskId) ->
            switch (filmmaker.poll(taskId)) {
              case ClipProgress.Running running -> new PollResult.Pending<>(running.progress());
              case ClipProgress.Ready ready ->
                  new PollResult.Ready<>(
                      new Answer<>(
                          new Kept(step.upload(ready.film().value().bytes(), "mp4", "video/mp4")),
                          ready.film().charge()));
              case ClipProgress.Lost lost -> new PollResult.Lost<>(lost.failureCode());
              case ClipProgress.Cancelled cancelled -> new PollResult.Lost<>("cancelled");
            });
  }
}
