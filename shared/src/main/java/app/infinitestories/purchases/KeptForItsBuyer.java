package app.infinitestories.purchases;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.firestore.FirestoreTimeout;
import app.infinitestories.platform.log.EventLog;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreException;
import com.google.common.base.Supplier;

/**
 * Says of a purchase that names no buyer what is true: while its chain is nobody's it is in no
 * account, and kept until an event names them or they show it. One of a chain that has an owner is
 * theirs, and applied.
 */
public final class KeptForItsBuyer implements ReceiveDelivery {
  private static final EventLog LOG = EventLog.of(KeptForItsBuyer.class);

  private final ReceiveDelivery inbox;
  private final Supplier<Firestore> firestore;

  /**
   * @param inbox keeps and applies what is delivered
   */
  public KeptForItsBuyer(ReceiveDelivery inbox, Supplier<Firestore> firestore) {
    this.inbox = inbox;
    this.firestore = firestore;
  }

  @Override
  public Outcome receive(Delivery delivery) {
    Outcome outcome = inbox.receive(delivery);
    boolean inAccounts = outcome == Outcome.APPLIED || outcome == Outcome.REPEATED;
    return inAccounts && delivery.event().filter(this::isNobodys).isPresent()
        ? Outcome.KEPT
        : outcome;
  }

  private boolean isNobodys(StoreEvent event) {
    String chain = event.chain();
    if (event.kind() != StoreEvent.Kind.PURCHASE || event.user() != null || chain == null) {
      return false;
    }
    try {
      var purchase = firestore.get().collection("purchases").document(ChainRecord.id(chain));
      return ChainRecord.of(on(purchase.get())).owner() == null;
    } catch (FirestoreException | FirestoreTimeout e) {
      // it is kept, whoever has it: nothing is to be sent again for that
      LOG.warn("purchase.owner_unknown", "event", event.id(), "why", e.getClass().getName());
      return true;
    }
  }
}
