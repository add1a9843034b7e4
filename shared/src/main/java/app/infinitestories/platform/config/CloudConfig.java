package app.infinitestories.platform.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Which cloud project this is and where its services are. The emulator hosts are the addresses that
 * Google's own tools use; a production start with any of them set refuses to run.
 */
public record CloudConfig(
    Stage stage,
    String projectId,
    Optional<String> firestoreEmulatorHost,
    Optional<String> authEmulatorHost,
    Optional<String> databaseEmulatorHost,
    String databaseUrl,
    Optional<String> storageEmulatorHost,
    String storageBucket,
    Optional<String> tasksEmulatorHost,
    String tasksLocation,
    Optional<URI> fcmBaseUrl) {

  /** How far from a customer this system runs. */
  public enum Stage {
    LOCAL,
    STAGING,
    PRODUCTION
  }

  public static CloudConfig from(Environment env) {
    Stage stage = env.choice("ENVIRONMENT", Stage.PRODUCTION, "local, staging or production");
    String project = env.text("GOOGLE_CLOUD_PROJECT", "id of the Google Cloud project");
    Optional<String> database =
        env.optional(
            "FIREBASE_DATABASE_EMULATOR_HOST", "host:port of a Realtime Database emulator");
    var config =
        new CloudConfig(
            stage,
            project,
            env.optional("FIRESTORE_EMULATOR_HOST", "host:port of a Firestore emulator"),
            env.optional("FIREBASE_AUTH_EMULATOR_HOST", "host:port of an Auth emulator"),
            database,
            env.text(
                "FIREBASE_DATABASE_URL",
                "https://" + project + "-default-rtdb.firebaseio.com",
                "address of the Realtime Database"),
            env.optional("FIREBASE_STORAGE_EMULATOR_HOST", "host:port of a Storage stand-in"),
            env.text("STORAGE_BUCKET", project + ".firebasestorage.app", "bucket of all media"),
            env.optional("CLOUD_TASKS_EMULATOR_HOST", "host:port of a Cloud Tasks stand-in"),
            env.text("TASKS_LOCATION", "europe-west1", "region of the Cloud Tasks queues"),
            env.optionalUrl("FCM_BASE_URL", "another address for Firebase Cloud Messaging"));
    if (stage == Stage.PRODUCTION) {
      List<String> emulators =
          env.namesSet().stream().filter(name -> name.endsWith("_EMULATOR_HOST")).toList();
      if (!emulators.isEmpty()) {
        env.problem("ENVIRONMENT is production, so these must not be set: " + emulators);
      }
    }
    return config;
  }
}
