package app.infinitestories.purchases.revenuecat;

import app.infinitestories.purchases.Store;
import app.infinitestories.purchases.StoreEvent;
import app.infinitestories.purchases.StoreEvent.Kind;
import app.infinitestories.purchases.StoreIds;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.Comparators;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One event as RevenueCat writes it: https://www.revenuecat.com/docs/integrations/webhooks. */
final class WireEvent {
  private static final String ANONYMOUS = "$RCAnonymousID:";
  private static final int LONGEST_USER = 128;
  private static final int MOST_ALIASES = 100;

  private final JsonNode event;
  private final String id;
  private final KnownUsers users;

  WireEvent(JsonNode event, String id, KnownUsers users) {
    this.event = event;
    this.id = id;
    this.users = users;
  }

  /** An event that lacks what its meaning needs. */
  static final class Incomplete extends Exception {
    Incomplete(String field) {
      super("no " + field);
    }
  }

  String text(String field) {
    return event.path(field).asText("");
  }

  /** Money came in; it happened when the store says that it was paid, however late that is told. */
  StoreEvent purchase() throws Incomplete {
    require("product_id");
    return event(Kind.PURCHASE, at("purchased_at_ms"))
        .expiring(time("expiration_at_ms"))
        .willRenew(text("type").equals("NON_RENEWING_PURCHASE") ? null : true)
        .build();
  }

  StoreEvent extension() throws Incomplete {
    if (time("expiration_at_ms") == null) {
      throw new Incomplete("expiration_at_ms");
    }
    return event(Kind.EXTEND, told()).expiring(time("expiration_at_ms")).build();
  }

  StoreEvent renewing(boolean willRenew) throws Incomplete {
    return event(Kind.WILL_RENEW, told()).willRenew(willRenew).build();
  }

  StoreEvent renewingAsNextProduct() throws Incomplete {
    String next = product(text("new_product_id"));
    return event(Kind.WILL_RENEW, told())
        .willRenew(true)
        .product(next == null ? product(text("product_id")) : next)
        .build();
  }

  boolean hasGrace() {
    return time("grace_period_expiration_at_ms") != null;
  }

  StoreEvent grace() throws Incomplete {
    return event(Kind.GRACE, told()).inGrace(time("grace_period_expiration_at_ms")).build();
  }

  /**
   * The end of a period counts from when it ended, so that one told late ends nothing that began
   * since; except that an unpaid one ends when the grace ends, which is when it is told.
   */
  StoreEvent expiration() throws Incomplete {
    Instant end = time("expiration_at_ms");
    boolean unpaid = text("expiration_reason").equals("BILLING_ERROR");
    Instant at = end == null || unpaid ? told() : Comparators.min(end, told());
    return event(Kind.EXPIRE, at).expiring(end == null ? told() : end).build();
  }

  StoreEvent aboutTransaction(Kind kind) throws Incomplete {
    return event(kind, told()).build();
  }

  /** Names no transaction: whatever the one customer has becomes the other's. */
  StoreEvent transfer() throws Incomplete {
    List<String> from = customers(event.path("transferred_from"));
    List<String> to = customers(event.path("transferred_to"));
    if (from.isEmpty() || to.isEmpty()) {
      throw new Incomplete(from.isEmpty() ? "transferred_from" : "transferred_to");
    }
    return new StoreEvent(
        eventId(),
        told(),
        Kind.TRANSFER,
        store(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        from,
        to);
  }

  private Draft event(Kind kind, Instant at) throws Incomplete {
    String transaction = require("transaction_id");
    String original = text("original_transaction_id");
    Store store = store();
    String scope = store == Store.OTHER ? text("store").toLowerCase(Locale.ROOT) + ":" : "";
    return new Draft(
        eventId(),
        at,
        kind,
        store,
        StoreIds.chain(store, scope + (original.isEmpty() ? transaction : original)),
        StoreIds.transaction(store, scope + transaction),
        product(text("product_id")),
        user());
  }

  private String eventId() {
    return ReadEvent.SOURCE + ":" + id;
  }

  private String require(String field) throws Incomplete {
    String value = text(field);
    if (value.isEmpty()) {
      throw new Incomplete(field);
    }
    return value;
  }

  /** When RevenueCat says that it came to know of it. */
  private Instant told() throws Incomplete {
    return at("event_timestamp_ms");
  }

  private Instant at(String field) throws Incomplete {
    Instant at = time(field);
    if (at == null) {
      at = time("event_timestamp_ms");
    }
    if (at == null) {
      throw new Incomplete("event_timestamp_ms");
    }
    return at;
  }

  /** A time that can be kept; any other is as good as none. */
  private @Nullable Instant time(String field) {
    JsonNode millis = event.path(field);
    if (!millis.isIntegralNumber() || !millis.canConvertToLong()) {
      return null;
    }
    Instant at = Instant.ofEpochMilli(millis.longValue());
    return StoreEvent.isKeepable(at) ? at : null;
  }

  private Store store() {
    return storeOf(text("store"));
  }

  static Store storeOf(String word) {
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "APP_STORE", "MAC_APP_STORE" -> Store.APPLE;
      case "PLAY_STORE" -> Store.GOOGLE;
      default -> Store.OTHER;
    };
  }

