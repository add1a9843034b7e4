package app.infinitestories.local.cli;

import app.infinitestories.local.cli.story.Attachment;
import app.infinitestories.local.cli.story.Attachment.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Reads the files that go along with an order; what they are is told by how their names end. */
final class AttachedFiles {
  private static final Map<String, String> PICTURES =
      Map.of("jpg", "image/jpeg", "jpeg", "image/jpeg", "png", "image/png", "webp", "image/webp");
  private static final Map<String, String> SOUNDS =
      Map.of("mp3", "audio/mpeg", "m4a", "audio/mp4", "wav", "audio/wav", "webm", "audio/webm");
  private static final String SAMPLE = "photo-1.jpg";

  private final CommandLine line;

  AttachedFiles(CommandLine line) {
    this.line = line;
  }

  Attachment photo(Path file) {
    return read("--photo", "picture", file, PICTURES, Category.PHOTO);
  }

  Attachment idea(Path file) {
    return read("--idea-voice", "sound", file, SOUNDS, Category.VOICE);
  }

  /** A drawn photo, of no real person. */
  Attachment samplePhoto() {
    try (var sample =
        AttachedFiles.class.getResourceAsStream("/app/infinitestories/local/samples/" + SAMPLE)) {
      if (sample == null) {
        throw new IllegalStateException("The sample photo is not in the build");
      }
      return new Attachment(Category.PHOTO, SAMPLE, "image/jpeg", sample.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException("The sample photo cannot be read", e);
    }
  }

  private Attachment read(
      String option, String kind, Path file, Map<String, String> types, Category category) {
    if (!Files.isRegularFile(file)) {
      throw new ParameterException(
          line, option + " is a " + kind + " file; there is none at " + file);
    }
    var name = file.getFileName().toString();
    var type = types.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    if (type == null) {
      throw new ParameterException(
          line, option + " is one of " + new TreeSet<>(types.keySet()) + ", not " + name);
    }
    try {
      return new Attachment(category, name, type, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new ParameterException(line, "Cannot read " + file + ": " + e, e);
    }
  }
}
