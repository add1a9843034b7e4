package app.infinitestories.functions.wiring;

import app.infinitestories.platform.firebase.FirebaseApps;
import app.infinitestories.platform.firestore.FirestoreClient;
import app.infinitestories.platform.storage.CloudMediaStore;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.platform.tasks.CloudTaskQueue;
import app.infinitestories.platform.tasks.TaskQueue;
import com.google.cloud.firestore.Firestore;
import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.firebase.FirebaseApp;
import com.google.firebase.auth.FirebaseAuth;
import com.google.firebase.database.FirebaseDatabase;
import com.google.firebase.messaging.FirebaseMessaging;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;

/** Clients of the cloud's services; each is opened when a function first needs it. */
final class Clients {
  private final Supplier<Firestore> firestore;
  private final Supplier<MediaStore> media;
  private final Supplier<TaskQueue> tasks;
  private final Supplier<FirebaseApp> firebase;
  private final Supplier<FirebaseMessaging> messaging;

  Clients(Settings settings, Clock clock) {
    this(
        Suppliers.memoize(() -> FirestoreClient.open(settings.cloud())),
        Suppliers.memoize(() -> new CloudMediaStore(settings.cloud(), clock)),
        opening(() -> CloudTaskQueue.open(settings.cloud(), settings.taskInvoker())),
        opening(() -> FirebaseApps.open(settings.cloud())),
        opening(() -> FirebaseMessaging.getInstance(FirebaseApps.openMessaging(settings.cloud()))));
  }

  /** Clients that somebody else opens. */
  Clients(
      Supplier<Firestore> firestore,
      Supplier<MediaStore> media,
      Supplier<TaskQueue> tasks,
      Supplier<FirebaseApp> firebase,
      Supplier<FirebaseMessaging> messaging) {
    this.firestore = firestore;
    this.media = media;
    this.tasks = tasks;
    this.firebase = firebase;
    this.messaging = messaging;
  }

  Firestore firestore() {
    return firestore.get();
  }

  MediaStore media() {
    return media.get();
  }

  TaskQueue tasks() {
    return tasks.get();
  }

  FirebaseAuth auth() {
    return FirebaseAuth.getInstance(firebase.get());
  }

  FirebaseDatabase database() {
    return FirebaseDatabase.getInstance(firebase.get());
  }

  FirebaseMessaging messaging() {
    return messaging.get();
  }

  private interface Opening<T> {
    T open() throws IOException;
  }

  private static <T> Supplier<T> opening(Opening<T> opening) {
    return Suppliers.memoize(() -> {
      try {
        return opening.open();
      } catch (IOException e) {
        throw new UncheckedIOException("the application default credentials", e);
      }
    });
  }
}
