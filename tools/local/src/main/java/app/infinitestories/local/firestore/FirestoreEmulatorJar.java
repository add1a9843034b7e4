package app.infinitestories.local.firestore;

import app.infinitestories.local.part.PartException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the emulator's jar in the gcloud SDK, wherever that was installed. */
public final class FirestoreEmulatorJar {
  private static final String IN_SDK =
      "platform/cloud-firestore-emulator/cloud-firestore-emulator.jar";

  /** What to do when there is none. */
  public static final String HOW_TO_GET =
      "Install the Google Cloud SDK (https://cloud.google.com/sdk/docs/install) and run"
          + " `gcloud components install cloud-firestore-emulator`"
          + " (Debian: `apt-get install google-cloud-cli-firestore-emulator`)."
          + " CLOUDSDK_ROOT_DIR names an SDK in an unusual folder.";

  private FirestoreEmulatorJar() {}

  /**
   * Looks in CLOUDSDK_ROOT_DIR, beside the {@code gcloud} on the PATH, and in the usual folders.
   */
  public static Optional<Path> find(Map<String, String> environment) {
    return sdkRoots(environment).stream()
        .map(root -> root.resolve(IN_SDK))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  static Path require(Map<String, String> environment) {
    return find(environment)
        .orElseThrow(
            () -> new PartException("The Firestore emulator's jar was not found. " + HOW_TO_GET));
  }

  private static List<Path> sdkRoots(Map<String, String> environment) {
    var roots = new ArrayList<Path>();
    var named = environment.get("CLOUDSDK_ROOT_DIR");
    if (named != null && !named.isBlank()) {
      roots.add(Path.of(named));
    }
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      var gcloud = Path.of(folder, "gcloud");
      if (!folder.isBlank() && Files.isExecutable(gcloud)) {
        sdkOf(gcloud).ifPresent(roots::add);
      }
    }
    var home = Path.of(System.getProperty("user.home"));
    roots.add(home.resolve("google-cloud-sdk"));
    roots.add(Path.of("/usr/lib/google-cloud-sdk"));
    roots.add(Path.of("/usr/share/google-cloud-sdk"));
    roots.add(Path.of("/opt/google-cloud-sdk"));
    roots.add(Path.of("/snap/google-cloud-cli/current"));
    roots.add(Path.of("/opt/homebrew/share/google-cloud-sdk"));
    roots.add(Path.of("/usr/local/share/google-cloud-sdk"));
    return roots;
  }

  /** {@code <sdk>/bin/gcloud}, behind the symbolic links of package managers. */
  private static Optional<Path> sdkOf(Path gcloud) {
    try {
      return Optional.ofNullable(gcloud.toRealPath().getParent()).map(Path::getParent);
    } catch (IOException e) {
      return Optional.empty(); // a link that leads nowhere: the other folders are worth a look
    }
  }
}
