package app.infinitestories.local.cli.story;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.util.Map;

/** Tells the offline studio which seed to draw from: the same seed gives the same story again. */
final class StudioSeed {
  private StudioSeed() {}

  /**
   * Sets the seed, if the address is a studio.
   *
   * @return what came of it, for the person at the terminal
   */
  static String set(HttpCalls http, URI studio, long seed) {
    try {
      var body = JsonNodeFactory.instance.objectNode().put("seed", seed);
      http.json(
          "setting the studio's seed", "PUT", studio.resolve("/studio/settings"), Map.of(), body);
      return "seed " + seed + " (the same again: --seed " + seed + ")";
    } catch (ApiException e) {
      return "seed "
          + seed
          + " is ignored: what paints and tells is outside, at "
          + studio
          + ", and takes none ("
          + e.status()
          + ")";
    }
  }
}
