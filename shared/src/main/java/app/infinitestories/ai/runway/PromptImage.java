package app.infinitestories.ai.runway;

import app.infinitestories.ai.Media;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A picture as a data URI that Runway takes: up to 5 MB of text, so a large one becomes JPEG. */
final class PromptImage {
  static final int MAX_URI_BYTES = 5_000_000;

  private static final float JPEG_QUALITY = 0.9f;

  /** Two thirds of the width at each try; after this many even noise would have fitted. */
  private static final int MAX_TRIES = 8;

  private PromptImage() {}

  /** The URI; IllegalArgumentException if the bytes are no picture. */
  static String uri(Media picture) {
    if (fits(picture)) {
      return picture.dataUri();
    }
    BufferedImage image = decode(picture);
    for (int i = 0; i < MAX_TRIES; i++) {
      Media jpeg = jpeg(image);
      if (fits(jpeg)) {
        return jpeg.dataUri();
      }
      image = scaled(image, image.getWidth() * 2 / 3, image.getHeight() * 2 / 3);
    }
    throw new IllegalArgumentException("the picture cannot be made small enough");
  }

  private static boolean fits(Media picture) {
    return "data:;base64,".length() + picture.mimeType().length() + (picture.size() + 2L) / 3 * 4
        <= MAX_URI_BYTES;
  }

  private static BufferedImage decode(Media picture) {
    try {
      // ImageIO closes the stream itself, and closing it twice is an error.
      var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(picture.bytes()));
      BufferedImage image = ImageIO.read(in);
      if (image == null) {
        throw new IllegalArgumentException("not a picture");
      }
      return scaled(image, image.getWidth(), image.getHeight());
    } catch (IOException e) {
      throw new IllegalArgumentException("not a picture", e);
    }
  }

  /** Without transparency, which JPEG cannot hold. */
  private static BufferedImage scaled(BufferedImage image, int width, int height) {
    var result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = result.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    g.drawImage(image, 0, 0, width, height, Color.WHITE, null);
    g.dispose();
    return result;
  }

  private static Media jpeg(BufferedImage image) {
    var bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(JPEG_QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), how);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    } finally {
      writer.dispose();
    }
    return Media.of(bytes.toByteArray(), "image/jpeg");
  }
}
