package app.infinitestories.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the product's files are, from whichever module the tests run. */
public final class Checkout {
  private Checkout() {}

  /** The nearest folder above with the product's rules. */
  public static Path folder() {
    var folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("firestore.rules"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("No firestore.rules above " + Path.of("").toAbsolutePath());
    }
    return folder;
  }

  /** A file at the root of the checkout. */
  public static Path file(String name) {
    return folder().resolve(name);
  }
}
