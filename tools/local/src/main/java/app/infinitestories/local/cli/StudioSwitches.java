package app.infinitestories.local.cli;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The studio's switches in the environment, which are read when a stack boots and not later. */
final class StudioSwitches {
  private record Switch(String variable, String setting) {}

  private static final List<Switch> ALL =
      List.of(new Switch("STUDIO_FAULTS", "faults"), new Switch("STUDIO_LATENCY", "latency"));

  private StudioSwitches() {}

  /**
   * What to tell somebody who set switches for a stack that runs already.
   *
   * @return empty when none is set
   */
  static Optional<String> unheeded(Map<String, String> environment, URI studio) {
    var set =
        ALL.stream()
            .filter(each -> !environment.getOrDefault(each.variable(), "").isBlank())
            .toList();
    if (set.isEmpty()) {
      return Optional.empty();
    }
    var lines = new StringBuilder();
    for (Switch each : set) {
      lines.append(
          """
            %1$s is read when a stack boots, so the running one does not heed it. To set it there:
              curl -X PUT %2$s/studio/settings -d '{"%3$s": "%4$s"}'
          """
              .formatted(
                  each.variable(),
                  studio,
                  each.setting(),
                  environment.getOrDefault(each.variable(), "")));
    }
    return Optional.of(lines.toString().stripTrailing());
  }
}
