package app.infinitestories.film;

import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Reads PNG, JPEG and WebP into opaque sRGB pictures. The size is known before a pixel is decoded,
 * and a large picture is made smaller while it is read.
 */
final class PictureReader {
  /** Formats by their first bytes. */
  enum Format {
    PNG,
    JPEG,
    WEBP
  }

  private static final String FFMPEG_FORMATS = "webp_pipe,jpeg_pipe,image2";

  private PictureReader() {}

  static Optional<Format> formatOf(byte[] bytes) {
    if (startsWith(bytes, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
      return Optional.of(Format.PNG);
    }
    if (startsWith(bytes, 0, 0xFF, 0xD8, 0xFF)) {
      return Optional.of(Format.JPEG);
    }
    if (startsWith(bytes, 0, 'R', 'I', 'F', 'F') && startsWith(bytes, 8, 'W', 'E', 'B', 'P')) {
      return Optional.of(Format.WEBP);
    }
    return Optional.empty();
  }

  /** Width and height by the header. */
  static Dimension sizeOf(byte[] bytes, Format format) {
    return switch (format) {
      case PNG, JPEG -> withReader(bytes, format, PictureReader::size);
      case WEBP -> WebpHeader.sizeOf(bytes);
    };
  }

  /** More frames than one, by the chunk that APNG and animated WebP announce them with. */
  static boolean isAnimated(byte[] bytes, Format format) {
    return switch (format) {
      case PNG -> hasPngChunkBeforePixels(bytes, "acTL");
      case JPEG -> false;
      case WEBP -> WebpHeader.isAnimated(bytes);
    };
  }

  /** Reads a picture of at most {@code maxPixels}, for a stage of about {@code longSide} px. */
  static BufferedImage read(byte[] bytes, long maxPixels, int longSide) {
    Format format =
        formatOf(bytes).orElseThrow(() -> new UnreadableMedia("neither PNG, JPEG nor WebP"));
    Dimension size = sizeOf(bytes, format);
    if ((long) size.width * size.height > maxPixels) {
      throw new UnreadableMedia("a picture with too many pixels");
    }
    return decode(bytes, format, longSide);
  }

  /** Decodes, at least twice as large as {@code longSide} if the picture is. */
  static BufferedImage decode(byte[] bytes, Format format, int longSide) {
    if (format == Format.WEBP) {
      return decodeWithFfmpeg(bytes, longSide);
    }
    Optional<BufferedImage> image =
        withReader(
            bytes,
            format,
            reader -> {
              if (!reader.getImageTypes(0).hasNext()) {
                return Optional.empty(); // CMYK, which ImageIO does not convert
              }
              return Optional.of(opaque(decode(reader, longSide)));
            });
    return image.orElseGet(() -> decodeWithFfmpeg(bytes, longSide));
  }

  static byte[] png(BufferedImage image) {
    return encoded(image, "png");
  }

  static byte[] jpeg(BufferedImage image) {
    return encoded(image, "jpg");
  }

  /** Smaller by halves first, so that no pixel is left out. Never larger. */
  static BufferedImage scaledDown(BufferedImage image, int longSide) {
    BufferedImage at = image;
    while (Math.max(at.getWidth(), at.getHeight()) >= 2 * longSide) {
      at = drawn(at, Math.max(1, at.getWidth() / 2), Math.max(1, at.getHeight() / 2));
    }
    int longest = Math.max(at.getWidth(), at.getHeight());
    if (longest <= longSide) {
      return at;
    }
    double factor = (double) longSide / longest;
    return drawn(
        at,
        Math.max(1, (int) Math.round(at.getWidth() * factor)),
        Math.max(1, (int) Math.round(at.getHeight() * factor)));
  }

  private static BufferedImage drawn(BufferedImage image, int width, int height) {
    BufferedImage out = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D pen = out.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, width, height);
    pen.drawImage(image, 0, 0, width, height, null);
    pen.dispose();
    return out;
  }

  private static BufferedImage opaque(BufferedImage image) {
    return drawn(image, image.getWidth(), image.getHeight());
  }

  private interface Reading<T> {
    T from(ImageReader reader) throws IOException;
  }

  private static <T> T withReader(byte[] bytes, Format format, Reading<T> reading) {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format.name()).next();
    try (var input = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(input, false, true);
      return reading.from(reader);
    } catch (IOException
        | IllegalArgumentException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | IllegalStateException
        | java.awt.color.CMMException
        | NullPointerException e) {
      // The readers of the JDK answer broken bytes with any of these.
      throw new UnreadableMedia("a damaged picture", e);
    } finally {
      reader.dispose();
    }
  }

  private static Dimension size(ImageReader reader) throws IOException {
    return new Dimension(reader.getWidth(0), reader.getHeight(0));
  }

  private static BufferedImage decode(ImageReader reader, int longSide) throws IOException {
    Dimension size = size(reader);
    int step = Math.max(1, Math.max(size.width, size.height) / (2 * longSide));
    ImageReadParam param = reader.getDefaultReadParam();
    param.setSourceSubsampling(step, step, 0, 0);
    boolean[] cutOff = new boolean[1];
    // The decoder pads a cut-off JPEG with grey and only warns. Without its last marker alone, a
    // picture is whole, as some cameras leave it out.
    reader.addIIOReadWarningListener((source, warning) ->
        cutOff[0] |= warning.toLowerCase(Locale.ROOT).contains("premature end"));
    BufferedImage image = reader.read(0, param);
    if (cutOff[0]) {
      throw new UnreadableMedia("a picture that is cut off");
    }
    return image;
  }

  private static BufferedImage decodeWithFfmpeg(byte[] bytes, int longSide) {
    try (Decoder decoder = new Decoder(bytes, FFMPEG_FORMATS, AVMEDIA_TYPE_VIDEO);
        Scaler scaler = new Scaler()) {
      AVFrame frame = decoder.next();
      if (frame == null || decoder.brokenPackets() > 0 || frame.decode_error_flags() != 0) {
        throw new UnreadableMedia("a damaged picture");
      }
      int longest = Math.max(frame.width(), frame.height());
      double factor = Math.min(1, 2.0 * longSide / longest);
      int width = Math.max(1, (int) Math.round(frame.width() * factor));
      int height = Math.max(1, (int) Math.round(frame.height() * factor));
      return opaque(scaler.toImageWithAlpha(frame, width, height));
    }
  }

  private static boolean hasPngChunkBeforePixels(byte[] bytes, String wanted) {
    long at = 8;
    while (at + 8 <= bytes.length) {
      String type =
          new String(bytes, (int) at + 4, 4, java.nio.charset.StandardCharsets.ISO_8859_1);
      if (type.equals(wanted)) {
        return true;
      }
      if (type.equals("IDAT")) {
        return false;
      }
      long length = java.nio.ByteBuffer.wrap(bytes).getInt((int) at) & 0xFFFFFFFFL;
      at += 12 + length;
    }
    return false;
  }

  private static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var stream = new javax.imageio.stream.MemoryCacheImageOutputStream(out)) {
      if (!ImageIO.write(image, format, stream)) {
        throw new IllegalStateException("no writer for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static boolean startsWith(byte[] bytes, int at, int... magic) {
    if (bytes.length < at + magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[at + i] & 255) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
