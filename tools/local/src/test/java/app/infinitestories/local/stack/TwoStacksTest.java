package app.infinitestories.local.stack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two stacks of one checkout; the emulators of both are said to run elsewhere. */
class TwoStacksTest {
  private static final List<String> ELSEWHERE =
      List.of(
          "FIRESTORE_EMULATOR_HOST",
          "FIREBASE_AUTH_EMULATOR_HOST",
          "FIREBASE_DATABASE_EMULATOR_HOST",
          "CLOUD_TASKS_EMULATOR_HOST");

  @TempDir Path folder;

  private LocalStack start() {
    Map<String, String> environment = new HashMap<>();
    ELSEWHERE.forEach(name -> environment.put(name, "127.0.0.1:1"));
    return LocalStack.start(
        StackSettings.of(folder, environment).withFunctions(List.of()).withLogs(folder));
  }

  private static Path appleRoot(LocalStack stack) {
    return Path.of(stack.environment().getOrDefault("APPLE_ROOT_CERTIFICATES", ""));
  }

  @Test
  void eachHasItsOwnKeysForAsLongAsItRuns() throws Exception {
    try (var first = start()) {
      byte[] key = Files.readAllBytes(first.keyFile());
      byte[] root = Files.readAllBytes(appleRoot(first));
      try (var second = start()) {
        assertNotEquals(first.keyFile(), second.keyFile());
        assertNotEquals(appleRoot(first), appleRoot(second));
        assertTrue(Files.exists(second.keyFile()));
        assertTrue(Files.exists(appleRoot(second)));
      }
      assertArrayEquals(key, Files.readAllBytes(first.keyFile()));
      assertArrayEquals(root, Files.readAllBytes(appleRoot(first)));
      assertEquals(
          first.keyFile().toString(), first.environment().get("GOOGLE_APPLICATION_CREDENTIALS"));
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertFalse(left.anyMatch(file -> file.getFileName().toString().startsWith("keys-")));
    }
  }
}
