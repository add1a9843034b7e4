package app.infinitestories.film;

/**
 * A picture as the encoder wants it: planar 4:2:0, BT.709, limited range. Working in it saves two
 * colour conversions per film frame.
 */
final class Yuv {
  static final int BLACK = 16;
  private static final int NEUTRAL = 128;

  final int width;
  final int height;
  final byte[] y;
  final byte[] u;
  final byte[] v;

  /** Black. Width and height must be even. */
  Yuv(int width, int height) {
    if ((width & 1) != 0 || (height & 1) != 0) {
      throw new IllegalArgumentException("4:2:0 needs even sizes");
    }
    this.width = width;
    this.height = height;
    y = new byte[width * height];
    u = new byte[width * height / 4];
    v = new byte[width * height / 4];
    java.util.Arrays.fill(y, (byte) BLACK);
    java.util.Arrays.fill(u, (byte) NEUTRAL);
    java.util.Arrays.fill(v, (byte) NEUTRAL);
  }

  static Yuv ofFilm() {
    return new Yuv(FilmFormat.WIDTH, FilmFormat.HEIGHT);
  }

  void copyFrom(Yuv other) {
    System.arraycopy(other.y, 0, y, 0, y.length);
    System.arraycopy(other.u, 0, u, 0, u.length);
    System.arraycopy(other.v, 0, v, 0, v.length);
  }

  /** This picture becomes {@code share} of itself and the rest of {@code other}. */
  void mixWith(Yuv other, double share) {
    int own = (int) Math.round(share * 256);
    mix(y, other.y, own);
    mix(u, other.u, own);
    mix(v, other.v, own);
  }

  private static void mix(byte[] into, byte[] other, int own) {
    for (int i = 0; i < into.length; i++) {
      into[i] = (byte) (((into[i] & 255) * own + (other[i] & 255) * (256 - own) + 128) >> 8);
    }
  }
}
