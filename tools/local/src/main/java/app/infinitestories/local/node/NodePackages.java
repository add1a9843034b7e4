package app.infinitestories.local.node;

import app.infinitestories.local.part.ChildProcess;
import app.infinitestories.local.part.PartException;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A folder with the node_modules that the lock file names. It lies in the user's cache under the
 * lock file's hash, so that only the first start after a change of the lock file downloads.
 */
public final class NodePackages {
  private static final Duration INSTALL = Duration.ofMinutes(15);
  private static final String COMPLETE = ".complete";

  /** What the emulators that run on Node need. */
  public static final NodePackages EMULATORS = new NodePackages("node");

  private final String resources;

  /**
   * @param resources folder on the class path with package.json, its lock file and scripts
   */
  public NodePackages(String resources) {
    this.resources = resources;
  }

  /**
   * The folder, installed if need be.
   *
   * @throws PartException when npm fails; the message has the end of its log
   */
  public Path install(Map<String, String> environment) {
    try {
      var lock = resource("package-lock.json");
      var hash = Hashing.sha256().hashBytes(lock).toString().substring(0, 16);
      var cache = cache(environment);
      var folder = cache.resolve("node-" + hash);
      if (Files.exists(folder.resolve(COMPLETE))) {
        return folder;
      }
      Files.createDirectories(cache);
      // Two checkouts may start for the first time at once: one installs, the other waits.
      try (var file =
              FileChannel.open(
                  cache.resolve("node-" + hash + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          var _ = file.lock()) {
        if (!Files.exists(folder.resolve(COMPLETE))) {
          install(folder, lock);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies one of the scripts beside the node_modules it is for, and says where it is. */
  public Path script(String name, Path folder) {
    try {
      byte[] source = resource(name);
      var hash = Hashing.sha256().hashBytes(source).toString().substring(0, 12);
      var file = folder.resolve(hash + "-" + name);
      if (!Files.exists(file)) {
        var written = Files.createTempFile(folder, name, ".tmp");
        Files.write(written, source);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void install(Path folder, byte[] lock) throws IOException {
    if (Files.exists(folder)) {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE); // half done
    }
    Files.createDirectories(folder);
    Files.write(folder.resolve("package.json"), resource("package.json"));
    Files.write(folder.resolve("package-lock.json"), lock);
    System.err.println("Installing packages for Node into " + folder + " (once)…");
    var npm =
        ChildProcess.start(
            "npm",
            List.of(
                "npm",
                "ci",
                "--prefix",
                folder.toString(),
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--prefer-offline"),
            Map.of(),
            folder.resolve("npm.log"));
    npm.awaitSuccess(INSTALL);
    Files.createFile(folder.resolve(COMPLETE));
  }

  private static Path cache(Map<String, String> environment) {
    var xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    var base = xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
    return base.resolve("infinitestories");
  }

  private byte[] resource(String name) throws IOException {
    return Resources.toByteArray(Resources.getResource(resources + "/" + name));
  }
}
