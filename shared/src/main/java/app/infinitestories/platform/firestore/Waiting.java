package app.infinitestories.platform.firestore;

import com.google.api.core.ApiFuture;
import com.google.api.gax.rpc.ApiException;
import com.google.cloud.firestore.FirestoreException;
import com.google.common.collect.Comparators;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for an answer of Firestore, but not for ever. */
public final class Waiting {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final ScopedValue<Long> DEADLINE = ScopedValue.newInstance();

  private Waiting() {}

  /**
   * Does the work, whose waits together end with the deadline: whoever sent a request does not wait
   * as long as each of its calls may. Holds for this thread, and inside another deadline only as
   * long as that one.
   */
  public static <T, X extends Throwable> T within(Duration most, ScopedValue.CallableOp<T, X> work)
      throws X {
    long deadline = System.nanoTime() + Math.min(most.toNanos(), left().toNanos());
    return ScopedValue.where(DEADLINE, deadline).call(work);
  }

  /**
   * The answer.
   *
   * @throws FirestoreException as the service said
   * @throws FirestoreTimeout when it says nothing for 30 seconds, or until the deadline
   */
  public static <T> T on(ApiFuture<T> future) {
    Duration longest = left();
    try {
      return future.get(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw switch (cause) {
        case FirestoreException refused -> refused;
        // Refused commits come without the client's own exception around them.
        case ApiException refused -> FirestoreException.forApiException(refused);
        case null, default -> new IllegalStateException("Firestore's client failed", cause);
      };
    } catch (TimeoutException e) {
      throw new FirestoreTimeout(longest);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for Firestore", e);
    }
  }

  private static Duration left() {
    if (!DEADLINE.isBound()) {
      return LONGEST;
    }
    Duration left = Duration.ofNanos(DEADLINE.get() - System.nanoTime());
    return left.isNegative() ? Duration.ZERO : Comparators.min(left, LONGEST);
  }
}
