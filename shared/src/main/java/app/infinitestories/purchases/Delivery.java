package app.infinitestories.purchases;

import app.infinitestories.platform.Hashes;
import app.infinitestories.platform.log.EventLog;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a source delivered, verified already, as it is kept: verbatim, and what we made of it.
 *
 * @param source who says it: revenuecat, apple, google or verify
 * @param id the source's own id of it, the same when it is delivered again
 * @param raw the body as it came
 * @param event what it means for purchases; empty for what means nothing to us
 * @param ignored why it has no event, at most 200 characters; null when it has one
 */
public record Delivery(
    String source, String id, String raw, Optional<StoreEvent> event, @Nullable String ignored) {

  private static final EventLog LOG = EventLog.of(Delivery.class);
  private static final int LONGEST_REASON = 200;

  /** A delivery that changes purchases; unreadable if its event is none that can be kept. */
  public static Delivery of(String source, String id, String raw, StoreEvent event) {
    return event
        .whyNotKept()
        .map(why -> unreadable(source, id, raw, new IllegalArgumentException(why)))
        .orElseGet(() -> new Delivery(source, id, raw, Optional.of(event), null));
  }

  /** A delivery that is kept, and changes nothing: a test, a type unknown to us, a sandbox. */
  public static Delivery ignored(String source, String id, String raw, String why) {
    String reason = why.length() > LONGEST_REASON ? why.substring(0, LONGEST_REASON) : why;
    return new Delivery(source, id, raw, Optional.empty(), reason);
  }

  /**
   * A delivery that nothing can be made of, although its sender is proven: sending it again would
   * not help, so it is kept like one that is ignored, and somebody has to look at it.
   */
  public static Delivery unreadable(String source, String raw, IllegalArgumentException why) {
    return unreadable(source, "body-" + Hashes.sha256(raw), raw, why);
  }

  private static Delivery unreadable(
      String source, String id, String raw, IllegalArgumentException why) {
    Delivery kept = ignored(source, id, raw, "unreadable: " + why.getMessage());
    LOG.error("purchase.unreadable", why, "source", source, "event", Inbox.id(kept));
    return kept;
  }
}
