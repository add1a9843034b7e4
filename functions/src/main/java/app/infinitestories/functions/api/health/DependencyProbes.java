package app.infinitestories.functions.api.health;

import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.platform.tasks.TaskQueue;
import com.google.cloud.firestore.Firestore;
import com.google.firebase.auth.AuthErrorCode;
import com.google.firebase.auth.FirebaseAuth;
import com.google.firebase.auth.FirebaseAuthException;
import com.google.firebase.database.DataSnapshot;
import com.google.firebase.database.DatabaseError;
import com.google.firebase.database.DatabaseReference;
import com.google.firebase.database.FirebaseDatabase;
import com.google.firebase.database.ValueEventListener;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The probes of production: one read each, of something that need not be there. */
public final class DependencyProbes {
  private DependencyProbes() {}

  public static DependencyProbe firestore(Supplier<Firestore> firestore) {
    return new DependencyProbe(
        "firestore", () -> firestore.get().document("stats/probe").get().get());
  }

  public static DependencyProbe realtimeDatabase(Supplier<FirebaseDatabase> database) {
    return new DependencyProbe(
        "realtimeDatabase", () -> read(database.get().getReference("queue/system/seq")));
  }

  public static DependencyProbe storage(Supplier<MediaStore> store) {
    return new DependencyProbe("storage", () -> store.get().stat("probe"));
  }

  public static DependencyProbe auth(Supplier<FirebaseAuth> auth) {
    return new DependencyProbe("auth", () -> askForNobody(auth.get()));
  }

  public static DependencyProbe tasks(Supplier<TaskQueue> tasks, String queue) {
    return new DependencyProbe("tasks", () -> tasks.get().probe(queue));
  }

  /** That there is no such user is an answer. */
  private static void askForNobody(FirebaseAuth auth) throws FirebaseAuthException {
    try {
      auth.getUser("probe");
    } catch (FirebaseAuthException answer) {
      if (answer.getAuthErrorCode() != AuthErrorCode.USER_NOT_FOUND) {
        throw answer;
      }
    }
  }

  /** Without a connection this waits until it is interrupted. */
  private static void read(DatabaseReference node) throws Exception {
    var answer = new CompletableFuture<Boolean>();
    var listener =
        new ValueEventListener() {
          @Override
          public void onDataChange(DataSnapshot snapshot) {
            answer.complete(true);
          }

          @Override
          public void onCancelled(DatabaseError error) {
            answer.completeExceptionally(error.toException());
          }
        };
    node.addListenerForSingleValueEvent(listener);
    try {
      answer.get();
    } finally {
      node.removeEventListener(listener);
    }
  }
}
