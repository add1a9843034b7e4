package app.infinitestories.functions.entry;

import app.infinitestories.functions.wiring.Wiring;
import app.infinitestories.notifications.SendOutbox;
import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;

/** Sends the pushes that the triggers could not. */
public final class SendOutboxFunction implements HttpFunction {
  private final SendOutbox outbox = Wiring.get().sendOutbox();

  @Override
  public void service(HttpRequest request, HttpResponse response) {
    outbox.leftovers();
  }
}
