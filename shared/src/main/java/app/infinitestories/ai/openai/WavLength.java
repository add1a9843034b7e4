package app.infinitestories.ai.openai;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** How long a WAV file lasts, counted from its samples. */
final class WavLength {
  private static final int CHUNK_HEAD = 8;
  private static final int RIFF_HEAD = 12;
  private static final int BYTE_RATE_OFFSET = 8;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private WavLength() {}

  /** Empty if the bytes are no WAV file or hold no sound. */
  static Optional<Duration> of(byte[] bytes) {
    if (bytes.length < RIFF_HEAD
        || !text(bytes, 0).equals("RIFF")
        || !text(bytes, CHUNK_HEAD).equals("WAVE")) {
      return Optional.empty();
    }
    ByteBuffer wav = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long byteRate = 0;
    for (long at = RIFF_HEAD; at + CHUNK_HEAD <= bytes.length; ) {
      int start = (int) at;
      String name = text(bytes, start);
      long declared = Integer.toUnsignedLong(wav.getInt(start + 4));
      // A streamed file declares the greatest size or none, so what is there counts.
      long present = Math.min(declared, bytes.length - at - CHUNK_HEAD);
      if (name.equals("fmt ") && present >= BYTE_RATE_OFFSET + 4) {
        byteRate = Integer.toUnsignedLong(wav.getInt(start + CHUNK_HEAD + BYTE_RATE_OFFSET));
      }
      if (name.equals("data")) {
        long sound = declared == 0 ? bytes.length - at - CHUNK_HEAD : present;
        return byteRate == 0 || sound == 0
            ? Optional.empty()
            : Optional.of(
                Duration.ofSeconds(
                    sound / byteRate, sound % byteRate * NANOS_PER_SECOND / byteRate));
      }
      at += CHUNK_HEAD + declared + declared % 2;
    }
    return Optional.empty();
  }

  private static String text(byte[] bytes, int at) {
    return new String(bytes, at, 4, StandardCharsets.US_ASCII);
  }
}
