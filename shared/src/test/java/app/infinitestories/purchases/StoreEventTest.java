package app.infinitestories.purchases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What of a store's event Firestore can hold. */
class StoreEventTest {
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final String LONG_ID = "an id of more than 1000 bytes";
  private static final String STRANGE_TIME = "a time outside of the years 1 to 9999";

  @Test
  void anIdHasAtMostAThousandBytes() {
    assertEquals(Optional.empty(), why("x".repeat(1000), List.of(), LAST));
    assertEquals(Optional.of(LONG_ID), why("x".repeat(1001), List.of(), LAST));
    assertEquals(Optional.of(LONG_ID), why("ä".repeat(501), List.of(), LAST));
    assertEquals(Optional.of(LONG_ID), why("c", List.of("x".repeat(1001)), LAST));
    assertEquals(Optional.empty(), why(null, List.of(), null));
  }

  @Test
  void aTransferIsBetweenAtMostAHundred() {
    String why = "a transfer between more than 100 customers";

    assertEquals(Optional.empty(), why(null, Collections.nCopies(100, "anna"), null));
    assertEquals(Optional.of(why), why(null, Collections.nCopies(101, "anna"), null));
    assertEquals(
        Optional.of(why),
        event(null, List.of(), Collections.nCopies(101, "ben"), null).whyNotKept());
  }

  @Test
  void aTimeIsOfTheYearsThatFirestoreHas() {
    assertEquals(Optional.empty(), why("c", List.of(), FIRST));
    assertEquals(Optional.of(STRANGE_TIME), why("c", List.of(), LAST.plusSeconds(1)));
    assertEquals(Optional.of(STRANGE_TIME), why("c", List.of(), FIRST.minusSeconds(1)));
  }

  @Test
  void whatCannotBeKeptIsKeptAsUnreadable() {
    StoreEvent good = event("c", List.of(), List.of(), LAST);
    assertEquals(Optional.of(good), Delivery.of("apple", "1", "{}", good).event());
    assertNull(Delivery.of("apple", "1", "{}", good).ignored());

    Delivery bad =
        Delivery.of("apple", "1", "{}", event("c", List.of(), List.of(), LAST.plusSeconds(1)));

    assertEquals(Optional.empty(), bad.event());
    assertEquals("unreadable: " + STRANGE_TIME, bad.ignored());
    assertEquals("1", bad.id());
  }

  @Test
  void aReasonIsCutWhereItIsLong() {
    String reason = "r".repeat(200);

    assertEquals(reason, Delivery.ignored("apple", "1", "{}", reason).ignored());
    assertEquals(reason, Delivery.ignored("apple", "1", "{}", reason + "s").ignored());
  }

  private static Optional<String> why(
      @Nullable String chain, List<String> from, @Nullable Instant expiresAt) {
    return event(chain, from, List.of(), expiresAt).whyNotKept();
  }

  private static StoreEvent event(
      @Nullable String chain, List<String> from, List<String> to, @Nullable Instant expiresAt) {
    return new StoreEvent(
        "apple:1",
        Told.START,
        StoreEvent.Kind.PURCHASE,
        Store.APPLE,
        chain,
        "apple:tx",
        null,
        null,
        expiresAt,
        null,
        null,
        from,
        to);
  }
}
