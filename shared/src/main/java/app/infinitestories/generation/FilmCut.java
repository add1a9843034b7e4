package app.infinitestories.generation;

import java.util.List;

/** The finished film and what belongs to it, still among the job's scratch media. */
record FilmCut(
    String title,
    String filmPath,
    String posterPath,
    String captionsPath,
    double durationSeconds,
    List<SceneTime> scenes) {

  /** When a scene is on, in seconds of the film. */
  record SceneTime(double startSeconds, double durationSeconds) {}
}
