package app.infinitestories.ai.openai;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageInputStream;

/** Whether bytes really are a picture: decodes all of it, since a cut file has a good head. */
final class Pngs {
  private static final byte[] MAGIC = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private Pngs() {}

  static boolean decodes(byte[] bytes) {
    if (bytes.length < MAGIC.length
        || !java.util.Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return false;
    }
    var readers = ImageIO.getImageReadersByFormatName("png");
    var reader = readers.next();
    // Not ImageIO.read: its cache would write a child's picture to the disk.
    try (ImageInputStream in =
        new javax.imageio.stream.MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in);
      return reader.read(0).getWidth() > 1;
    } catch (IOException | RuntimeException e) {
      // The decoder throws unchecked exceptions for damaged data too.
      return false;
    } finally {
      reader.dispose();
    }
  }
}
