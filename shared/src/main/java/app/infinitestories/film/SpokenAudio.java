package app.infinitestories.film;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;

/** Speech as 48 kHz mono 16-bit samples: what every narration is turned into before it is used. */
public final class SpokenAudio {
  public static final int SAMPLE_RATE_HZ = 48_000;
  private static final int WAV_HEADER_BYTES = 44;

  private final short[] samples;

  private SpokenAudio(short[] samples) {
    this.samples = samples;
  }

  /** Takes a copy of the samples. */
  public static SpokenAudio of(short[] samples) {
    return new SpokenAudio(samples.clone());
  }

  static SpokenAudio owning(short[] samples) {
    return new SpokenAudio(samples);
  }

  public static SpokenAudio silence(Duration length) {
    return new SpokenAudio(new short[Math.toIntExact(samplesIn(length))]);
  }

  /** The parts one after another with {@code pause} of silence between them (none at the ends). */
  public static SpokenAudio join(List<SpokenAudio> parts, Duration pause) {
    int gap = Math.toIntExact(samplesIn(pause));
    int total = Math.max(0, parts.size() - 1) * gap;
    for (SpokenAudio part : parts) {
      total = Math.addExact(total, part.samples.length);
    }
    short[] joined = new short[total];
    int at = 0;
    for (SpokenAudio part : parts) {
      System.arraycopy(part.samples, 0, joined, at, part.samples.length);
      at += part.samples.length + gap;
    }
    return new SpokenAudio(joined);
  }

  /** Number of samples at 48 kHz. */
  public int length() {
    return samples.length;
  }

  /** Exact to the sample, in whole nanoseconds. */
  public Duration duration() {
    return durationOf(samples.length);
  }

  /** The same speech with silence after it until it has {@code length}; never shortened. */
  public SpokenAudio paddedTo(Duration length) {
    int wanted = Math.toIntExact(samplesIn(length));
    return wanted <= samples.length
        ? this
        : new SpokenAudio(java.util.Arrays.copyOf(samples, wanted));
  }

  /** A copy of the samples. */
  public short[] toArray() {
    return samples.clone();
  }

  short[] samples() {
    return samples;
  }

  /** RIFF WAVE, 48 kHz mono 16 bit: also the lossless form to keep between steps. */
  public byte[] wav() {
    int dataBytes = samples.length * Short.BYTES;
    ByteBuffer out =
        ByteBuffer.allocate(WAV_HEADER_BYTES + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("RIFF")).putInt(36 + dataBytes).put(ascii("WAVE"));
    out.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
    out.putInt(SAMPLE_RATE_HZ).putInt(SAMPLE_RATE_HZ * Short.BYTES);
    out.putShort((short) Short.BYTES).putShort((short) 16);
    out.put(ascii("data")).putInt(dataBytes);
    out.asShortBuffer().put(samples);
    return out.array();
  }

  static Duration durationOf(long samples) {
    return Duration.ofSeconds(samples / SAMPLE_RATE_HZ)
        .plusNanos(samples % SAMPLE_RATE_HZ * 1_000_000_000L / SAMPLE_RATE_HZ);
  }

  /** Nearest whole sample. */
  static long samplesIn(Duration length) {
    return length.toSeconds() * SAMPLE_RATE_HZ
        + Math.round(length.toNanosPart() * (double) SAMPLE_RATE_HZ / 1_000_000_000L);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }
}
