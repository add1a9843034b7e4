package app.infinitestories.ai;

import app.infinitestories.platform.config.Environment;
import java.util.List;
import java.util.Optional;

/** Which model does a kind of work, and which one when that is gone. */
public record ModelChoice(String id, Optional<String> fallback) {
  /** Both ids, the first one first. */
  public List<String> ids() {
    return fallback.map(other -> List.of(id, other)).orElseGet(() -> List.of(id));
  }

  static ModelChoice from(
      Environment env, String name, String id, String fallback, String description) {
    return new ModelChoice(
        env.text(name, id, "model for " + description),
        Optional.of(
                env.text(
                    name + "_FALLBACK",
                    fallback,
                    "model for " + description + " when the first is gone; none for no other"))
            .filter(other -> !other.equals("none")));
  }
}
