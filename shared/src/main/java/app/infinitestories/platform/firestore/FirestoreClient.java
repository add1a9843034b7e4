package app.infinitestories.platform.firestore;

import app.infinitestories.platform.config.CloudConfig;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;

/** Opens the project's Firestore. */
public final class FirestoreClient {
  private FirestoreClient() {}

  /** A client of the configured project, over the wire to the cloud or to the given emulator. */
  public static Firestore open(CloudConfig cloud) {
    var options = FirestoreOptions.newBuilder().setProjectId(cloud.projectId());
    cloud.firestoreEmulatorHost().ifPresent(options::setEmulatorHost);
    return options.build().getService();
  }
}
