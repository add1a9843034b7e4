package app.infinitestories.local.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A child process that nobody is left to end. */
class EndsWithParentTest {

  /** A program that never ends by itself. */
  static final class Forever {
    private Forever() {}

    public static void main(String[] args) throws InterruptedException {
      System.out.println("hello " + String.join(" ", args));
      new CountDownLatch(1).await();
    }
  }

  @Test
  void itRunsTheProgramUntilItsParentIsGone() throws Exception {
    Process child = start("anna", "ben");
    try {
      assertEquals("hello anna ben", firstLine(child));
      assertTrue(child.isAlive());

      // As the system does for a parent that was killed.
      child.getOutputStream().close();

      assertTrue(child.waitFor(30, TimeUnit.SECONDS), "it is still there");
    } finally {
      child.destroyForcibly();
    }
  }

  private static Process start(String... arguments) throws Exception {
    Path classes =
        Path.of(Forever.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    var command = new ArrayList<>(List.of(Jdk.java(), "-XX:TieredStopAtLevel=1"));
    command.addAll(EndsWithParent.arguments(classes, Forever.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  private static String firstLine(Process process) throws IOException {
    return new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
  }
}
