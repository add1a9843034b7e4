package app.infinitestories.film;

/**
 * A gentle move over a picture for the whole length of a scene. Neighbouring scenes move in
 * different directions.
 */
final class StillShot implements Shots {
  /** Larger than the film, so that the nearest window is still sharp. */
  static final int STAGE_WIDTH = 1600;

  static final int STAGE_HEIGHT = 900;

  private record View(double x, double y, double share) {
    View towards(View end, double progress) {
      return new View(
          x + (end.x - x) * progress,
          y + (end.y - y) * progress,
          share * Math.pow(end.share / share, progress));
    }
  }

  private static final View[][] MOVES = {
    {new View(0.50, 0.52, 0.98), new View(0.46, 0.45, 0.78)},
    {new View(0.58, 0.46, 0.80), new View(0.48, 0.51, 0.97)},
    {new View(0.40, 0.50, 0.85), new View(0.60, 0.46, 0.82)},
    {new View(0.60, 0.47, 0.84), new View(0.42, 0.50, 0.84)},
  };

  private final Camera camera;
  private final View from;
  private final View to;
  private final int frames;
  private int shown;

  StillShot(Yuv stage, int index, int frames) {
    camera = new Camera(stage);
    from = MOVES[index % MOVES.length][0];
    to = MOVES[index % MOVES.length][1];
    this.frames = frames;
  }

  @Override
  public void next(Yuv into) {
    View view = from.towards(to, frames < 2 ? 0 : shown++ / (frames - 1.0));
    camera.show(view.x(), view.y(), view.share(), into);
  }
}
