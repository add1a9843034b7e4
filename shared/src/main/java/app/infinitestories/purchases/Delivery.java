package app.infinitestories.purchases;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a source delivered, verified already, as it is kept: verbatim, and what we made of it.
 *
 * @param source who says it: revenuecat, apple, google or verify
 * @param id the source's own id of it, the same when it is delivered again
 * @param raw the body as it came
 * @param event what it means for purchases; empty for what means nothing to us
 * @param ignored why it has no event; null when it has one
 */
public record Delivery(
    String source, String id, String raw, Optional<StoreEvent> event, @Nullable String ignored) {

  /** A delivery that changes purchases. */
  public static Delivery of(String source, String id, String raw, StoreEvent event) {
    return new Delivery(source, id, raw, Optional.of(event), null);
  }

  /** A delivery that is kept, and changes nothing: a test, a type unknown to us, a sandbox. */
  public static Delivery ignored(String source, String id, String raw, String why) {
    return new Delivery(source, id, raw, Optional.empty(), why);
  }
}
