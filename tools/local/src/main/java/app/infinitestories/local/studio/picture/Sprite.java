package app.infinitestories.local.studio.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * A premultiplied picture that can be composited scaled and moved by fractions of a pixel, several
 * times faster than Java2D's own bilinear transform.
 */
final class Sprite {
  private final int[] pixels;
  private final int width;
  private final int height;
  private final int[] firstInRow;
  private final int[] lastInRow;
  private final int opaqueFrom;
  private final double left;
  private final double top;

  /** The image stands with its upper left corner at (left, top) of the frame when at rest. */
  Sprite(BufferedImage image, double left, double top) {
    this.pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    this.width = image.getWidth();
    this.height = image.getHeight();
    this.left = left;
    this.top = top;
    this.firstInRow = new int[height];
    this.lastInRow = new int[height];
    for (int y = 0; y < height; y++) {
      int first = 0;
      int last = width - 1;
      while (first <= last && (pixels[y * width + first] >>> 24) == 0) {
        first++;
      }
      while (last >= first && (pixels[y * width + last] >>> 24) == 0) {
        last--;
      }
      firstInRow[y] = first;
      lastInRow[y] = last;
    }
    int opaque = height;
    while (opaque > 0 && opaqueRow(opaque - 1)) {
      opaque--;
    }
    this.opaqueFrom = opaque;
  }

  private boolean opaqueRow(int y) {
    for (int x = 0; x < width; x++) {
      if ((pixels[y * width + x] >>> 24) != 255) {
        return false;
      }
    }
    return true;
  }

  /** The first row of the frame from which on this sprite hides everything behind it. */
  int hidesFrom(int frameWidth, int frameHeight, double scale, double dx, double dy) {
    boolean wide = left * scale + dx <= 0 && (left + width) * scale + dx >= frameWidth;
    boolean deep = (top + height) * scale + dy >= frameHeight;
    return wide && deep
        ? (int) Math.clamp(Math.ceil((top + opaqueFrom) * scale + dy) + 2, 0.0, frameHeight)
        : frameHeight;
  }

  /** Draws the rows above {@code frameHeight} at {@code frame = scale * rest + (dx, dy)}. */
  void draw(int[] frame, int frameWidth, int frameHeight, double scale, double dx, double dy) {
    double originX = left * scale + dx;
    double originY = top * scale + dy;
    int y0 = Math.max(0, (int) Math.ceil(originY - 1));
    int y1 = Math.min(frameHeight - 1, (int) Math.floor(originY + height * scale));
    int step = (int) Math.round(65536 / scale);
    for (int y = y0; y <= y1; y++) {
      double sy = (y - originY) / scale;
      int row = (int) Math.floor(sy);
      int fy = (int) ((sy - row) * 256);
      int row0 = Math.clamp(row, 0, height - 1);
      int row1 = Math.clamp(row + 1, 0, height - 1);
      int first = Math.min(firstInRow[row0], firstInRow[row1]) - 1;
      int last = Math.max(lastInRow[row0], lastInRow[row1]) + 1;
      if (first >= last) {
        continue;
      }
      int x0 = Math.max(0, (int) Math.ceil(first * scale + originX));
      int x1 = Math.min(frameWidth - 1, (int) Math.floor(last * scale + originX));
      if (x1 < x0) {
        continue;
      }
      int sx = (int) Math.round((x0 - originX) / scale * 65536);
      line(frame, y * frameWidth + x0, x1 - x0 + 1, row0 * width, row1 * width, sx, step, fy);
    }
  }

  private void line(
      int[] frame, int at, int count, int row0, int row1, int start, int step, int fy) {
    int sx = start;
    int right = width - 1;
    for (int i = 0; i < count; i++, sx += step) {
      int x = sx >> 16;
      int fx = (sx >> 8) & 255;
      int xa = x < 0 ? 0 : Math.min(x, right);
      int xb = x < 0 ? 0 : Math.min(x + 1, right);
      int a = pixels[row0 + xa];
      int b = pixels[row0 + xb];
      int c = pixels[row1 + xa];
      int d = pixels[row1 + xb];
      if ((a | b | c | d) == 0) {
        continue;
      }
      int source = Pixels.between(a, b, c, d, fx, fy);
      frame[at + i] = (source >>> 24) >= 254 ? source : Pixels.over(source, frame[at + i]);
    }
  }
}
