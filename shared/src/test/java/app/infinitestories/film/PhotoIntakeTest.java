package app.infinitestories.film;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import app.infinitestories.film.PhotoCheck.Reason;
import app.infinitestories.film.PhotoCheck.Unusable;
import app.infinitestories.film.PhotoCheck.Usable;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoIntakeTest {
  private final PhotoIntake intake = new PhotoIntake();

  @Test
  void aLargePhotoIsMadeSmaller() {
    Usable photo = usable(PictureReader.jpeg(TestMedia.picture(1, 4000, 3000)));

    assertEquals(1536, photo.width());
    assertEquals(1152, photo.height());
  }

  @Test
  void onlyPixelsComeThrough() {
    byte[] jpeg = PictureReader.jpeg(TestMedia.picture(1, 300, 200));
    byte[] withExif = withExif(jpeg, 1, "SECRET-PLACE");
    byte[] upload = Arrays.copyOf(withExif, withExif.length + 12);
    System.arraycopy(
        "TRAILING-XYZ".getBytes(StandardCharsets.US_ASCII), 0, upload, withExif.length, 12);

    String png = new String(usable(upload).png(), StandardCharsets.ISO_8859_1);

    assertFalse(
        png.contains("SECRET-PLACE") || png.contains("TRAILING-XYZ") || png.contains("Exif"));
  }

  /** A red left half: where it is seen after turning upright. */
  @ParameterizedTest
  @CsvSource({
    "1,10,100",
    "2,290,100",
    "3,290,100",
    "4,10,100",
    "5,100,10",
    "6,100,10",
    "7,100,290",
    "8,100,290"
  })
  void aPhotoIsTurnedUpright(int orientation, int x, int y) throws IOException {
    BufferedImage image = TestMedia.plain(Color.BLUE, 300, 200);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.RED);
    pen.fillRect(0, 0, 150, 200);
    pen.dispose();

    Usable photo = usable(withExif(PictureReader.jpeg(image), orientation, ""));

    BufferedImage seen = ImageIO.read(new ByteArrayInputStream(photo.png()));
    assertEquals(orientation >= 5 ? 200 : 300, seen.getWidth());
    assertEquals(255, new Color(seen.getRGB(x, y)).getRed(), 10);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_BYTE_INDEXED,
        BufferedImage.TYPE_BYTE_BINARY
      })
  void pngOfAnyKindIsRead(int type) {
    assertEquals(120, usable(PictureReader.png(new BufferedImage(120, 90, type))).width());
  }

  @Test
  void transparencyBecomesWhite() throws IOException {
    byte[] png = PictureReader.png(new BufferedImage(80, 80, BufferedImage.TYPE_INT_ARGB));

    BufferedImage seen = ImageIO.read(new ByteArrayInputStream(usable(png).png()));

    assertEquals(Color.WHITE.getRGB(), seen.getRGB(40, 40));
  }

  @Test
  void cmykJpegFromAPrinterIsRead() throws IOException {
    var inks = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 200, 100, 4, null);
    for (int i = 0; i < 200 * 100; i++) {
      // inverted, as all programs write it: full cyan on the left, bare paper on the right
      inks.setPixel(i % 200, i / 200, new int[] {i % 200 < 100 ? 0 : 255, 255, 255, 255});
    }
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var stream = ImageIO.createImageOutputStream(jpeg)) {
      writer.setOutput(stream);
      writer.write(new IIOImage(inks, null, null));
    }
    writer.dispose();

    Usable photo = usable(jpeg.toByteArray());

    BufferedImage seen = ImageIO.read(new ByteArrayInputStream(photo.png()));
    assertEquals(0, new Color(seen.getRGB(20, 50)).getRed(), 8);
    assertEquals(255, new Color(seen.getRGB(20, 50)).getGreen(), 8);
    assertEquals(255, new Color(seen.getRGB(180, 50)).getRed(), 8);
  }

  @Test
  void webpIsRead() throws IOException {
    byte[] webp = TestMedia.webp(TestMedia.plain(Color.RED, 2000, 1000));

    Usable photo = usable(webp);

    assertEquals(1536, photo.width());
    assertEquals(768, photo.height());
    BufferedImage seen = ImageIO.read(new ByteArrayInputStream(photo.png()));
    assertEquals(255, new Color(seen.getRGB(700, 400)).getRed(), 12);
    assertEquals(0, new Color(seen.getRGB(700, 400)).getBlue(), 12);
    assertInstanceOf(Unusable.class, intake.check(Arrays.copyOf(webp, webp.length / 2)));
    assertEquals(Reason.DAMAGED, refusal(Arrays.copyOf(webp, 16)));
  }

  @Test
  void refusalsHaveTheirReason() throws IOException {
    byte[] png = PictureReader.png(TestMedia.picture(1, 200, 200));
    byte[] jpeg = PictureReader.jpeg(TestMedia.picture(1, 400, 400));
    ByteArrayOutputStream gif = new ByteArrayOutputStream();
    ImageIO.write(TestMedia.picture(1, 100, 100), "gif", gif);

    assertEquals(Reason.EMPTY, refusal(new byte[0]));
    assertEquals(Reason.TOO_MANY_BYTES, refusal(new byte[10_000_001]));
    assertEquals(Reason.UNSUPPORTED_FORMAT, refusal(gif.toByteArray()));
    assertEquals(Reason.UNSUPPORTED_FORMAT, refusal("<svg/>".getBytes(StandardCharsets.US_ASCII)));
    assertEquals(Reason.TOO_SMALL, refusal(PictureReader.png(TestMedia.plain(Color.RED, 1, 1))));
    assertEquals(Reason.DAMAGED, refusal(Arrays.copyOf(png, png.length / 2)));
    assertEquals(Reason.DAMAGED, refusal(Arrays.copyOf(jpeg, jpeg.length / 2)));
    assertEquals(Reason.DAMAGED, refusal(Arrays.copyOf(png, 12)));
    assertEquals(Reason.ANIMATED, refusal(withChunkAfterHeader(png, "acTL")));
  }

  @Test
  void aBombIsRefusedByItsHeader() {
    byte[] png = PictureReader.png(TestMedia.picture(1, 200, 200));
    ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
    byte[] zero = PictureReader.png(TestMedia.picture(1, 200, 200));
    ByteBuffer.wrap(zero).putInt(16, 0);
    byte[] webp = new byte[64];
    ByteBuffer.wrap(webp).put("RIFF0000WEBPVP8X".getBytes(StandardCharsets.US_ASCII));
    Arrays.fill(webp, 24, 30, (byte) 0x7F);

    assertEquals(Reason.TOO_MANY_PIXELS, refusal(withRightCrc(png)));
    assertEquals(Reason.TOO_MANY_PIXELS, refusal(webp));
    assertInstanceOf(Unusable.class, intake.check(withRightCrc(zero)));
  }

  /** The header's checksum over its changed fields. */
  private static byte[] withRightCrc(byte[] png) {
    ByteBuffer.wrap(png).putInt(29, crc(png, 12, 17));
    return png;
  }

  private Usable usable(byte[] upload) {
    return assertInstanceOf(Usable.class, intake.check(upload));
  }

  private Reason refusal(byte[] upload) {
    return assertInstanceOf(Unusable.class, intake.check(upload)).reason();
  }

  private static int crc(byte[] bytes, int from, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  private static byte[] withChunkAfterHeader(byte[] png, String type) {
    ByteBuffer out = ByteBuffer.allocate(png.length + 20);
    out.put(png, 0, 33).putInt(8).put(type.getBytes(StandardCharsets.US_ASCII));
    out.putInt(2).putInt(0).putInt(crc(out.array(), 37, 12));
    return out.put(png, 33, png.length - 33).array();
  }

  /** An APP1 segment with an orientation and a text in it. */
  private static byte[] withExif(byte[] jpeg, int orientation, String text) {
    byte[] words = text.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer app1 = ByteBuffer.allocate(36 + words.length);
    app1.putShort((short) 0xFFE1).putShort((short) (34 + words.length));
    app1.put(new byte[] {'E', 'x', 'i', 'f', 0, 0, 'M', 'M'}).putShort((short) 42).putInt(8);
    app1.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
    app1.putShort((short) orientation).putShort((short) 0).putInt(0).put(words);
    ByteBuffer out = ByteBuffer.allocate(jpeg.length + app1.capacity());
    return out.put(jpeg, 0, 2).put(app1.array()).put(jpeg, 2, jpeg.length - 2).array();
  }
}
