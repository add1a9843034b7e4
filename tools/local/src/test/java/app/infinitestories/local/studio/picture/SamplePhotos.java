package app.infinitestories.local.studio.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/**
 * Draws the three sample "photos" of the local stack: portraits of invented children, softened like
 * a photograph. Run {@link #main} with the target folder to write them again.
 */
final class SamplePhotos {
  static final List<HeroLook> CHILDREN =
      List.of(
          new HeroLook(
              new Color(0xb5502c),
              new Color(0xf3cdb4),
              new Color(0x4f9a58),
              new Color(0x3f8a55),
              new Color(0x34497c),
              HairStyle.CURLY,
              Outfit.JUMPER,
              false),
          new HeroLook(
              new Color(0x2a2226),
              new Color(0x7d4f36),
              new Color(0x3c241a),
              new Color(0xecbc35),
              new Color(0x34497c),
              HairStyle.SHORT,
              Outfit.SHIRT,
              false),
          new HeroLook(
              new Color(0xe3bd6c),
              new Color(0xf6d5bf),
              new Color(0x4a86c5),
              new Color(0x3b6fba),
              new Color(0xd8c3a0),
              HairStyle.LONG,
              Outfit.DRESS,
              false));

  private static final int WIDTH = 800;
  private static final int HEIGHT = 1000;

  private SamplePhotos() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Files.write(folder.resolve("photo-1.jpg"), withExif(jpeg(portrait(0)), 1, true));
    Files.write(folder.resolve("photo-2.jpg"), withExif(jpeg(turnedLeft(portrait(1))), 6, false));
    Files.write(folder.resolve("photo-3.jpg"), jpeg(portrait(2)));
  }

  /** The upright portrait of child 0, 1 or 2. */
  static BufferedImage portrait(int child) {
    BufferedImage photo = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = photo.createGraphics();
    Brush b = new Brush(g, child + 11);
    Color[] walls = {new Color(0xcfdbe2), new Color(0xd9e2c8), new Color(0xc3d6d4)};
    b.fade(
        new java.awt.Rectangle(0, 0, WIDTH, HEIGHT),
        Brush.tint(walls[child], 0.4),
        Brush.shade(walls[child], 0.86));
    for (int i = 0; i < 26; i++) {
      b.glow(b.between(0, WIDTH), b.between(0, HEIGHT), b.between(40, 150), Color.WHITE, 0.3);
    }
    b.glow(200, 120, 760, new Color(0xfff2d8), 0.4);
    AffineTransform before = g.getTransform();
    g.translate(400, 1200);
    g.scale(3.4, 3.4);
    HeroPainter.paint(
        g,
        CHILDREN.get(child),
        new HeroPainter.Figure(Pose.STANDING, Mood.HAPPY, HeroPainter.Turn.FRONT, false, 0));
    g.setTransform(before);
    g.dispose();
    return noisy(softened(photo), child);
  }

  private static BufferedImage softened(BufferedImage photo) {
    int size = 5;
    float[] weights = new float[size * size];
    Arrays.fill(weights, 1f / weights.length);
    BufferedImage soft =
        new ConvolveOp(new Kernel(size, size, weights), ConvolveOp.EDGE_NO_OP, null)
            .filter(photo, null);
    BufferedImage copy = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = copy.createGraphics();
    g.drawImage(soft, 0, 0, null);
    g.dispose();
    return copy;
  }

  private static BufferedImage noisy(BufferedImage photo, long seed) {
    Random random = new Random(seed);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int rgb = photo.getRGB(x, y);
        int n = (int) Math.round(random.nextGaussian() * 2.4);
        int red = Math.clamp(((rgb >> 16) & 255) + n, 0, 255);
        int green = Math.clamp(((rgb >> 8) & 255) + n, 0, 255);
        int blue = Math.clamp((rgb & 255) + n, 0, 255);
        photo.setRGB(x, y, (red << 16) | (green << 8) | blue);
      }
    }
    return photo;
  }

  /**
   * Stored so that a viewer that turns it by 90 degrees clockwise (orientation 6) sees it upright.
   */
  static BufferedImage turnedLeft(BufferedImage upright) {
    BufferedImage turned =
        new BufferedImage(upright.getHeight(), upright.getWidth(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < upright.getHeight(); y++) {
      for (int x = 0; x < upright.getWidth(); x++) {
        turned.setRGB(y, upright.getWidth() - 1 - x, upright.getRGB(x, y));
      }
    }
    return turned;
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(0.88f);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /**
   * Inserts an APP1 segment (TIFF big endian): camera, orientation and, if asked, a GPS position.
   */
  static byte[] withExif(byte[] jpeg, int orientation, boolean position) {
    ByteBuffer tiff = ByteBuffer.allocate(256);
    tiff.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
    int entries = position ? 3 : 2;
    int afterIfd = 8 + 2 + entries * 12 + 4;
    byte[] make = "Sample Camera\0".getBytes(StandardCharsets.US_ASCII);
    int gps = afterIfd + make.length;
    tiff.putShort((short) entries);
    entry(tiff, 0x010f, 2, make.length, afterIfd);
    entry(tiff, 0x0112, 3, 1, orientation << 16);
    if (position) {
      entry(tiff, 0x8825, 4, 1, gps);
    }
    tiff.putInt(0).put(make);
    if (position) {
      int rationals = gps + 2 + 4 * 12 + 4;
      tiff.putShort((short) 4);
      entry(tiff, 1, 2, 2, 'N' << 24);
      entry(tiff, 2, 5, 3, rationals);
      entry(tiff, 3, 2, 2, 'W' << 24);
      entry(tiff, 4, 5, 3, rationals + 24);
      tiff.putInt(0);
      // 12° 34' 56" N, 34° 56' 12" W: open sea
      for (int value : new int[] {12, 34, 56, 34, 56, 12}) {
        tiff.putInt(value).putInt(1);
      }
    }
    int length = tiff.position();
    ByteBuffer out = ByteBuffer.allocate(jpeg.length + length + 10);
    out.put(jpeg, 0, 2);
    out.putShort((short) 0xffe1).putShort((short) (2 + 6 + length));
    out.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    out.put(tiff.array(), 0, length);
    out.put(jpeg, 2, jpeg.length - 2);
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
    tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
  }
}
