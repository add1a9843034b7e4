package app.infinitestories.local.studio.picture;

import java.awt.Graphics2D;

/**
 * A moving page: paints the frame for any second, the first one being the picture it began with.
 */
public interface ClipScene {
  /** Paints the whole frame at {@code seconds} since the clip's start. */
  void paint(Graphics2D g, double seconds);
}