  /** Google's own notifications name the subscription only: its base plan is cut off here. */
  private @Nullable String product(String told) {
    if (told.isEmpty()) {
      return null;
    }
    int plan = store() == Store.GOOGLE ? told.indexOf(':') : -1;
    return plan < 0 ? told : told.substring(0, plan);
  }

  /** app_user_id, original_app_user_id, aliases: a user of ours, else the first that was given. */
  private @Nullable String user() {
    List<String> ids = new ArrayList<>();
    ids.add(text("app_user_id"));
    ids.add(text("original_app_user_id"));
    event.path("aliases").forEach(alias -> ids.add(alias.asText("")));
    List<String> usable =
        ids.stream().filter(WireEvent::isUsable).distinct().limit(MOST_ALIASES).toList();
    List<String> named = usable.stream().filter(user -> !user.startsWith(ANONYMOUS)).toList();
    Optional<String> known = named.isEmpty() ? Optional.empty() : users.firstKnown(named);
    return known
        .or(() -> named.stream().findFirst())
        .or(() -> usable.stream().findFirst())
        .orElse(null);
  }

  /** The ids of one side of a transfer, those that the app gave before RevenueCat's own. */
  private static List<String> customers(JsonNode ids) {
    List<String> named = new ArrayList<>();
    List<String> anonymous = new ArrayList<>();
    for (JsonNode each : ids) {
      String user = each.asText("");
      if (isUsable(user)) {
        (user.startsWith(ANONYMOUS) ? anonymous : named).add(user);
      }
    }
    named.addAll(anonymous);
    return List.copyOf(named);
  }

  /** Whether an id can name a document: RevenueCat takes any text from an app. */
  private static boolean isUsable(String user) {
    return !user.isBlank()
        && StandardCharsets.UTF_8.newEncoder().canEncode(user)
        && user.length() <= LONGEST_USER
        && user.indexOf('/') < 0
        && !user.equals(".")
        && !user.equals("..")
        && !(user.startsWith("__") && user.endsWith("__"));
  }

  /** An event that is being put together. */
  private record Draft(
      String id,
      Instant at,
      Kind kind,
      Store store,
      String chain,
      String tx,
      @Nullable String product,
      @Nullable String user,
      @Nullable Instant expiresAt,
      @Nullable Instant graceUntil,
      @Nullable Boolean willRenew) {

    Draft(
        String id,
        Instant at,
        Kind kind,
        Store store,
        String chain,
        String tx,
        @Nullable String product,
        @Nullable String user) {
      this(id, at, kind, store, chain, tx, product, user, null, null, null);
    }

    Draft expiring(@Nullable Instant end) {
      return new Draft(id, at, kind, store, chain, tx, product, user, end, graceUntil, willRenew);
    }

    Draft inGrace(@Nullable Instant until) {
      return new Draft(id, at, kind, store, chain, tx, product, user, expiresAt, until, willRenew);
    }

    Draft willRenew(@Nullable Boolean renews) {
      return new Draft(
          id, at, kind, store, chain, tx, product, user, expiresAt, graceUntil, renews);
    }

    Draft product(@Nullable String other) {
      return new Draft(
          id, at, kind, store, chain, tx, other, user, expiresAt, graceUntil, willRenew);
    }

    StoreEvent build() {
      return new StoreEvent(
          id,
          at,
          kind,
          store,
          chain,
          tx,
          product,
          user,
          expiresAt,
          graceUntil,
          willRenew,
          List.of(),
          List.of());
    }
  }
}
