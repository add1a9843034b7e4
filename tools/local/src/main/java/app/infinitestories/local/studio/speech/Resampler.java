package app.infinitestories.local.studio.speech;

import java.math.BigInteger;

/** Changes the sample rate by a windowed sinc, one filter per phase. */
final class Resampler {
  private static final int HALF_WIDTH = 12;

  private final int up;
  private final int down;
  private final double[][] phases;

  private Resampler(int up, int down) {
    this.up = up;
    this.down = down;
    this.phases = new double[up][2 * HALF_WIDTH];
    for (int phase = 0; phase < up; phase++) {
      double sum = 0;
      for (int tap = 0; tap < 2 * HALF_WIDTH; tap++) {
        double x = tap - HALF_WIDTH + 1 - phase / (double) up;
        double window = 0.5 + 0.5 * Math.cos(Math.PI * x / (HALF_WIDTH + 1));
        phases[phase][tap] = sinc(x) * window;
        sum += phases[phase][tap];
      }
      for (int tap = 0; tap < 2 * HALF_WIDTH; tap++) {
        phases[phase][tap] /= sum;
      }
    }
  }

  /** A resampler to a higher rate, or the same. */
  static Resampler between(int from, int to) {
    int divisor = BigInteger.valueOf(from).gcd(BigInteger.valueOf(to)).intValue();
    return new Resampler(to / divisor, from / divisor);
  }

  short[] apply(short[] in) {
    short[] out = new short[(int) ((long) in.length * up / down)];
    for (int i = 0; i < out.length; i++) {
      long position = (long) i * down;
      int base = (int) (position / up);
      double[] filter = phases[(int) (position % up)];
      double sum = 0;
      for (int tap = 0; tap < filter.length; tap++) {
        int at = base + tap - HALF_WIDTH + 1;
        if (at >= 0 && at < in.length) {
          sum += filter[tap] * in[at];
        }
      }
      out[i] = (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
    }
    return out;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }
}
