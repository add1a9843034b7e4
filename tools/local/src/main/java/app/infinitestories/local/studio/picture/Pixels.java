package app.infinitestories.local.studio.picture;

/** Arithmetic on packed ARGB pixels, two channels at a time; weights run from 0 to 256. */
final class Pixels {
  private static final int EVEN = 0x00ff00ff;
  private static final int ODD = 0xff00ff00;

  private Pixels() {}

  /** The mean of four neighbours at the fractions fx and fy (0 to 255) between them. */
  static int between(int a, int b, int c, int d, int fx, int fy) {
    int w11 = (fx * fy) >> 8;
    int w01 = fx - w11;
    int w10 = fy - w11;
    int w00 = 256 - fx - w10;
    int even = ((a & EVEN) * w00) + ((b & EVEN) * w01) + ((c & EVEN) * w10) + ((d & EVEN) * w11);
    int odd = (high(a) * w00) + (high(b) * w01) + (high(c) * w10) + (high(d) * w11);
    return ((even >>> 8) & EVEN) | (odd & ODD);
  }

  /** The first with its weight over the second with the rest of 256. */
  static int blend(int a, int b, int weight) {
    int rest = 256 - weight;
    int even = ((a & EVEN) * weight) + ((b & EVEN) * rest);
    int odd = (high(a) * weight) + (high(b) * rest);
    return ((even >>> 8) & EVEN) | (odd & ODD);
  }

  /** A premultiplied pixel over an opaque one. */
  static int over(int source, int under) {
    int rest = 256 - (source >>> 24);
    return source + ((((under & EVEN) * rest) >>> 8) & EVEN) + ((high(under) * rest) & ODD);
  }

  private static int high(int pixel) {
    return (pixel >>> 8) & EVEN;
  }
}
