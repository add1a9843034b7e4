package app.infinitestories.purchases;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a purchase, in the form that is the same for whoever told it.
 *
 * @param id unique among all events of all sources: {@code source:the source's own id}
 * @param at when it happened by the store's clock, never when it was told
 * @param chain store and original transaction id ({@code apple:2000…}), the same for every renewal
 *     and from every source; null for TRANSFER only
 * @param tx store and transaction id; one purchase told three ways has it three times. Null where
 *     the event is about the chain as a whole
 * @param product the store's id of the product; null where the event does not name one
 * @param user who bought it as far as the source knows: a uid, or an anonymous id of RevenueCat
 * @param expiresAt end of the paid period; null for what does not end
 * @param graceUntil end of the grace period that a billing problem opened
 * @param willRenew null where the event says nothing about it
 * @param from whom a TRANSFER takes purchases from; empty for the others
 * @param to whom it gives them to, the first of them counts
 */
public record StoreEvent(
    String id,
    Instant at,
    Kind kind,
    Store store,
    @Nullable String chain,
    @Nullable String tx,
    @Nullable String product,
    @Nullable String user,
    @Nullable Instant expiresAt,
    @Nullable Instant graceUntil,
    @Nullable Boolean willRenew,
    List<String> from,
    List<String> to) {

  /** Ids become keys of maps in Firestore, which may have 1,500 bytes. */
  private static final int LONGEST_ID = 1000;

  /** Each customer of a TRANSFER is an account that is looked at. */
  private static final int MOST_CUSTOMERS = 100;

  /** Firestore's years are 1 to 9999. */
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  /** What happened; events of the same moment count in this order. */
  public enum Kind {
    PURCHASE,
    EXTEND,
    WILL_RENEW,
    GRACE,
    EXPIRE,
    REFUND,
    REFUND_REVERSED,
    SNAPSHOT,
    TRANSFER
  }

  /** Whether Firestore can hold a time. */
  public static boolean isKeepable(Instant time) {
    return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
  }

  /** What of it Firestore could never hold; empty as long as stores are in their right mind. */
  Optional<String> whyNotKept() {
    Stream<@Nullable Object> ids = Stream.of(id, chain, tx, product, user);
    boolean longId =
        Stream.of(ids, from.stream(), to.stream())
            .flatMap(each -> each)
            .filter(Objects::nonNull)
            .anyMatch(each -> each.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_ID);
    if (longId) {
      return Optional.of("an id of more than " + LONGEST_ID + " bytes");
    }
    if (from.size() > MOST_CUSTOMERS || to.size() > MOST_CUSTOMERS) {
      return Optional.of("a transfer between more than " + MOST_CUSTOMERS + " customers");
    }
    boolean strangeTime =
        Stream.of(at, expiresAt, graceUntil)
            .filter(Objects::nonNull)
            .anyMatch(time -> !isKeepable(time));
    return strangeTime ? Optional.of("a time outside of the years 1 to 9999") : Optional.empty();
  }

  /** The same about another product. */
  public StoreEvent withProduct(String other) {
    return new StoreEvent(
        id, at, kind, store, chain, tx, other, user, expiresAt, graceUntil, willRenew, from, to);
  }

  /** The same without a word about who bought it. */
  public StoreEvent withoutUser() {
    return new StoreEvent(
        id, at, kind, store, chain, tx, product, null, expiresAt, graceUntil, willRenew, from, to);
  }
}
