package app.infinitestories.local.studio.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Mono 16-bit sound at {@link #RATE} samples per second. */
@SuppressWarnings("ArrayRecordComponent") // a large buffer, handed on and never compared
public record Pcm(short[] samples) {
  /** Samples per second. */
  public static final int RATE = 24_000;

  private static final int WAV_HEADER = 44;

  public double seconds() {
    return samples.length / (double) RATE;
  }

  /** Little-endian samples without a header. */
  public byte[] raw() {
    ByteBuffer buffer = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asShortBuffer().put(samples);
    return buffer.array();
  }

  /** A RIFF/WAVE file. */
  public byte[] wav() {
    byte[] data = raw();
    ByteBuffer buffer =
        ByteBuffer.allocate(WAV_HEADER + data.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(ascii("RIFF")).putInt(WAV_HEADER - 8 + data.length).put(ascii("WAVE"));
    buffer.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
    buffer.putInt(RATE).putInt(RATE * 2).putShort((short) 2).putShort((short) 16);
    buffer.put(ascii("data")).putInt(data.length).put(data);
    return buffer.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
