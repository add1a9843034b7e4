package app.infinitestories.local.studio.picture;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Remembers how the last pages were composed, keyed by what they look like in small, so that a page
 * that comes back scaled, cropped to 16:9 or recompressed can be set in motion layer by layer.
 */
final class PictureMemory {
  static final int LIMIT = 128;
  private static final int COLUMNS = 32;
  private static final int ROWS = 18;
  private static final double SAME = 3.2;

  /** A remembered page and the part of it that the given picture shows. */
  record Found(Stage stage, boolean cropped) {}

  private record Entry(Stage stage, double aspect, ByteBuffer whole, ByteBuffer cropped) {}

  private final Deque<Entry> entries = new ArrayDeque<>();

  synchronized void remember(BufferedImage page, Stage stage) {
    double aspect = page.getWidth() / (double) page.getHeight();
    entries.addFirst(new Entry(stage, aspect, signature(page), signature(centre(page))));
    if (entries.size() > LIMIT) {
      entries.removeLast();
    }
  }

  synchronized Optional<Found> find(BufferedImage picture) {
    ByteBuffer signature = signature(picture);
    double aspect = picture.getWidth() / (double) picture.getHeight();
    Found best = null;
    double least = SAME;
    for (Entry entry : entries) {
      double whole =
          Math.abs(aspect - entry.aspect()) < 0.03 ? distance(signature, entry.whole()) : 255;
      double cropped =
          Math.abs(aspect - 16 / 9.0) < 0.03 ? distance(signature, entry.cropped()) : 255;
      if (Math.min(whole, cropped) < least) {
        least = Math.min(whole, cropped);
        best = new Found(entry.stage(), cropped < whole);
      }
    }
    return Optional.ofNullable(best);
  }

  /** The centre crop to 16:9. */
  static BufferedImage centre(BufferedImage image) {
    int width = Math.min(image.getWidth(), image.getHeight() * 16 / 9);
    int height = Math.min(image.getHeight(), image.getWidth() * 9 / 16);
    return image.getSubimage(
        (image.getWidth() - width) / 2, (image.getHeight() - height) / 2, width, height);
  }

  private static ByteBuffer signature(BufferedImage image) {
    BufferedImage from = image;
    while (from.getWidth() > 4 * COLUMNS) {
      from = scaled(from, from.getWidth() / 2, from.getHeight() / 2);
    }
    BufferedImage small = scaled(scaled(from, COLUMNS * 2, ROWS * 2), COLUMNS, ROWS);
    byte[] bytes = new byte[COLUMNS * ROWS * 3];
    for (int i = 0; i < COLUMNS * ROWS; i++) {
      int rgb = small.getRGB(i % COLUMNS, i / COLUMNS);
      bytes[3 * i] = (byte) (rgb >> 16);
      bytes[3 * i + 1] = (byte) (rgb >> 8);
      bytes[3 * i + 2] = (byte) rgb;
    }
    return ByteBuffer.wrap(bytes);
  }

  private static BufferedImage scaled(BufferedImage image, int width, int height) {
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = small.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.drawImage(image, 0, 0, width, height, null);
    g.dispose();
    return small;
  }

  private static double distance(ByteBuffer a, ByteBuffer b) {
    long sum = 0;
    for (int i = 0; i < a.capacity(); i++) {
      sum += Math.abs((a.get(i) & 255) - (b.get(i) & 255));
    }
    return sum / (double) a.capacity();
  }
}
