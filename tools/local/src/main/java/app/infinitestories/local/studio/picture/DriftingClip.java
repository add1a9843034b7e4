package app.infinitestories.local.studio.picture;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * A picture drawn elsewhere in motion: the camera travels, and rows near the lower edge, which
 * mostly show what is near, slide further than rows near the top.
 */
final class DriftingClip implements ClipScene {
  private final int[] source;
  private final int width;
  private final int height;
  private final CameraMove move;
  private final BufferedImage frame;
  private final int[] pixels;

  DriftingClip(BufferedImage opening, CameraMove move) {
    this.width = opening.getWidth();
    this.height = opening.getHeight();
    this.source = ((DataBufferInt) opening.getRaster().getDataBuffer()).getData();
    this.move = move;
    this.frame = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    this.pixels = ((DataBufferInt) frame.getRaster().getDataBuffer()).getData();
  }

  @Override
  public synchronized void paint(Graphics2D g, double seconds) {
    double progress = CameraMove.progress(seconds);
    // a flat picture has nothing beyond its edges: travel only as far as the growth allows
    double zoom = Math.max(0.09, Math.abs(move.zoom()));
    double grow =
        move.zoom() < 0 ? 1 + zoom * (1 - Math.abs(progress - 0.5) * 2) : 1 + zoom * progress;
    double room = (1 - 1 / grow) / 2 * 0.95;
    double reach = Math.min(Math.abs(move.x()) + 0.015, room) * Math.signum(move.x());
    double lift = Math.clamp(move.y() * progress, -room, room);
    for (int y = 0; y < height; y++) {
      double v = (y + 0.5) / height;
      double sway = reach * (0.35 + 0.65 * v) * width;
      double sy = ((v - 0.5) / grow + 0.5 + lift) * height - 0.5;
      double sx0 = -0.5 / grow * width + width / 2.0 + sway + 0.5 / grow - 0.5;
      row(y, sx0, sy, 1 / grow);
    }
    g.drawImage(frame, 0, 0, null);
  }

  private void row(int y, double sx0, double sy, double step) {
    int top = Math.clamp((int) Math.floor(sy), 0, height - 1);
    int bottom = Math.min(top + 1, height - 1);
    int fy = (int) ((sy - Math.floor(sy)) * 256);
    int fixed = (int) Math.round(sx0 * 65536);
    int fixedStep = (int) Math.round(step * 65536);
    for (int x = 0; x < width; x++, fixed += fixedStep) {
      int cell = fixed >> 16;
      int fx = (fixed >> 8) & 255;
      int left = Math.clamp(cell, 0, width - 1);
      int right = Math.clamp(cell + 1, 0, width - 1);
      int a = source[top * width + left];
      int b = source[top * width + right];
      int c = source[bottom * width + left];
      int d = source[bottom * width + right];
      pixels[y * width + x] = Pixels.between(a, b, c, d, fx, fy);
    }
  }
}
