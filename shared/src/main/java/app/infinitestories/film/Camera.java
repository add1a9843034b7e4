package app.infinitestories.film;

/**
 * A camera that moves over a still picture: shows a window of it, sub-pixel exact, so that slow
 * moves do not judder. Bilinear in fixed point, each plane row by row.
 */
final class Camera {
  private final Yuv still;
  private int[] row = new int[0];
  private int[] columns = new int[0];
  private int[] fractions = new int[0];

  Camera(Yuv still) {
    this.still = still;
  }

  /**
   * Fills {@code into} with a window of the picture.
   *
   * @param centreX middle of the window, 0 to 1 of the picture's width; moved to keep it inside
   * @param centreY the same of its height
   * @param share the window's width and height, 0 to 1 of the picture's
   */
  void show(double centreX, double centreY, double share, Yuv into) {
    double half = share / 2;
    double left = Math.clamp(centreX, half, 1 - half) - half;
    double top = Math.clamp(centreY, half, 1 - half) - half;
    plane(still.y, still.width, still.height, left, top, share, into.y, into.width, into.height);
    int w = still.width / 2;
    int h = still.height / 2;
    plane(still.u, w, h, left, top, share, into.u, into.width / 2, into.height / 2);
    plane(still.v, w, h, left, top, share, into.v, into.width / 2, into.height / 2);
  }

  private void plane(
      byte[] from,
      int width,
      int height,
      double left,
      double top,
      double share,
      byte[] to,
      int toWidth,
      int toHeight) {
    if (row.length < width + 1) {
      row = new int[width + 1];
    }
    if (columns.length < toWidth) {
      columns = new int[toWidth];
      fractions = new int[toWidth];
    }
    for (int x = 0; x < toWidth; x++) {
      int at = position(x, toWidth, left, share, width);
      columns[x] = at >> 8;
      fractions[x] = at & 255;
    }
    int first = columns[0];
    int last = Math.min(width - 1, columns[toWidth - 1] + 1);
    for (int y = 0; y < toHeight; y++) {
      int at = position(y, toHeight, top, share, height);
      int upper = (at >> 8) * width;
      int lower = Math.min(height - 1, (at >> 8) + 1) * width;
      blendRows(from, upper, lower, at & 255, first, last);
      row[last + 1] = row[last];
      pickColumns(to, y * toWidth, toWidth);
    }
  }

  private void blendRows(byte[] from, int upper, int lower, int fraction, int first, int last) {
    int rest = 256 - fraction;
    for (int x = first; x <= last; x++) {
      row[x] = (from[upper + x] & 255) * rest + (from[lower + x] & 255) * fraction;
    }
  }

  private void pickColumns(byte[] to, int offset, int width) {
    for (int x = 0; x < width; x++) {
      int column = columns[x];
      int fraction = fractions[x];
      to[offset + x] =
          (byte) ((row[column] * (256 - fraction) + row[column + 1] * fraction + 32768) >> 16);
    }
  }

  /** Source coordinate of a target pixel's middle, in 1/256 pixel. */
  private static int position(int target, int targets, double start, double share, int size) {
    double at = (start + (target + 0.5) / targets * share) * size - 0.5;
    return (int) Math.round(Math.clamp(at, 0, size - 1) * 256);
  }
}
