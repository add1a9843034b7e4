package app.infinitestories.functions.entry;

import app.infinitestories.ai.ModelSunset;
import app.infinitestories.functions.wiring.Wiring;
import app.infinitestories.purchases.SettleDeliveries;
import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;

/**
 * What is looked at once a day: which of our models the providers turn off soon, and whether
 * purchases of products that were unknown can be credited now.
 */
public final class DailyFunction implements HttpFunction {
  private final ModelSunset sunset = Wiring.get().modelSunset();

  private final SettleDeliveries deliveries = Wiring.get().deliveries();

  @Override
  public void service(HttpRequest request, HttpResponse response) {
    deliveries.unknownProducts();
    sunset.ask();
  }
}
