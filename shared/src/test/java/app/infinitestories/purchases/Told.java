package app.infinitestories.purchases;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events as tests tell them: one chain's transaction, at an hour of a day in November. */
record Told(StoreEvent event) {
  static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  static final Products PRODUCTS =
      Products.of(
          """
          {"five":{"tokens":5},"three":{"tokens":3},"gift":{"giftTokens":4},
           "monthly":{"tier":"premium","monthlyStories":50},
           "plus":{"tier":"premium","monthlyStories":90,"tokens":2}}
          """);

  static Instant at(long hours) {
    return START.plus(Duration.ofHours(hours));
  }

  static Told of(StoreEvent.Kind kind, String id, long hours, @Nullable String chain) {
    return new Told(
        new StoreEvent(
            id,
            at(hours),
            kind,
            Store.APPLE,
            chain,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(),
            List.of()));
  }

  static StoreEvent purchase(
      String id, long hours, String chain, String tx, String product, @Nullable String user) {
    return of(StoreEvent.Kind.PURCHASE, id, hours, chain).tx(tx).product(product).by(user).event();
  }

  static StoreEvent refund(String id, long hours, String chain, String tx) {
    return of(StoreEvent.Kind.REFUND, id, hours, chain).tx(tx).event();
  }

  static StoreEvent transfer(String id, long hours, String from, String to) {
    StoreEvent e = of(StoreEvent.Kind.TRANSFER, id, hours, null).event();
    return new StoreEvent(
        e.id(),
        e.at(),
        e.kind(),
        e.store(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(from),
        List.of(to));
  }

  Told tx(@Nullable String tx) {
    return with(tx, event.product(), event.user(), event.expiresAt(), event.graceUntil());
  }

  Told product(@Nullable String product) {
    return with(event.tx(), product, event.user(), event.expiresAt(), event.graceUntil());
  }

  Told by(@Nullable String user) {
    return with(event.tx(), event.product(), user, event.expiresAt(), event.graceUntil());
  }

  Told until(long hours) {
    return with(event.tx(), event.product(), event.user(), at(hours), event.graceUntil());
  }

  Told grace(long hours) {
    return with(event.tx(), event.product(), event.user(), event.expiresAt(), at(hours));
  }

  Told renews(boolean willRenew) {
    StoreEvent e = event;
    return new Told(
        new StoreEvent(
            e.id(),
            e.at(),
            e.kind(),
            e.store(),
            e.chain(),
            e.tx(),
            e.product(),
            e.user(),
            e.expiresAt(),
            e.graceUntil(),
            willRenew,
            e.from(),
            e.to()));
  }

  private Told with(
      @Nullable String tx,
      @Nullable String product,
      @Nullable String user,
      @Nullable Instant expiresAt,
      @Nullable Instant graceUntil) {
    StoreEvent e = event;
    return new Told(
        new StoreEvent(
            e.id(),
            e.at(),
            e.kind(),
            e.store(),
            e.chain(),
            tx,
            product,
            user,
            expiresAt,
            graceUntil,
            e.willRenew(),
            e.from(),
            e.to()));
  }
}
