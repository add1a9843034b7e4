package app.infinitestories.platform.firestore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.api.core.ApiFutures;
import com.google.api.core.SettableApiFuture;
import com.google.cloud.firestore.FirestoreException;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How long anybody waits for Firestore. */
class WaitingTest {
  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void allWaitsOfAWorkTogetherEndWithItsDeadline() {
    var given = new AtomicInteger();

    assertThrows(
        FirestoreTimeout.class,
        () ->
            Waiting.within(
                Duration.ofMillis(50),
                () -> {
                  given.addAndGet(Waiting.on(ApiFutures.immediateFuture(1)));
                  try {
                    Waiting.on(SettableApiFuture.create());
                  } catch (FirestoreTimeout first) {
                    given.addAndGet(10);
                  }
                  return Waiting.on(SettableApiFuture.create());
                }));

    assertEquals(11, given.get());
  }

  @Test
  void whatIsThereIsTakenAfterTheDeadlineToo() {
    int taken = Waiting.within(Duration.ZERO, () -> Waiting.on(ApiFutures.immediateFuture(7)));

    assertEquals(7, taken);
  }

  @Test
  void aDeadlineInsideAnotherDoesNotLastLonger() {
    assertThrows(
        FirestoreTimeout.class,
        () ->
            Waiting.within(
                Duration.ZERO,
                () -> Waiting.within(LONG, () -> Waiting.on(SettableApiFuture.create()))));
  }

  @Test
  void whatFirestoreSaysGoesOnToWhoeverAsked() {
    var refused = FirestoreException.forServerRejection(Status.ABORTED, "contention on a document");

    FirestoreException told =
        assertThrows(
            FirestoreException.class, () -> Waiting.on(ApiFutures.immediateFailedFuture(refused)));

    assertEquals(refused, told);
  }

  @Test
  void aFaultOfTheClientIsOurs() {
    var fault = new IllegalArgumentException("no such field");

    var told =
        assertThrows(
            IllegalStateException.class, () -> Waiting.on(ApiFutures.immediateFailedFuture(fault)));

    assertTrue(fault.equals(told.getCause()));
  }
}
