package app.infinitestories.generation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The finished film and what belongs to it, still among the job's scratch media.
 *
 * @param secondCaptionsPath in the second language, if one was asked for
 */
record FilmCut(
    String title,
    String filmPath,
    String posterPath,
    String captionsPath,
    @Nullable String secondCaptionsPath,
    double durationSeconds,
    List<SceneTime> scenes) {

  /** When a scene is on, in seconds of the film. */
  record SceneTime(double startSeconds, double durationSeconds) {}
}
