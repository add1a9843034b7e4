package app.infinitestories.local.studio.picture;

import java.util.Set;

/**
 * How the camera travels: shares of the frame's width, height and size reached in the long run.
 *
 * @param x sideways travel of the hero's plane, positive moves the picture to the left
 * @param y vertical travel, positive moves the picture up
 * @param zoom growth of the hero's plane
 */
record CameraMove(double x, double y, double zoom) {
  static CameraMove read(String motionPrompt) {
    Set<String> words = ScenePlan.words(motionPrompt);
    if (ScenePlan.mentions(
        words, "pull-back pull-out zoom-out pulls-back widen retreats backwards")) {
      return new CameraMove(0.008, 0, -0.05);
    }
    if (ScenePlan.mentions(
        words, "push-in zoom-in zoom closer close-in dolly pushes-in push slow-push approaches")) {
      return new CameraMove(0.006, 0.004, 0.11);
    }
    if (ScenePlan.mentions(words, "pan-left left leftwards leftward")) {
      return new CameraMove(-0.055, 0, 0.035);
    }
    if (ScenePlan.mentions(words, "pan-right right rightwards rightward pan pans panning")) {
      return new CameraMove(0.055, 0, 0.035);
    }
    if (ScenePlan.mentions(
        words, "float floats floating drift drifts fly flies flying rise rises swim swims")) {
      return new CameraMove(0.024, -0.04, 0.045);
    }
    if (ScenePlan.mentions(words, "walk walks walking run runs running follow follows tracking")) {
      return new CameraMove(0.06, 0, 0.03);
    }
    return new CameraMove(0.022, 0, 0.065);
  }

  /** How far along the move is: starts gently, then steady, slowing down over half a minute. */
  static double progress(double seconds) {
    double eased = seconds - 0.3 * (1 - Math.exp(-seconds / 0.3));
    return Math.tanh(eased / 7);
  }
}
