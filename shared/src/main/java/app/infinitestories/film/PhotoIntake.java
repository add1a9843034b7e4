package app.infinitestories.film;

import app.infinitestories.film.PhotoCheck.Reason;
import app.infinitestories.film.PhotoCheck.Unusable;
import app.infinitestories.film.PhotoCheck.Usable;
import app.infinitestories.film.PictureReader.Format;
import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.MetadataException;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Turns an uploaded photo of unknown origin into a clean picture, or says why it cannot be used.
 * Only pixels come through: position, camera, thumbnails and whatever hid behind the picture stay
 * behind.
 */
public final class PhotoIntake {
  public static final int MAX_BYTES = 10_000_000;
  public static final long MAX_PIXELS = 40_000_000;
  public static final int LONG_SIDE_PX = 1536;
  public static final int PORTRAIT_PX = 512;
  private static final int SHORTEST_SIDE_PX = 64;
  private static final int UPRIGHT = 1;

  /** Never throws for what is in the bytes. */
  public PhotoCheck check(byte[] upload) {
    return check(upload, image -> image);
  }

  /**
   * The same for a picture that stands for a person: the square in its middle, at most {@link
   * #PORTRAIT_PX} px on a side. Never throws for what is in the bytes.
   */
  public PhotoCheck checkPortrait(byte[] upload) {
    return check(upload, image -> PictureReader.scaledDown(square(image), PORTRAIT_PX));
  }

  private static PhotoCheck check(byte[] upload, UnaryOperator<BufferedImage> finish) {
    if (upload.length == 0) {
      return new Unusable(Reason.EMPTY);
    }
    if (upload.length > MAX_BYTES) {
      return new Unusable(Reason.TOO_MANY_BYTES);
    }
    Optional<Format> format = PictureReader.formatOf(upload);
    if (format.isEmpty()) {
      return new Unusable(Reason.UNSUPPORTED_FORMAT);
    }
    try {
      return check(upload, format.get(), finish);
    } catch (UnreadableMedia e) {
      return new Unusable(Reason.DAMAGED);
    }
  }

  private static PhotoCheck check(
      byte[] upload, Format format, UnaryOperator<BufferedImage> finish) {
    Dimension size = PictureReader.sizeOf(upload, format);
    if ((long) size.width * size.height > MAX_PIXELS) {
      return new Unusable(Reason.TOO_MANY_PIXELS);
    }
    if (Math.min(size.width, size.height) < SHORTEST_SIDE_PX) {
      return new Unusable(Reason.TOO_SMALL);
    }
    if (PictureReader.isAnimated(upload, format)) {
      return new Unusable(Reason.ANIMATED);
    }
    BufferedImage decoded = PictureReader.decode(upload, format, LONG_SIDE_PX);
    BufferedImage small = PictureReader.scaledDown(decoded, LONG_SIDE_PX);
    BufferedImage clean = finish.apply(upright(small, orientationOf(upload)));
    return new Usable(PictureReader.png(clean), clean.getWidth(), clean.getHeight());
  }

  private static BufferedImage square(BufferedImage image) {
    int side = Math.min(image.getWidth(), image.getHeight());
    return image.getSubimage(
        (image.getWidth() - side) / 2, (image.getHeight() - side) / 2, side, side);
  }

  /** 1 to 8 as Exif 2.32 (4.6.5) numbers them; 1 if the photo does not say. */
  private static int orientationOf(byte[] upload) {
    try {
      var metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(upload));
      for (var directory : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
        if (directory.containsTag(ExifIFD0Directory.TAG_ORIENTATION)) {
          return directory.getInt(ExifIFD0Directory.TAG_ORIENTATION);
        }
      }
      return UPRIGHT;
    } catch (ImageProcessingException | MetadataException | IOException e) {
      return UPRIGHT; // broken metadata: the pixels are good all the same
    }
  }

  private static BufferedImage upright(BufferedImage image, int orientation) {
    int w = image.getWidth();
    int h = image.getHeight();
    AffineTransform turn =
        switch (orientation) {
          case 2 -> new AffineTransform(-1, 0, 0, 1, w, 0);
          case 3 -> new AffineTransform(-1, 0, 0, -1, w, h);
          case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
          case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
          case 6 -> new AffineTransform(0, 1, -1, 0, h, 0);
          case 7 -> new AffineTransform(0, -1, -1, 0, h, w);
          case 8 -> new AffineTransform(0, -1, 1, 0, 0, w);
          default -> new AffineTransform();
        };
    if (turn.isIdentity()) {
      return image;
    }
    boolean onItsSide = orientation >= 5;
    BufferedImage out =
        new BufferedImage(onItsSide ? h : w, onItsSide ? w : h, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D pen = out.createGraphics();
    pen.drawImage(image, turn, null);
    pen.dispose();
    return out;
  }
}
