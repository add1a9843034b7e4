package app.infinitestories.functions.entry;

import app.infinitestories.functions.wiring.Wiring;
import app.infinitestories.notifications.SendOutbox;
import app.infinitestories.purchases.SettleDeliveries;
import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;

/** Sends the pushes that the triggers could not, and settles purchases that were only kept. */
public final class SendOutboxFunction implements HttpFunction {
  private final SendOutbox outbox = Wiring.get().sendOutbox();

  private final SettleDeliveries deliveries = Wiring.get().deliveries();

  @Override
  public void service(HttpRequest request, HttpResponse response) {
    deliveries.leftovers();
    outbox.leftovers();
  }
}
