package app.infinitestories.functions.web;

import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.firestore.FirestoreTimeout;
import app.infinitestories.platform.realtime.RealtimeException;
import com.google.api.gax.rpc.ApiException;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.storage.StorageException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Tells a store that is down from a fault of ours: the first is 503, and worth another try. */
final class Outages {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
  private static final Set<String> STATUSES =
      Set.of("UNAVAILABLE", "DEADLINE_EXCEEDED", "RESOURCE_EXHAUSTED");
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERRORS = 500;

  private Outages() {}

  /** The failure to answer with, if that is what was thrown. */
  static Optional<Failure.Unavailable> of(RuntimeException thrown) {
    boolean outage =
        switch (thrown) {
          case FirestoreTimeout silent -> true;
          case RealtimeException silent -> true;
          case FirestoreException store ->
              store.getStatus() != null && STATUSES.contains(store.getStatus().getCode().name());
          case ApiException service -> STATUSES.contains(service.getStatusCode().getCode().name());
          // the storage client writes 0 where no answer came at all
          case StorageException storage ->
              storage.getCode() == 0
                  || storage.getCode() == TOO_MANY_REQUESTS
                  || storage.getCode() >= SERVER_ERRORS;
          default -> false;
        };
    return outage ? Optional.of(new Failure.Unavailable(RETRY_AFTER, thrown)) : Optional.empty();
  }
}
