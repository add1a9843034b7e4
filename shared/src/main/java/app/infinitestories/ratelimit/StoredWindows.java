package app.infinitestories.ratelimit;

import app.infinitestories.platform.Hashes;
import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.firestore.Times;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.api.core.ApiFuture;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.firestore.Precondition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sliding windows in documents {@code rateLimits/{policy:hash}}, exact across instances: each
 * document holds the accepted times and changes only under its last update time.
 */
final class StoredWindows {
  private static final String COLLECTION = "rateLimits/";
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /** Of those who collide at least one gets through each time, and the window soon is full. */
  private static final int ATTEMPTS = 40;

  /** Lazy: an instance that never opens a door need not connect. */
  private final Supplier<Firestore> firestore;

  private final Clock clock;
  private final IdSource marks;
  private final Cache<String, Instant> refusedUntil =
      Caffeine.newBuilder().maximumSize(50_000).build();

  StoredWindows(Supplier<Firestore> firestore, Clock clock, IdSource marks) {
    this.firestore = firestore;
    this.clock = clock;
    this.marks = marks;
  }

  Allowance take(RateLimit policy, String caller, SlidingWindow window) {
    String id = id(policy, caller);
    Instant until = refusedUntil.getIfPresent(id);
    Instant now = clock.instant();
    if (until != null && now.isBefore(until)) {
      return new Allowance(false, window.limit(), 0, Duration.between(now, until));
    }
    Allowance allowance = charge(firestore.get().document(COLLECTION + id), window);
    if (!allowance.granted()) {
      refusedUntil.put(id, clock.instant().plus(allowance.untilReset()));
    }
    return allowance;
  }

  /** The paths of all windows that a caller may have. */
  static List<String> paths(String caller) {
    return Arrays.stream(RateLimit.values())
        .filter(policy -> policy.kept() == RateLimit.Kept.IN_STORE)
        .map(policy -> COLLECTION + id(policy, caller))
        .toList();
  }

  private static String id(RateLimit policy, String caller) {
    return policy.name().toLowerCase(Locale.ROOT) + ":" + Hashes.sha256(caller);
  }

  private Allowance charge(DocumentReference document, SlidingWindow window) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    // A commit that the client library repeated reports a refusal although it was applied: the
    // mark tells it. Should somebody have written since, this request is counted twice, not never.
    String mark = marks.next();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      DocumentSnapshot read = await(document.get());
      List<Instant> before = times(read);
      if (attempt > 0 && mark.equals(read.get("mark"))) {
        List<Instant> others = new ArrayList<>(before);
        others.remove(now);
        return window.take(others, now).allowance();
      }
      SlidingWindow.Step step = window.take(before, now);
      if (!step.allowance().granted()
          || write(document, read, fields(step, mark, now.plus(window.length())))) {
        return step.allowance();
      }
    }
    throw new Failure.Unavailable(RETRY_AFTER, null);
  }

  private static Map<String, Object> fields(
      SlidingWindow.Step step, String mark, Instant expiresAt) {
    return Map.of(
        "at", step.accepted().stream().map(Times::timestamp).toList(),
        "mark", mark,
        "expiresAt", Times.timestamp(expiresAt));
  }

  /** Whether the fields were written; false if somebody else wrote in between. */
  private static boolean write(
      DocumentReference document, DocumentSnapshot read, Map<String, Object> fields) {
    Timestamp seen = read.getUpdateTime();
    try {
      await(
          read.exists() && seen != null
              ? document.update(fields, Precondition.updatedAt(seen))
              : document.create(fields));
      return true;
    } catch (Overtaken lost) {
      return false;
    }
  }

  @SuppressWarnings("unchecked") // Firestore returns arrays as List<Object>
  private static List<Instant> times(DocumentSnapshot read) {
    Object at = read.exists() ? read.get("at") : null;
    return at == null ? List.of() : ((List<Timestamp>) at).stream().map(Times::instant).toList();
  }

  private static <T> T await(ApiFuture<T> future) {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Failure.Unavailable(RETRY_AFTER, interrupted);
    } catch (TimeoutException silent) {
      future.cancel(true);
      throw new Failure.Unavailable(RETRY_AFTER, silent);
    } catch (ExecutionException failed) {
      if (isOvertaken(failed.getCause())) {
        throw new Overtaken();
      }
      throw new Failure.Unavailable(RETRY_AFTER, failed.getCause());
    }
  }

  private static boolean isOvertaken(@Nullable Throwable cause) {
    String status =
        switch (cause) {
          case null -> "";
          case FirestoreException e when e.getStatus() != null -> e.getStatus().getCode().name();
          case ApiException e -> e.getStatusCode().getCode().name();
          default -> "";
        };
    return List.of(
            StatusCode.Code.FAILED_PRECONDITION.name(),
            StatusCode.Code.ALREADY_EXISTS.name(),
            StatusCode.Code.NOT_FOUND.name(),
            StatusCode.Code.ABORTED.name())
        .contains(status);
  }

  /** The document changed between our read and our write. */
  private static final class Overtaken extends RuntimeException {
    Overtaken() {
      super("the window changed under our hands", null, false, false);
    }
  }
}
