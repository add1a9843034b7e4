package app.infinitestories.film;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** Black bars that a clip carries on two opposite sides, found on its first frame. */
record Letterbox(int columns, int rows) {
  private static final int DARK = 24;
  private static final int SAMPLES = 64;

  /** Bars wider than this share of the picture are taken for a dark scene. */
  private static final double WIDEST = 0.3;

  /** Planar 8-bit formats begin with a plane of luma; only in these bars are looked for. */
  static Letterbox of(AVFrame frame) {
    if (frame.linesize(0) < frame.width() || frame.linesize(0) >= frame.width() * 2) {
      return new Letterbox(0, 0);
    }
    BytePointer luma = frame.data(0);
    int stride = frame.linesize(0);
    int width = frame.width();
    int height = frame.height();
    int rows = 0;
    while (rows < height / 2
        && darkRow(luma, stride, width, rows)
        && darkRow(luma, stride, width, height - 1 - rows)) {
      rows++;
    }
    int columns = 0;
    while (columns < width / 2
        && darkColumn(luma, stride, height, columns)
        && darkColumn(luma, stride, height, width - 1 - columns)) {
      columns++;
    }
    return new Letterbox(columns > width * WIDEST ? 0 : columns, rows > height * WIDEST ? 0 : rows);
  }

  /** Takes the bars off, with the soft pixels at their edge. */
  void crop(AVFrame frame) {
    if (columns > 0 || rows > 0) {
      Scaler.crop(frame, softened(columns), softened(rows));
    }
  }

  private static int softened(int bar) {
    return bar == 0 ? 0 : bar + 2;
  }

  private static boolean darkRow(BytePointer luma, int stride, int width, int row) {
    for (int i = 0; i < SAMPLES; i++) {
      if ((luma.get((long) row * stride + (long) i * width / SAMPLES) & 255) > DARK) {
        return false;
      }
    }
    return true;
  }

  private static boolean darkColumn(BytePointer luma, int stride, int height, int column) {
    for (int i = 0; i < SAMPLES; i++) {
      if ((luma.get((long) i * height / SAMPLES * stride + column) & 255) > DARK) {
        return false;
      }
    }
    return true;
  }
}
