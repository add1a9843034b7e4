package app.infinitestories.functions.api.stores;

import app.infinitestories.functions.web.Authority;
import app.infinitestories.functions.web.Call;
import app.infinitestories.functions.web.RouteGroup;
import app.infinitestories.functions.web.Routes;
import app.infinitestories.functions.web.Status;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.purchases.ReceiveDelivery.Outcome;
import app.infinitestories.purchases.revenuecat.ProveWebhook;
import app.infinitestories.purchases.revenuecat.ReceiveWebhook;

/** Where the stores report what was bought. */
public final class StoreRoutes implements RouteGroup {
  private final ProveWebhook proveRevenueCat;
  private final ReceiveWebhook revenueCat;

  public StoreRoutes(ProveWebhook proveRevenueCat, ReceiveWebhook revenueCat) {
    this.proveRevenueCat = proveRevenueCat;
    this.revenueCat = revenueCat;
  }

  /** What became of a webhook: anything but 200 would bring it again. */
  record Received(Outcome outcome) {}

  @Override
  public void mount(Routes r) {
    r.post("/v2/purchase/revenuecat/webhook")
        .auth(Authority.machine("REVENUECAT", new RevenueCatSender(proveRevenueCat)))
        .unlimited()
        .returns(Status.OK, Received.class)
        .to(this::fromRevenueCat);
  }

  private Received fromRevenueCat(Call<String> call) {
    try {
      return new Received(revenueCat.receive(call.user()));
    } catch (IllegalArgumentException notJson) {
      throw Failure.BadInput.malformed("The body is not JSON.");
    }
  }
}
