package app.infinitestories.purchases.google;

import app.infinitestories.platform.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * A real-time developer notification as Pub/Sub pushes it: little more than what to ask about.
 * https://developer.android.com/google/play/billing/rtdn-reference
 *
 * @param raw the body as it came
 * @param id of the Pub/Sub message, the same when it is pushed again
 * @param at when it happened
 */
record PlayNotification(String raw, String id, String packageName, Instant at, About about) {

  /** What it is about. */
  sealed interface About {
    record Subscription(int type, String token) implements About {}

    record OneTimeProduct(int type, String token, String productId) implements About {}

    record Voided(String token, String orderId) implements About {}

    record Test() implements About {}

    record Unknown() implements About {}
  }

  /**
   * Reads a push.
   *
   * @throws IllegalArgumentException if it is none
   */
  static PlayNotification of(String raw) {
    JsonNode message = Json.parse(raw).path("message");
    String id = message.path("messageId").asText(message.path("message_id").asText(""));
    JsonNode data =
        Json.parse(
            new String(
                Base64.getDecoder().decode(message.path("data").asText("")),
                StandardCharsets.UTF_8));
    if (id.isEmpty() || !data.isObject()) {
      throw new IllegalArgumentException("no message of Pub/Sub with a notification");
    }
    return new PlayNotification(
        raw,
        id,
        data.path("packageName").asText(""),
        Instant.ofEpochMilli(data.path("eventTimeMillis").asLong()),
        about(data));
  }

  private static About about(JsonNode data) {
    JsonNode subscription = data.path("subscriptionNotification");
    JsonNode product = data.path("oneTimeProductNotification");
    JsonNode voided = data.path("voidedPurchaseNotification");
    if (subscription.isObject()) {
      return new About.Subscription(
          subscription.path("notificationType").asInt(),
          subscription.path("purchaseToken").asText(""));
    }
    if (product.isObject()) {
      return new About.OneTimeProduct(
          product.path("notificationType").asInt(),
          product.path("purchaseToken").asText(""),
          product.path("sku").asText(""));
    }
    if (voided.isObject()) {
      return new About.Voided(
          voided.path("purchaseToken").asText(""), voided.path("orderId").asText(""));
    }
    return data.has("testNotification") ? new About.Test() : new About.Unknown();
  }
}
