package app.infinitestories.local.part;

import java.nio.file.Path;

/** The JDK that runs this program, and therefore the one that runs its children. */
public final class Jdk {
  private Jdk() {}

  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
