package app.infinitestories.local.studio.speech;

import app.infinitestories.local.studio.media.Pcm;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Remembers what was spoken here by the course of its loudness, which survives encoding, so that a
 * transcription can give back the very words.
 */
public final class Memory {
  private static final int CAPACITY = 500;
  private static final int FRAME = Pcm.RATE / 40; // 25 ms
  private static final int MAX_LAG = 5;
  private static final double ALIKE = 0.93;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(double[] envelope, Spoken spoken) {}

  private final Deque<Entry> entries = new ArrayDeque<>();

  public synchronized void add(Spoken spoken) {
    if (entries.size() == CAPACITY) {
      entries.removeFirst();
    }
    entries.addLast(new Entry(envelope(spoken.sound()), spoken));
  }

  /** What this sound says, if it was spoken here. */
  public synchronized Optional<Spoken> recognise(Pcm sound) {
    double[] heard = envelope(sound);
    Entry best = null;
    double likeness = ALIKE;
    for (Entry entry : entries) {
      double alike = likeness(entry.envelope(), heard);
      if (alike > likeness) {
        likeness = alike;
        best = entry;
      }
    }
    return Optional.ofNullable(best).map(Entry::spoken);
  }

  private static double[] envelope(Pcm sound) {
    short[] samples = sound.samples();
    double[] envelope = new double[samples.length / FRAME];
    for (int i = 0; i < envelope.length; i++) {
      double sum = 0;
      for (int j = i * FRAME; j < (i + 1) * FRAME; j++) {
        sum += samples[j] * (double) samples[j];
      }
      envelope[i] = Math.sqrt(sum / FRAME);
    }
    return envelope;
  }

  /** The best correlation of two courses of loudness within a small shift; 0 if lengths differ. */
  private static double likeness(double[] a, double[] b) {
    if (Math.abs(a.length - b.length) > 2 * MAX_LAG + a.length / 50) {
      return 0;
    }
    double best = 0;
    for (int lag = -MAX_LAG; lag <= MAX_LAG; lag++) {
      best = Math.max(best, correlation(a, b, lag));
    }
    return best;
  }

  private static double correlation(double[] a, double[] b, int lag) {
    int start = Math.max(0, -lag);
    int end = Math.min(a.length, b.length - lag);
    int n = end - start;
    if (n < 4) {
      return 0;
    }
    double meanA = 0;
    double meanB = 0;
    for (int i = start; i < end; i++) {
      meanA += a[i] / n;
      meanB += b[i + lag] / n;
    }
    double product = 0;
    double squareA = 1e-9;
    double squareB = 1e-9;
    for (int i = start; i < end; i++) {
      double x = a[i] - meanA;
      double y = b[i + lag] - meanB;
      product += x * y;
      squareA += x * x;
      squareB += y * y;
    }
    return product / Math.sqrt(squareA * squareB);
  }
}
