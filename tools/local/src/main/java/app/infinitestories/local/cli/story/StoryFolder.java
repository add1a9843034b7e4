package app.infinitestories.local.cli.story;

import app.infinitestories.local.part.PartException;
import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** The folder of one finished story, and what lies in it. */
final class StoryFolder {
  private final Path folder;
  private final List<Path> files = new ArrayList<>();

  StoryFolder(Path out, String storyId) {
    this.folder = out.resolve(storyId);
  }

  /** What was written, in that order. */
  List<Path> files() {
    return List.copyOf(files);
  }

  Path write(String name, byte[] bytes) {
    var file = folder.resolve(name);
    try {
      Files.createDirectories(folder);
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new PartException("Cannot write " + file + ": " + e.getMessage(), e);
    }
    files.add(file);
    return file;
  }

  Path write(String name, JsonNode json) {
    var text = json.toPrettyString() + System.lineSeparator();
    return write(name, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** Writes a picture as PNG, whatever it came as. */
  Path writePng(String name, byte[] picture) {
    var file = folder.resolve(name);
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
      if (image == null) {
        throw new PartException("The API served a picture that is neither PNG nor JPEG: " + name);
      }
      Files.createDirectories(folder);
      if (!ImageIO.write(image, "png", file.toFile())) {
        throw new PartException("This Java writes no PNG of that kind of picture: " + name);
      }
    } catch (IOException e) {
      throw new PartException("Cannot write " + file + ": " + e.getMessage(), e);
    }
    files.add(file);
    return file;
  }
}
