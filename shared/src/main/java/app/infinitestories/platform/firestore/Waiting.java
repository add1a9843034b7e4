package app.infinitestories.platform.firestore;

import com.google.api.core.ApiFuture;
import com.google.api.gax.rpc.ApiException;
import com.google.cloud.firestore.FirestoreException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for an answer of Firestore, but not for ever. */
public final class Waiting {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private Waiting() {}

  /**
   * The answer.
   *
   * @throws FirestoreException as the service said
   * @throws FirestoreTimeout when it says nothing for 30 seconds
   */
  public static <T> T on(ApiFuture<T> future) {
    try {
      return future.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw switch (cause) {
        case FirestoreException refused -> refused;
        // Refused commits come without the client's own exception around them.
        case ApiException refused -> FirestoreException.forApiException(refused);
        case null, default -> new IllegalStateException("Firestore's client failed", cause);
      };
    } catch (TimeoutException e) {
      throw new FirestoreTimeout(LONGEST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for Firestore", e);
    }
  }
}
