package app.infinitestories.film;

import java.util.List;

/**
 * Loudness by EBU R128 (ITU-R BS.1770-4) of speech that is played on both channels, and the gain
 * and limiter that bring it to −16 LUFS without clipping.
 */
public final class Loudness {
  public static final double TARGET_LUFS = -16;

  /** Leaves AAC room to overshoot below full scale. */
  private static final double CEILING = Math.pow(10, -1.5 / 20);

  private static final double MAX_GAIN = Math.pow(10, 36 / 20.0);
  private static final int STEP = SpokenAudio.SAMPLE_RATE_HZ / 10;
  private static final int STEPS_PER_BLOCK = 4;
  private static final double ABSOLUTE_GATE_LUFS = -70;
  private static final double RELATIVE_GATE_LU = -10;
  private static final double CALIBRATION_LUFS = -0.691;
  private static final double BOTH_CHANNELS = 2;
  private static final int TUNING_ROUNDS = 6;
  private static final double CLOSE_ENOUGH_LU = 0.1;

  private Loudness() {}

  /** Gated loudness in LUFS of the parts one after another; negative infinity for silence. */
  public static double integrated(List<SpokenAudio> parts) {
    long length = parts.stream().mapToLong(SpokenAudio::length).sum();
    double[] steps = new double[(int) (length / STEP)];
    KWeighting filter = new KWeighting();
    int at = 0;
    for (SpokenAudio part : parts) {
      for (short sample : part.samples()) {
        double weighted = filter.next(sample / 32768.0);
        if (at / STEP < steps.length) {
          steps[at / STEP] += weighted * weighted;
        }
        at++;
      }
    }
    int blocks = Math.max(0, steps.length - STEPS_PER_BLOCK + 1);
    double[] power = new double[blocks];
    for (int block = 0; block < blocks; block++) {
      for (int step = block; step < block + STEPS_PER_BLOCK; step++) {
        power[block] += steps[step];
      }
      power[block] *= BOTH_CHANNELS / (STEPS_PER_BLOCK * STEP);
    }
    double loudAtAll = meanAbove(power, powerOf(ABSOLUTE_GATE_LUFS));
    double gate = powerOf(lufs(loudAtAll) + RELATIVE_GATE_LU);
    return lufs(meanAbove(power, Math.max(gate, powerOf(ABSOLUTE_GATE_LUFS))));
  }

  /**
   * The factor for {@link #apply} with which all parts together are −16 LUFS; 1 for silence. At
   * most 36 dB: what is fainter is noise.
   */
  public static double gainFor(List<SpokenAudio> parts) {
    double before = integrated(parts);
    if (Double.isInfinite(before)) {
      return 1;
    }
    double gain = Math.min(MAX_GAIN, ratio(TARGET_LUFS - before));
    for (int round = 0; round < TUNING_ROUNDS; round++) {
      double tried = gain;
      double missing =
          TARGET_LUFS - integrated(parts.stream().map(part -> apply(part, tried)).toList());
      if (Math.abs(missing) < CLOSE_ENOUGH_LU) {
        break;
      }
      gain = Math.min(MAX_GAIN, gain * ratio(missing));
    }
    return gain;
  }

  /** The speech times {@code gain}, its true peak held at −1.5 dBTP by a look-ahead limiter. */
  public static SpokenAudio apply(SpokenAudio audio, double gain) {
    return SpokenAudio.owning(Limiter.limit(audio.samples(), gain, CEILING));
  }

  private static double meanAbove(double[] power, double gate) {
    double sum = 0;
    int count = 0;
    for (double block : power) {
      if (block > gate) {
        sum += block;
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  private static double lufs(double power) {
    return CALIBRATION_LUFS + 10 * Math.log10(power);
  }

  private static double powerOf(double lufs) {
    return Math.pow(10, (lufs - CALIBRATION_LUFS) / 10);
  }

  private static double ratio(double decibels) {
    return Math.pow(10, decibels / 20);
  }

  /** The two filters of BS.1770-4, table 1 and 2, for 48 kHz. */
  private static final class KWeighting {
    private final Biquad shelf =
        new Biquad(
            1.53512485958697,
            -2.69169618940638,
            1.19839281085285,
            -1.69065929318241,
            0.73248077421585);
    private final Biquad highPass = new Biquad(1, -2, 1, -1.99004745483398, 0.99007225036621);

    double next(double sample) {
      return highPass.next(shelf.next(sample));
    }
  }

  private static final class Biquad {
    private final double b0;
    private final double b1;
    private final double b2;
    private final double a1;
    private final double a2;
    private double z1;
    private double z2;

    Biquad(double b0, double b1, double b2, double a1, double a2) {
      this.b0 = b0;
      this.b1 = b1;
      this.b2 = b2;
      this.a1 = a1;
      this.a2 = a2;
    }

    double next(double in) {
      double out = b0 * in + z1;
      z1 = b1 * in - a1 * out + z2;
      z2 = b2 * in - a2 * out;
      return out;
    }
  }
}
