package app.infinitestories.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of one stack's sample keys, which are made up at each boot: another stack of the same
 * checkout has its own, and each goes with its stack.
 */
final class KeyFolder implements AutoCloseable {
  private final Path folder;

  private KeyFolder(Path folder) {
    this.folder = folder;
  }

  /** A fresh one inside that folder. */
  static KeyFolder in(Path parent) {
    try {
      Files.createDirectories(parent);
      return new KeyFolder(Files.createTempDirectory(parent, "keys-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Removes it; does nothing the second time. */
  @Override
  public void close() {
    if (!Files.exists(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
