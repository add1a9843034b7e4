package app.infinitestories.purchases.revenuecat;

import app.infinitestories.platform.json.Json;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.purchases.Delivery;
import app.infinitestories.purchases.Store;
import app.infinitestories.purchases.StoreEvent;
import app.infinitestories.purchases.StoreEvent.Kind;
import app.infinitestories.purchases.StoreIds;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Reads the subscriber of an event back from RevenueCat, whose answer decides the state of the
 * event's subscription. It is asked once: the event itself has been applied already, and the next
 * one asks again.
 */
public final class ReadBack {
  private static final EventLog LOG = EventLog.of(ReadBack.class);

  /** In characters: kept verbatim in one document of Firestore, which holds 1 MiB. */
  private static final int LONGEST_ANSWER = 256 << 10;

  private final OkHttpClient client;
  private final HttpUrl base;
  private final String key;

  private ReadBack(RevenueCatConfig config, String key) {
    this.base = HttpUrl.get(config.baseUrl().toString());
    this.key = key;
    this.client = new OkHttpClient.Builder().callTimeout(config.patience()).build();
  }

  /** None without a key. */
  public static Optional<ReadBack> of(RevenueCatConfig config) {
    return config.apiKey().map(key -> new ReadBack(config, key.value()));
  }

  /** What RevenueCat says now of the subscription that an event was about. */
  public Optional<Delivery> snapshot(StoreEvent event) {
    if (event.user() == null || event.chain() == null) {
      return Optional.empty();
    }
    HttpUrl url =
        base.newBuilder().addPathSegments("v1/subscribers").addPathSegment(event.user()).build();
    Request request =
        new Request.Builder().url(url).header("Authorization", "Bearer " + key).get().build();
    try (Response response = client.newCall(request).execute()) {
      String body = response.body().string();
      if (!response.isSuccessful()) {
        LOG.warn("revenuecat.read_back_failed", "event", event.id(), "status", response.code());
        return Optional.empty();
      }
      if (body.length() > LONGEST_ANSWER) {
        LOG.warn("revenuecat.read_back_too_long", "event", event.id(), "length", body.length());
        return Optional.empty();
      }
      return snapshot(event, body);
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("revenuecat.read_back_failed", "event", event.id(), "why", e.getClass().getName());
      return Optional.empty();
    }
  }

  private static Optional<Delivery> snapshot(StoreEvent event, String body) {
    JsonNode answer = Json.parse(body);
    JsonNode asked = answer.path("request_date_ms");
    if (!asked.canConvertToLong() || !asked.isIntegralNumber()) {
      return Optional.empty();
    }
    var subscriptions = answer.path("subscriber").path("subscriptions").properties();
    for (var each : subscriptions) {
      JsonNode subscription = each.getValue();
      if (isOf(event, subscription)) {
        String id = event.id() + ":read-back:" + asked.longValue();
        return Optional.of(
            Delivery.of(
                ReadEvent.SOURCE,
                id,
                body,
                told(
                    event,
                    ReadEvent.SOURCE + ":" + id,
                    Instant.ofEpochMilli(asked.longValue()),
                    each.getKey(),
                    subscription)));
      }
    }
    return Optional.empty();
  }

  /**
   * The answer names the last transaction of each subscription, and not its first one: only what
   * surely is of the event's chain counts.
   */
  private static boolean isOf(StoreEvent event, JsonNode subscription) {
    Store store = WireEvent.storeOf(subscription.path("store").asText());
    String last = subscription.path("store_transaction_id").asText();
    if (store != event.store() || store == Store.OTHER || last.isEmpty()) {
      return false;
    }
    return StoreIds.transaction(store, last).equals(event.tx())
        || (store == Store.GOOGLE && StoreIds.chain(store, last).equals(event.chain()));
  }

  private static StoreEvent told(
      StoreEvent event, String id, Instant at, String product, JsonNode subscription) {
    String last = subscription.path("store_transaction_id").asText();
    boolean renews =
        subscription.path("unsubscribe_detected_at").isNull()
            && subscription.path("refunded_at").isNull();
    int plan = event.store() == Store.GOOGLE ? product.indexOf(':') : -1;
    return new StoreEvent(
        id,
        at,
        Kind.SNAPSHOT,
        event.store(),
        event.chain(),
        StoreIds.transaction(event.store(), last),
        plan < 0 ? product : product.substring(0, plan),
        event.user(),
        time(subscription.path("expires_date")),
        time(subscription.path("grace_period_expires_date")),
        renews,
        List.of(),
        List.of());
  }

  private static @Nullable Instant time(JsonNode text) {
    try {
      return text.isTextual() ? Instant.parse(text.asText()) : null;
    } catch (DateTimeException notATime) {
      return null;
    }
  }
}
