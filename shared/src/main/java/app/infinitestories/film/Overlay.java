package app.infinitestories.film;

import java.awt.image.BufferedImage;

/** A partly transparent picture that lies over film frames. */
final class Overlay {
  private final Yuv colour = Yuv.ofFilm();
  private final byte[] alpha = new byte[FilmFormat.WIDTH * FilmFormat.HEIGHT];
  private final byte[] alphaSmall = new byte[FilmFormat.WIDTH * FilmFormat.HEIGHT / 4];

  /**
   * Takes an ARGB picture of the film's size.
   *
   * @param scaler converts its colours
   */
  Overlay(BufferedImage argb, Scaler scaler) {
    BufferedImage opaque =
        new BufferedImage(FilmFormat.WIDTH, FilmFormat.HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < FilmFormat.HEIGHT; y++) {
      for (int x = 0; x < FilmFormat.WIDTH; x++) {
        int pixel = argb.getRGB(x, y);
        opaque.setRGB(x, y, pixel);
        alpha[y * FilmFormat.WIDTH + x] = (byte) (pixel >>> 24);
      }
    }
    scaler.cover(opaque, colour);
    int half = FilmFormat.WIDTH / 2;
    for (int i = 0; i < alphaSmall.length; i++) {
      int at = i / half * 2 * FilmFormat.WIDTH + i % half * 2;
      int sum =
          (alpha[at] & 255)
              + (alpha[at + 1] & 255)
              + (alpha[at + FilmFormat.WIDTH] & 255)
              + (alpha[at + FilmFormat.WIDTH + 1] & 255);
      alphaSmall[i] = (byte) (sum / 4);
    }
  }

  /** Lays the picture over a frame, at 0 (not to be seen) to 1 of its own opacity. */
  void over(Yuv frame, double opacity) {
    int strength = (int) Math.round(opacity * 256);
    blend(frame.y, colour.y, alpha, strength);
    blend(frame.u, colour.u, alphaSmall, strength);
    blend(frame.v, colour.v, alphaSmall, strength);
  }

  private static void blend(byte[] into, byte[] from, byte[] alpha, int strength) {
    for (int i = 0; i < into.length; i++) {
      int share = (alpha[i] & 255) * strength / 255;
      into[i] = (byte) (((into[i] & 255) * (256 - share) + (from[i] & 255) * share + 128) >> 8);
    }
  }
}
