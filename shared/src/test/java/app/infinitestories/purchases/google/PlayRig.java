package app.infinitestories.purchases.google;

import app.infinitestories.local.stores.PlayStandIn;
import app.infinitestories.purchases.KeptDeliveries;
import app.infinitestories.purchases.StoreAccountIds;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Google Play over the wire, with a subscription and a product that Anna may buy. */
final class PlayRig implements AutoCloseable {
  static final String PACKAGE = "app.example.stories";
  static final Instant BEGUN = Instant.parse("2026-05-01T11:00:00Z");
  static final Instant ENDS = Instant.parse("2026-06-01T11:00:00Z");
  private static final String ACCESS = "Bearer sample-access";

  final Clock clock;
  final PlayStandIn play;
  final KeptDeliveries inbox = new KeptDeliveries();

  PlayRig(Clock clock) {
    this.clock = clock;
    play = new PlayStandIn(0, PACKAGE, ACCESS::equals, clock);
    play.start();
  }

  @Override
  public void close() {
    play.stop();
  }

  GoogleConfig config(boolean sandboxCounts) {
    return new GoogleConfig(
        PACKAGE,
        PlayStandIn.AUDIENCE,
        PlayStandIn.PUSH_ACCOUNT,
        play.address().resolve("/oauth2/v3/certs"),
        play.address(),
        Duration.ofSeconds(10),
        sandboxCounts);
  }

  PlayStore store() {
    return store(ACCESS);
  }

  PlayStore store(String access) {
    return new PlayStore(config(false), request -> request.getHeaders().setAuthorization(access));
  }

  ReceivePlayNotification notifications(boolean sandboxCounts) {
    return new ReceivePlayNotification(
        config(sandboxCounts), this::store, KeptDeliveries.buyers("anna"), inbox);
  }

  VerifyGoogle verify(boolean sandboxCounts) {
    return new VerifyGoogle(
        config(sandboxCounts), this::store, KeptDeliveries.buyers("anna"), inbox, clock);
  }

  /** Known as token-1. */
  static ObjectNode subscription() {
    ObjectNode subscription =
        object()
            .put("subscriptionState", "SUBSCRIPTION_STATE_ACTIVE")
            .put("latestOrderId", "GPA.1-2-3-4")
            .put("startTime", BEGUN.toString())
            .put("acknowledgementState", "ACKNOWLEDGEMENT_STATE_PENDING");
    subscription
        .putObject("externalAccountIdentifiers")
        .put("obfuscatedExternalAccountId", StoreAccountIds.google("anna"));
    subscription
        .putArray("lineItems")
        .addObject()
        .put("productId", "premium")
        .put("expiryTime", ENDS.toString())
        .putObject("autoRenewingPlan")
        .put("autoRenewEnabled", true);
    return subscription;
  }

  /** Known as token-2. */
  static ObjectNode product() {
    return object()
        .put("purchaseState", 0)
        .put("consumptionState", 0)
        .put("acknowledgementState", 0)
        .put("orderId", "GPA.9-9-9-9")
        .put("purchaseTimeMillis", Long.toString(BEGUN.toEpochMilli()))
        .put("obfuscatedExternalAccountId", StoreAccountIds.google("anna"));
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
