package app.infinitestories.functions.api.stores;

import app.infinitestories.functions.web.Authority;
import app.infinitestories.functions.web.Call;
import app.infinitestories.functions.web.RouteGroup;
import app.infinitestories.functions.web.Routes;
import app.infinitestories.functions.web.Status;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.purchases.ReceiveDelivery.Outcome;
import app.infinitestories.purchases.apple.AppleNotification;

/**
 * Where the stores report what was bought. Success means kept; anything else would bring it again.
 */
public final class StoreRoutes implements RouteGroup {
  private final RevenueCatDoor revenueCat;
  private final AppleDoor apple;
  private final GoogleDoor google;

  public StoreRoutes(RevenueCatDoor revenueCat, AppleDoor apple, GoogleDoor google) {
    this.revenueCat = revenueCat;
    this.apple = apple;
    this.google = google;
  }

  /** What became of a webhook. */
  record Received(Outcome outcome) {}

  @Override
  public void mount(Routes r) {
    r.post("/v1/purchase/apple/notifications")
        .auth(Authority.machine("APPLE_JWS", new AppleSender(apple.signatures())))
        .unlimited()
        .returns(Status.OK, Received.class)
        .to(this::fromApple);
    r.post("/v1/purchase/google/notifications")
        .auth(Authority.machine("GOOGLE_OIDC", new GoogleSender(google.prove())))
        .unlimited()
        .returns(Status.NO_CONTENT)
        .to(this::fromGoogle);
    r.post("/v2/purchase/revenuecat/webhook")
        .auth(Authority.machine("REVENUECAT", new RevenueCatSender(revenueCat.prove())))
        .unlimited()
        .returns(Status.OK, Received.class)
        .to(this::fromRevenueCat);
  }

  private Received fromApple(Call<AppleNotification> call) {
    return new Received(apple.inbox().receive(apple.read().read(call.user())));
  }

  private void fromGoogle(Call<String> call) {
    google.receive().get().orElseThrow(Failure.Unauthenticated::new).receive(call.user());
  }

  private Received fromRevenueCat(Call<String> call) {
    return new Received(revenueCat.receive().receive(call.user()));
  }
}
