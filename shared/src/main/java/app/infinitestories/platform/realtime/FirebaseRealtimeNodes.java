package app.infinitestories.platform.realtime;

import com.google.api.core.ApiFuture;
import com.google.firebase.database.DataSnapshot;
import com.google.firebase.database.DatabaseError;
import com.google.firebase.database.FirebaseDatabase;
import com.google.firebase.database.MutableData;
import com.google.firebase.database.Transaction;
import com.google.firebase.database.ValueEventListener;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@link RealtimeNodes} on the Firebase Admin SDK. */
public final class FirebaseRealtimeNodes implements RealtimeNodes {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Supplier<FirebaseDatabase> database;
  private final Duration timeout;

  /**
   * @param database asked for at the first use: many requests need no connection
   */
  public FirebaseRealtimeNodes(Supplier<FirebaseDatabase> database) {
    this(database, TIMEOUT);
  }

  /**
   * The same with another patience.
   *
   * @param timeout silence after which a call is given up; what was asked for may still happen
   */
  public FirebaseRealtimeNodes(Supplier<FirebaseDatabase> database, Duration timeout) {
    this.database = database;
    this.timeout = timeout;
  }

  @Override
  public boolean put(String path, Map<String, @Nullable Object> node, long seq) {
    var value = new HashMap<>(node);
    value.put("seq", seq);
    var done = new CompletableFuture<Boolean>();
    database
        .get()
        .getReference(path)
        .runTransaction(
            new Transaction.Handler() {
              @Override
              public Transaction.Result doTransaction(MutableData current) {
                Object stored = current.child("seq").getValue();
                if (stored instanceof Number there && there.longValue() >= seq) {
                  return Transaction.abort();
                }
                // Child by child: a node may have children of other writers below it.
                value.forEach((name, field) -> current.child(name).setValue(field));
                return Transaction.success(current);
              }

              @Override
              public void onComplete(
                  @Nullable DatabaseError error, boolean committed, @Nullable DataSnapshot now) {
                if (error != null) {
                  done.completeExceptionally(error.toException());
                } else {
                  done.complete(committed);
                }
              }
            },
            false);
    return await(done, path);
  }

  @Override
  public Map<String, Object> read(String path) {
    var done = new CompletableFuture<Map<String, Object>>();
    database
        .get()
        .getReference(path)
        .addListenerForSingleValueEvent(
            new ValueEventListener() {
              @Override
              public void onDataChange(DataSnapshot snapshot) {
                var fields = new HashMap<String, Object>();
                for (DataSnapshot child : snapshot.getChildren()) {
                  fields.put(child.getKey(), child.getValue());
                }
                done.complete(fields);
              }

              @Override
              public void onCancelled(DatabaseError error) {
                done.completeExceptionally(error.toException());
              }
            });
    return await(done, path);
  }

  @Override
  public void delete(Collection<String> paths) {
    if (paths.isEmpty()) {
      return;
    }
    var update = new HashMap<String, Object>();
    for (String path : paths) {
      update.put(path, null);
    }
    ApiFuture<Void> done = database.get().getReference().updateChildrenAsync(update);
    await(done, "deletion of " + paths.size() + " nodes");
  }

  private <T> T await(Future<T> future, String what) {
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new RealtimeException("no answer within " + timeout + ": " + what, e);
    } catch (ExecutionException e) {
      throw new RealtimeException("refused: " + what, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RealtimeException("interrupted: " + what, e);
    }
  }
}
