package app.infinitestories.purchases.revenuecat;

import app.infinitestories.purchases.Delivery;
import app.infinitestories.purchases.ReceiveDelivery;
import app.infinitestories.purchases.ReceiveDelivery.Outcome;
import java.util.Optional;

/** Takes a proven webhook in: the event first, then how its subscription stands now. */
public final class ReceiveWebhook {
  private final ReadEvent readEvent;
  private final ReceiveDelivery inbox;
  private final Optional<ReadBack> readBack;

  public ReceiveWebhook(ReadEvent readEvent, ReceiveDelivery inbox, Optional<ReadBack> readBack) {
    this.readEvent = readEvent;
    this.inbox = inbox;
    this.readBack = readBack;
  }

  /**
   * Takes it in; when this returns it is kept.
   *
   * @throws app.infinitestories.platform.failure.Failure.Unavailable when it could not be kept
   */
  public Outcome receive(String raw) {
    Delivery delivery = readEvent.read(raw);
    Outcome outcome = inbox.receive(delivery);
    if (outcome == Outcome.APPLIED) {
      delivery
          .event()
          .flatMap(event -> readBack.flatMap(asked -> asked.snapshot(event)))
          .ifPresent(inbox::receive);
    }
    return outcome;
  }
}
