package app.infinitestories.safety;

import app.infinitestories.provider.Answer;
import app.infinitestories.provider.Charge;
import app.infinitestories.provider.ProviderException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rings around a text or picture, asked one after the other; the first one that says no decides.
 * They fail closed: a ring that cannot answer lets its exception go up, and nothing has passed.
 */
public final class SafetyRings<T> {
  /**
   * What the rings say together.
   *
   * @param stoppedBy the ring that said no, empty if all let it pass
   * @param categories the broken rules, in that ring's words
   * @param charges what asking cost
   */
  public record Decision(
      Optional<String> stoppedBy, List<String> categories, List<Charge> charges) {
    public boolean allowed() {
      return stoppedBy.isEmpty();
    }
  }

  private final Map<String, Ring<T>> rings;

  private SafetyRings(Map<String, Ring<T>> rings) {
    this.rings = rings;
  }

  /** No ring yet; {@link #check} refuses to work without any. */
  public static <T> SafetyRings<T> none() {
    return new SafetyRings<>(Map.of());
  }

  /** These rings and one more, asked last. The name is for logs and the parent's answer. */
  public SafetyRings<T> then(String name, Ring<T> ring) {
    Map<String, Ring<T>> more = new LinkedHashMap<>(rings);
    more.put(name, ring);
    return new SafetyRings<>(more);
  }

  /** Asks the rings in their order. */
  public Decision check(T subject) throws ProviderException {
    if (rings.isEmpty()) {
      throw new IllegalStateException("nothing passes without a ring");
    }
    List<Charge> charges = new ArrayList<>();
    for (Map.Entry<String, Ring<T>> ring : rings.entrySet()) {
      Answer<Verdict> answer = ring.getValue().check(subject);
      charges.add(answer.charge());
      if (answer.value().flagged()) {
        return new Decision(
            Optional.of(ring.getKey()), answer.value().categories(), List.copyOf(charges));
      }
    }
    return new Decision(Optional.empty(), List.of(), List.copyOf(charges));
  }
}
