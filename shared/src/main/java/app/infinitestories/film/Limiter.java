package app.infinitestories.film;

/**
 * Holds the true peak (four times oversampled, BS.1770-4 annex 2) of a signal under a ceiling. It
 * turns down before the peak comes and up again after it, so that nothing clicks.
 */
final class Limiter {
  private static final int OVERSAMPLING = 4;
  private static final int TAPS = 12;

  /** Five milliseconds before and after a peak. */
  private static final int REACH = SpokenAudio.SAMPLE_RATE_HZ / 200;

  private static final float[][] PHASES = phases();

  private Limiter() {}

  static short[] limit(short[] in, double gain, double ceiling) {
    float[] wanted = new float[in.length];
    boolean over = false;
    float limit = (float) (ceiling * 32768 / gain);
    for (int i = 0; i < in.length; i++) {
      float peak = peakAt(in, i);
      wanted[i] = peak <= limit ? 1 : limit / peak;
      over |= peak > limit;
    }
    float[] turn = over ? averaged(lowest(wanted)) : wanted;
    short[] out = new short[in.length];
    for (int i = 0; i < in.length; i++) {
      long value = Math.round(in[i] * gain * turn[i]);
      out[i] = (short) Math.clamp(value, Short.MIN_VALUE, Short.MAX_VALUE);
    }
    return out;
  }

  /** Largest absolute value from this sample to the next, between the samples too. */
  private static float peakAt(short[] in, int at) {
    float peak = Math.abs((float) in[at]);
    int first = at - TAPS / 2 + 1;
    if (first < 0 || first + TAPS > in.length) {
      return peak;
    }
    for (float[] phase : PHASES) {
      float sum = 0;
      for (int tap = 0; tap < TAPS; tap++) {
        sum += phase[tap] * in[first + tap];
      }
      peak = Math.max(peak, Math.abs(sum));
    }
    return peak;
  }

  /** For each sample the lowest value within reach, by van Herk's running minimum in a deque. */
  private static float[] lowest(float[] values) {
    float[] lowest = new float[values.length];
    int[] queue = new int[values.length];
    int head = 0;
    int tail = 0;
    for (int i = 0; i < values.length + REACH; i++) {
      if (i < values.length) {
        while (tail > head && values[queue[tail - 1]] >= values[i]) {
          tail--;
        }
        queue[tail++] = i;
      }
      int centre = i - REACH;
      if (centre >= 0) {
        while (queue[head] < centre - REACH) {
          head++;
        }
        lowest[centre] = values[queue[head]];
      }
    }
    return lowest;
  }

  /** Average within reach: never above a value that the running minimum spread over the window. */
  private static float[] averaged(float[] values) {
    double[] sums = new double[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      sums[i + 1] = sums[i] + values[i];
    }
    float[] averaged = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int from = Math.max(0, i - REACH);
      int to = Math.min(values.length, i + REACH + 1);
      averaged[i] = (float) ((sums[to] - sums[from]) / (to - from));
    }
    return averaged;
  }

  /** Windowed sinc for the three points between two samples. */
  private static float[][] phases() {
    float[][] phases = new float[OVERSAMPLING - 1][TAPS];
    for (int phase = 0; phase < phases.length; phase++) {
      double sum = 0;
      double[] taps = new double[TAPS];
      for (int tap = 0; tap < TAPS; tap++) {
        double x = tap - (TAPS / 2.0 - 1) - (phase + 1) / (double) OVERSAMPLING;
        double window = 0.5 + 0.5 * Math.cos(Math.PI * x / (TAPS / 2.0 + 1));
        taps[tap] = Math.sin(Math.PI * x) / (Math.PI * x) * window;
        sum += taps[tap];
      }
      for (int tap = 0; tap < TAPS; tap++) {
        phases[phase][tap] = (float) (taps[tap] / sum);
      }
    }
    return phases;
  }
}
