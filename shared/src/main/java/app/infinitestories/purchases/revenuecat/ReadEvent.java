package app.infinitestories.purchases.revenuecat;

import app.infinitestories.platform.Hashes;
import app.infinitestories.platform.json.Json;
import app.infinitestories.purchases.Delivery;
import app.infinitestories.purchases.StoreEvent;
import app.infinitestories.purchases.StoreEvent.Kind;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A webhook's body in normal form. Every type of RevenueCat's documentation is either an event or
 * ignored by name; what this version does not know is kept and ignored too.
 */
public final class ReadEvent {
  /** How deliveries of RevenueCat are marked. */
  public static final String SOURCE = "revenuecat";

  private static final String REFUND = "CUSTOMER_SUPPORT";

  private final KnownUsers users;
  private final boolean sandboxCounts;

  /**
   * @param sandboxCounts whether events of the stores' sandboxes mean anything
   */
  public ReadEvent(KnownUsers users, boolean sandboxCounts) {
    this.users = users;
    this.sandboxCounts = sandboxCounts;
  }

  /** Reads one, whatever it is: its sender is proven, and what came is kept. */
  public Delivery read(String raw) {
    JsonNode body;
    try {
      body = Json.parse(raw);
    } catch (IllegalArgumentException notJson) {
      return Delivery.unreadable(SOURCE, raw, notJson);
    }
    return read(raw, body.path("event"));
  }

  private Delivery read(String raw, JsonNode event) {
    String type = event.path("type").asText();
    String given = event.path("id").asText();
    String id = given.isEmpty() ? "body-" + Hashes.sha256(raw) : given;
    if (!event.isObject() || type.isEmpty()) {
      return Delivery.ignored(SOURCE, id, raw, "no event");
    }
    if (event.path("environment").asText().equals("SANDBOX") && !sandboxCounts) {
      return Delivery.ignored(SOURCE, id, raw, "sandbox");
    }
    return switch (meaning(new WireEvent(event, id, users), type)) {
      case Meaning.Event(StoreEvent told) -> Delivery.of(SOURCE, id, raw, told);
      case Meaning.Nothing(String why) -> Delivery.ignored(SOURCE, id, raw, why);
    };
  }

  private sealed interface Meaning {
    record Event(StoreEvent told) implements Meaning {}

    record Nothing(String why) implements Meaning {}
  }

  private static Meaning meaning(WireEvent wire, String type) {
    try {
      return switch (type) {
        case "INITIAL_PURCHASE", "RENEWAL", "NON_RENEWING_PURCHASE" ->
            new Meaning.Event(wire.purchase());
        case "SUBSCRIPTION_EXTENDED", "TEMPORARY_ENTITLEMENT_GRANT" ->
            new Meaning.Event(wire.extension());
        case "CANCELLATION" ->
            new Meaning.Event(
                wire.text("cancel_reason").equals(REFUND)
                    ? wire.aboutTransaction(Kind.REFUND)
                    : wire.renewing(false));
        case "UNCANCELLATION" -> new Meaning.Event(wire.renewing(true));
        // access ends with the EXPIRATION that follows, not here
        case "SUBSCRIPTION_PAUSED" -> new Meaning.Event(wire.renewing(false));
        case "PRODUCT_CHANGE" -> new Meaning.Event(wire.renewingAsNextProduct());
        case "BILLING_ISSUE" ->
            wire.hasGrace()
                ? new Meaning.Event(wire.grace())
                : new Meaning.Nothing("a billing issue without a grace period");
        case "EXPIRATION" -> new Meaning.Event(wire.expiration());
        case "REFUND_REVERSED" -> new Meaning.Event(wire.aboutTransaction(Kind.REFUND_REVERSED));
        case "TRANSFER" -> new Meaning.Event(wire.transfer());
        case "TEST",
            "INVOICE_ISSUANCE",
            "VIRTUAL_CURRENCY_TRANSACTION",
            "EXPERIMENT_ENROLLMENT",
            "PURCHASE_REDEEMED",
            "SUBSCRIBER_ALIAS" ->
            new Meaning.Nothing("changes no purchase: " + type);
        default ->
            new Meaning.Nothing(
                changesNothing(type) ? "changes no purchase: " + type : "unknown type");
      };
    } catch (WireEvent.Incomplete incomplete) {
      return new Meaning.Nothing("incomplete " + type + ": " + incomplete.getMessage());
    }
  }

  private static boolean changesNothing(String type) {
    return type.startsWith("PAYWALL_") || type.startsWith("PRICE_INCREASE_CONSENT_");
  }
}
