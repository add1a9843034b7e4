package app.infinitestories.engagement;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.platform.firestore.FirestoreTimeout;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.firestore.WriteBatch;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sets or takes a mark whose existence decides: whatever a refusal means (it is so already, the
 * client's own second copy, contention), the mark itself tells whether there is more to do.
 */
final class MarkCommit {
  static final int ATTEMPTS = 10;
  static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  private MarkCommit() {}

  /**
   * Commits until the mark is there, or gone.
   *
   * @param batch made anew for each attempt; carries the precondition on the mark
   * @throws Failure.Unavailable when Firestore refuses again and again
   */
  static void until(boolean there, DocumentReference mark, Supplier<WriteBatch> batch) {
    RuntimeException last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      last = commit(batch.get());
      if (last == null || on(mark.get()).exists() == there) {
        return;
      }
    }
    throw new Failure.Unavailable(TRY_AGAIN, last);
  }

  /** What was thrown instead of an answer that tells for sure; null when the batch is in. */
  static @Nullable RuntimeException commit(WriteBatch batch) {
    try {
      on(batch.commit());
      return null;
    } catch (FirestoreException e) {
      if (!Commits.isDoubtful(e)) {
        throw e;
      }
      return e;
    } catch (FirestoreTimeout e) {
      return e;
    }
  }
}
