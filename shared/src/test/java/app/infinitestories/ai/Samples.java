package app.infinitestories.ai;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small real media for tests. */
public final class Samples {
  private static final int SAMPLE_RATE = 8_000;

  private Samples() {}

  /** A picture of one colour. */
  public static Media png(Color colour) {
    var image = new BufferedImage(16, 12, BufferedImage.TYPE_INT_RGB);
    var g = image.createGraphics();
    g.setColor(colour);
    g.fillRect(0, 0, 16, 12);
    g.dispose();
    return Media.png(encoded(image));
  }

  /** A picture that does not compress: about 4 bytes for each pixel. */
  public static Media noise(int width, int height) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    var random = new Random(7);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    return Media.png(encoded(image));
  }

  /** Silence of that many milliseconds, mono, 16 bits. */
  public static byte[] wav(int millis) {
    int data = SAMPLE_RATE * 2 * millis / 1_000;
    ByteBuffer wav = ByteBuffer.allocate(44 + data).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(ascii("RIFF")).putInt(36 + data).put(ascii("WAVE"));
    wav.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
    wav.putInt(SAMPLE_RATE).putInt(SAMPLE_RATE * 2).putShort((short) 2).putShort((short) 16);
    wav.put(ascii("data")).putInt(data);
    return wav.array();
  }

  /** The head of an MP4, which is as far as the adapter looks. */
  public static byte[] mp4() {
    ByteBuffer film = ByteBuffer.allocate(128);
    film.putInt(24).put(ascii("ftypisom"));
    return film.array();
  }

  private static byte[] encoded(BufferedImage image) {
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
