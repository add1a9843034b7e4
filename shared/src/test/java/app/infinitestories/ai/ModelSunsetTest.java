package app.infinitestories.ai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.provider.ProviderException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelSunsetTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T00:00:00Z"), ZoneOffset.UTC);
  private static final LocalDate END = LocalDate.of(2027, 1, 6);

  @Test
  void whatTheProviderSaidIsKnown() {
    var sunset = new ModelSunset(() -> Map.of("talker", END), Set.of("talker"), CLOCK);

    sunset.ask();

    assertEquals(Map.of("talker", END), sunset.dates());
  }

  @Test
  void nobodyWaitsForTheFirstAnswer() {
    var sunset =
        new ModelSunset(
            () -> {
              throw new ProviderException.Busy("p", "m", "silent", Optional.empty(), null);
            },
            Set.of("talker"),
            CLOCK);

    assertTrue(sunset.dates().isEmpty());
  }

  @Test
  void aSilentProviderLeavesWhatWasKnown() {
    boolean[] silent = {false};
    var sunset =
        new ModelSunset(
            () -> {
              if (silent[0]) {
                throw new ProviderException.Busy("p", "m", "silent", Optional.empty(), null);
              }
              return Map.of("talker", END);
            },
            Set.of("talker"),
            CLOCK);
    sunset.ask();
    silent[0] = true;

    sunset.ask();

    assertEquals(Map.of("talker", END), sunset.dates());
  }
}
