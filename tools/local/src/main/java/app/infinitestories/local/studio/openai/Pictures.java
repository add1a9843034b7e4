package app.infinitestories.local.studio.openai;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** Decodes and encodes pictures. */
public final class Pictures {
  private static final Pattern DATA_URI =
      Pattern.compile("data:image/(png|jpeg|jpg|webp|gif);base64,");

  private Pictures() {}

  /** The picture, or empty if the bytes are none. */
  public static Optional<BufferedImage> decode(byte[] bytes) {
    try {
      return Optional.ofNullable(ImageIO.read(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The bytes behind a base64 data URI of a picture, or empty if it is none. */
  public static Optional<byte[]> fromDataUri(String uri) {
    Matcher head = DATA_URI.matcher(uri);
    if (!head.lookingAt()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getDecoder().decode(uri.substring(head.end())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static byte[] encode(BufferedImage picture, String format) {
    BufferedImage source = picture;
    if (format.equals("jpeg") && picture.getColorModel().hasAlpha()) {
      source =
          new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
      Graphics2D g = source.createGraphics();
      g.drawImage(picture, 0, 0, null);
      g.dispose();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(source, format, out)) {
        throw new IllegalStateException("No encoder for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
