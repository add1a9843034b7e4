package app.infinitestories.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.studio.Fault;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StudioSwitchesTest {
  private static final URI STUDIO = URI.create("http://127.0.0.1:4711");

  @Test
  void whoeverSetsSwitchesForARunningStackIsToldHowToSetThemThere() {
    String told =
        StudioSwitches.unheeded(
                Map.of("STUDIO_FAULTS", "server-error@images=2", "STUDIO_SEED", "7"), STUDIO)
            .orElseThrow();

    assertTrue(told.contains("STUDIO_FAULTS is read when a stack boots"), told);
    assertTrue(
        told.contains(
            "curl -X PUT http://127.0.0.1:4711/studio/settings"
                + " -d '{\"faults\": \"server-error@images=2\"}'"),
        told);
    assertEquals(2, told.lines().count(), "the seed is what --seed says, on any stack");
  }

  @Test
  void theGuideNamesEveryFault() throws Exception {
    String guide = Files.readString(Path.of("..", "..", "docs", "local-stack.md"));

    for (Fault fault : Fault.values()) {
      assertTrue(guide.contains("`" + fault.label() + "`"), fault.label());
    }
  }

  @Test
  void otherwiseThereIsNothingToTell() {
    assertTrue(StudioSwitches.unheeded(Map.of("STUDIO_FAULTS", " "), STUDIO).isEmpty());
  }
}
