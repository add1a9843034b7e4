package app.infinitestories.queue.line;

import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.queue.Timing;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.WriteBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finished answers by idempotency key, for 24 hours. There is no state "in flight". */
public final class KeepAnswer {
  private static final Duration KEPT = Duration.ofHours(24);

  private final QueueStore store;
  private final Timing timing;

  public KeepAnswer(QueueStore store, Timing timing) {
    this.store = store;
    this.timing = timing;
  }

  /** What is kept under a key: an answer to replay, or a mistake. Empty when nothing is. */
  public Optional<SubmitResult> find(Idempotency key) {
    return replay(on(ref(key).get()), key);
  }

  /**
   * Keeps an answer that made no job (402, 409, 422), unless a twin was faster: then its answer is
   * the one to give.
   */
  public Optional<SubmitResult> keep(Idempotency key, StoredAnswer answer) {
    DocumentSnapshot before = on(ref(key).get());
    Optional<SubmitResult> kept = replay(before, key);
    if (kept.isPresent()) {
      return kept;
    }
    String commitId = store.newId();
    WriteBatch batch = store.batch();
    put(batch, before, key, answer, null, commitId);
    return switch (Commits.commit(batch, ref(key), commitId)) {
      case Commits.Outcome.Applied applied -> Optional.empty();
      case Commits.Outcome.Refused refused -> find(key);
    };
  }

  DocumentReference ref(Idempotency key) {
    return store.document("idempotency/" + key.scopeHash());
  }

  Optional<SubmitResult> replay(DocumentSnapshot record, Idempotency key) {
    if (!isKept(record)) {
      return Optional.empty();
    }
    if (!key.bodyHash().equals(record.getString("bodyHash"))) {
      return Optional.of(new SubmitResult.KeyReused());
    }
    Long status = record.getLong("status");
    String body = record.getString("body");
    return Optional.of(
        new SubmitResult.Replayed(
            new StoredAnswer(status == null ? 200 : status.intValue(), body == null ? "" : body)));
  }

  /** Into the batch; an expired record that the TTL has not deleted yet is replaced. */
  void put(
      WriteBatch batch,
      DocumentSnapshot before,
      Idempotency key,
      StoredAnswer answer,
      @Nullable String jobId,
      String commitId) {
    Instant now = timing.now();
    Map<String, @Nullable Object> record = new HashMap<>();
    record.put("bodyHash", key.bodyHash());
    record.put("status", (long) answer.status());
    record.put("body", answer.body());
    record.put("jobId", jobId);
    record.put("commitId", commitId);
    record.put("createdAt", timestamp(now));
    record.put("expiresAt", timestamp(now.plus(KEPT)));
    if (before.exists()) {
      batch.update(ref(key), record, Precondition.updatedAt(before.getUpdateTime()));
    } else {
      batch.create(ref(key), record);
    }
  }

  private boolean isKept(DocumentSnapshot record) {
    Timestamp expires = record.exists() ? record.getTimestamp("expiresAt") : null;
    return expires != null && expires.compareTo(timestamp(timing.now())) > 0;
  }
}
