package app.infinitestories.platform.firebase;

import app.infinitestories.platform.config.CloudConfig;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Opens Firebase Admin apps of the configured project. */
public final class FirebaseApps {
  private static final String FCM_HOST = "https://fcm.googleapis.com";
  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
  private static final int READ_TIMEOUT_MILLIS = 10_000;

  private FirebaseApps() {}

  /**
   * The app for Auth and the Realtime Database; the Admin SDK itself reads the emulator hosts of
   * these two from the environment.
   *
   * @throws IOException when the application default credentials cannot be read
   */
  public static FirebaseApp open(CloudConfig cloud) throws IOException {
    return FirebaseApp.initializeApp(
        options(cloud, GoogleCredentials.getApplicationDefault())
            .setDatabaseUrl(cloud.databaseUrl())
            .build(),
        "infinitestories");
  }

  /**
   * The app for Cloud Messaging, whose address the SDK has no setting for: where another one is
   * configured, the transport connects to that instead.
   *
   * @throws IOException when the application default credentials cannot be read
   */
  public static FirebaseApp openMessaging(CloudConfig cloud) throws IOException {
    return openMessaging(cloud, GoogleCredentials.getApplicationDefault());
  }

  /** The same with other credentials. */
  public static FirebaseApp openMessaging(CloudConfig cloud, GoogleCredentials credentials) {
    var options = options(cloud, credentials);
    cloud.fcmBaseUrl().ifPresent(base -> options.setHttpTransport(redirecting(base)));
    return FirebaseApp.initializeApp(options.build(), "infinitestories-messaging");
  }

  private static FirebaseOptions.Builder options(CloudConfig cloud, GoogleCredentials credentials) {
    return FirebaseOptions.builder()
        .setCredentials(credentials)
        .setProjectId(cloud.projectId())
        .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
        .setReadTimeout(READ_TIMEOUT_MILLIS);
  }

  private static HttpTransport redirecting(URI base) {
    String root = base.toString().replaceAll("/+$", "");
    return new NetHttpTransport.Builder()
        .setConnectionFactory(url -> {
          String target = url.toString();
          URI address =
              URI.create(
                  target.startsWith(FCM_HOST)
                      ? root + target.substring(FCM_HOST.length())
                      : target);
          return (HttpURLConnection) address.toURL().openConnection();
        })
        .build();
  }
}
