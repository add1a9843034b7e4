package app.infinitestories.film;

import java.awt.Dimension;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What a WebP file says of itself before its pixels
 * (https://developers.google.com/speed/webp/docs/riff_container).
 */
final class WebpHeader {
  private static final int FIRST_CHUNK = 12;
  private static final int NEEDED_BYTES = 30;
  private static final int ANIMATION_FLAG = 0x02;

  private WebpHeader() {}

  static Dimension sizeOf(byte[] bytes) {
    if (bytes.length < NEEDED_BYTES) {
      throw new UnreadableMedia("a WebP file that is cut off");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int body = FIRST_CHUNK + 8;
    return switch (chunk(bytes)) {
      case "VP8 " -> new Dimension(in.getShort(body + 6) & 0x3FFF, in.getShort(body + 8) & 0x3FFF);
      case "VP8L" -> {
        int bits = in.getInt(body + 1);
        yield new Dimension((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
      }
      case "VP8X" ->
          new Dimension((in.getInt(body + 4) & 0xFFFFFF) + 1, (in.getInt(body + 7) & 0xFFFFFF) + 1);
      default -> throw new UnreadableMedia("a WebP file without a picture");
    };
  }

  static boolean isAnimated(byte[] bytes) {
    return bytes.length >= NEEDED_BYTES
        && chunk(bytes).equals("VP8X")
        && (bytes[FIRST_CHUNK + 8] & ANIMATION_FLAG) != 0;
  }

  private static String chunk(byte[] bytes) {
    return new String(bytes, FIRST_CHUNK, 4, StandardCharsets.ISO_8859_1);
  }
}
