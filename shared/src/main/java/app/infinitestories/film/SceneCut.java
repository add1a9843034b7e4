package app.infinitestories.film;

import org.jspecify.annotations.Nullable;

/** Cuts one stretch of the film: a scene, the title card or the end card. */
public final class SceneCut {
  public Segment scene(Scene scene) {
    return Pending.value();
  }

  /** Three seconds; {@code dedication} may be empty. */
  public Segment titleCard(String title, String dedication, byte[] picture, long startSample) {
    return Pending.value();
  }

  /** Three and a half seconds. */
  public Segment endCard(
      String text, byte[] picture, long startSample, byte @Nullable [] fadeFrom) {
    return Pending.value();
  }

  /** A picture of 1280x720 as JPEG to show before the film plays. */
  public byte[] poster(byte[] picture) {
    return Pending.value();
  }
}
