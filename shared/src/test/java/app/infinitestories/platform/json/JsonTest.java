package app.infinitestories.platform.json;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTest {
  static String[] broken() {
    return new String[] {
      "{\"secret\":", "secret", "[".repeat(2_000), "{\"a\":".repeat(2_000), "9".repeat(2_000)
    };
  }

  @ParameterizedTest
  @MethodSource("broken")
  void whatIsNotJsonIsRefusedWithoutBeingTold(String text) {
    var tree = assertThrows(IllegalArgumentException.class, () -> Json.parse(text));
    assertThrows(IllegalArgumentException.class, () -> Json.read(text, Sample.class));

    assertFalse(String.valueOf(tree.getMessage()).contains("secret"));
  }

  private record Sample(String name) {}
}
