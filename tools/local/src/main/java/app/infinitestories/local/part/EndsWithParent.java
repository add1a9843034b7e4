package app.infinitestories.local.part;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Runs another program's main class in a JVM that ends with the process which started it, however
 * that ended: killed too, when no shutdown hook runs. The other end of the standard input is closed
 * then.
 */
public final class EndsWithParent {
  private EndsWithParent() {}

  /** The arguments of {@code java} behind its options that run a main class of a jar like this. */
  public static List<String> arguments(Path jar, String main) {
    return List.of("-cp", jar + File.pathSeparator + home(), EndsWithParent.class.getName(), main);
  }

  /** The main class to run, and its arguments. */
  public static void main(String[] args)
      throws ClassNotFoundException, NoSuchMethodException, IllegalAccessException {
    Thread.ofPlatform().name("ends-with-parent").daemon().start(EndsWithParent::awaitEnd);
    var main = Class.forName(args[0]).getMethod("main", String[].class);
    try {
      main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(args[0] + " failed", e.getCause());
    }
  }

  private static void awaitEnd() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is told; only the end counts.
      }
    } catch (IOException gone) {
      // The same: nobody is there any more.
    }
    Runtime.getRuntime().halt(0);
  }

  private static Path home() {
    try {
      return Path.of(
          EndsWithParent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("classes from a place without a path", e);
    }
  }
}
