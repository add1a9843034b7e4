package app.infinitestories.local.studio;

import java.util.Map;

/** How a studio runs: port (0 picks a free one), seed of everything it makes, latency, faults. */
public record StudioSettings(int port, long seed, Latency latency, Faults faults) {

  /** A quick studio on a free port, without faults. */
  public static StudioSettings quick() {
    return new StudioSettings(0, 1, new Latency(0), Faults.none());
  }

  /**
   * Reads {@code STUDIO_PORT}, {@code STUDIO_SEED}, {@code STUDIO_LATENCY} and {@code
   * STUDIO_FAULTS}; what is absent has a default fit for the local stack.
   *
   * @throws IllegalArgumentException naming the value that is not understood
   */
  public static StudioSettings fromEnvironment(Map<String, String> environment) {
    return new StudioSettings(
        Math.toIntExact(number(environment, "STUDIO_PORT", 0)),
        number(environment, "STUDIO_SEED", 1),
        Latency.parse(environment.getOrDefault("STUDIO_LATENCY", "1")),
        Faults.parse(environment.getOrDefault("STUDIO_FAULTS", "")));
  }

  public StudioSettings withFaults(Faults ordered) {
    return new StudioSettings(port, seed, latency, ordered);
  }

  private static long number(Map<String, String> environment, String name, long absent) {
    String text = environment.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return absent;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a whole number, not " + text, e);
    }
  }
}
