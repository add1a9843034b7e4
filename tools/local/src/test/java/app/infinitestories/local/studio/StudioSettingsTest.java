package app.infinitestories.local.studio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StudioSettingsTest {

  @Test
  void anEmptyEnvironmentGivesAQuickStudioWithoutFaults() {
    StudioSettings settings = StudioSettings.fromEnvironment(Map.of());

    assertEquals(new StudioSettings(0, 1, new Latency(1), Faults.none()), settings);
  }

  @Test
  void everyValueIsReadFromTheEnvironment() {
    StudioSettings settings =
        StudioSettings.fromEnvironment(
            Map.of(
                "STUDIO_PORT", "9411",
                "STUDIO_SEED", "77",
                "STUDIO_LATENCY", "0",
                "STUDIO_FAULTS", "server-error@images=2, refusal,slow=forever"));

    assertEquals(9411, settings.port());
    assertEquals(77, settings.seed());
    assertEquals(Duration.ZERO, settings.latency().of(Endpoint.CHAT));
    assertEquals("server-error@images=2,refusal=1,slow=forever", settings.faults().toString());
  }

  @Test
  void anUnknownFaultIsRefusedWithTheListOfKnownOnes() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> Faults.parse("earthquake=1"));

    assertTrue(String.valueOf(error.getMessage()).contains("'earthquake'"));
    assertTrue(String.valueOf(error.getMessage()).contains("wrong-hero"));
  }

  @Test
  void aCountThatIsNoNumberIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Faults.parse("refusal=often"));
  }

  @Test
  void aLatencyThatIsNoFactorIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Latency.parse("slow"));
    assertThrows(IllegalArgumentException.class, () -> Latency.parse("-1"));
  }

  @Test
  void aSeedThatIsNoNumberIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> StudioSettings.fromEnvironment(Map.of("STUDIO_SEED", "lucky")));
  }

  @Test
  void aFaultIsCountedDownAndOnlyStrikesInItsScope() {
    FaultCounter counter = new FaultCounter(Faults.parse("refusal@images=1,slow=2"));

    assertFalse(counter.take(Fault.REFUSAL, Set.of("chat")));
    assertTrue(counter.take(Fault.REFUSAL, Set.of("images")));
    assertFalse(counter.take(Fault.REFUSAL, Set.of("images")));
    assertTrue(counter.take(Fault.SLOW, Set.of("speech")));
    assertEquals("refusal@images=0,slow=1", counter.remaining().toString());
  }
}
