package app.infinitestories.local.fcm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.fcm.FcmStandIn.Fault;
import app.infinitestories.local.oauth.OAuthStandIn;
import app.infinitestories.local.oauth.SampleServiceAccount;
import app.infinitestories.local.part.Ports;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.messaging.AndroidConfig;
import com.google.firebase.messaging.AndroidNotification;
import com.google.firebase.messaging.ApnsConfig;
import com.google.firebase.messaging.Aps;
import com.google.firebase.messaging.FirebaseMessaging;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.Message;
import com.google.firebase.messaging.MessagingErrorCode;
import com.google.firebase.messaging.Notification;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends with the real Admin SDK, its host rewritten. */
class FcmStandInTest {
  private static final String PROJECT = "demo-fcm";
  @TempDir static Path folder;
  private static OAuthStandIn oauth;
  private static FcmStandIn stand;
  private static GoogleCredentials credentials;
  private static FirebaseApp app;

  @BeforeAll
  static void start() throws Exception {
    var account = new SampleServiceAccount(PROJECT);
    oauth = new OAuthStandIn(Ports.ANY, account, Clock.systemUTC());
    oauth.start();
    stand = new FcmStandIn(Ports.ANY, PROJECT, oauth, Clock.systemUTC());
    stand.start();
    var key = folder.resolve("key.json");
    account.writeKeyFile(key, oauth.tokenEndpoint());
    try (var in = Files.newInputStream(key)) {
      credentials =
          ServiceAccountCredentials.fromStream(in)
              .createScoped("https://www.googleapis.com/auth/firebase.messaging");
    }
    var root = stand.address().toString();
    var transport =
        new NetHttpTransport.Builder()
            .setConnectionFactory(url ->
                (HttpURLConnection)
                    URI.create(url.toString().replace("https://fcm.googleapis.com", root))
                        .toURL()
                        .openConnection())
            .build();
    app =
        FirebaseApp.initializeApp(
            FirebaseOptions.builder()
                .setProjectId(PROJECT)
                .setCredentials(credentials)
                .setHttpTransport(transport)
                .build(),
            PROJECT);
  }

  @AfterAll
  static void stop() {
    app.delete();
    stand.stop();
    oauth.stop();
  }

  @AfterEach
  void forget() throws Exception {
    raw("DELETE", "/messages", "", "");
  }

  @Test
  void aMessageIsKeptAsItWasSent() throws Exception {
    var id = FirebaseMessaging.getInstance(app).send(message("phone").build());

    assertTrue(id.startsWith("projects/demo-fcm/messages/"), id);
    assertEquals(1, stand.sent().size());
    var sent = stand.sent().getFirst().message();
    assertEquals("story-1", sent.path("data").path("storyId").asText());
    assertEquals("ready", sent.path("android").path("notification").path("tag").asText());
    var listed = raw("GET", "/messages", "", "");
    assertTrue(listed.contains("\"fid\":\"phone\""), listed);
  }

  @Test
  void faultsComeAsTheServicesOwn() {
    stand.fail("gone", Fault.UNREGISTERED);
    stand.fail("busy", Fault.QUOTA_EXCEEDED);

    assertEquals(MessagingErrorCode.UNREGISTERED, refused("gone").getMessagingErrorCode());
    assertEquals(MessagingErrorCode.QUOTA_EXCEEDED, refused("busy").getMessagingErrorCode());
    assertTrue(stand.sent().isEmpty());
  }

  @Test
  void anUnavailableServiceIsSaidSo() throws Exception {
    raw("POST", "/faults", "", "{\"target\":\"down\",\"fault\":\"UNAVAILABLE\"}");

    var answer = send("{\"message\":{\"token\":\"down\"}}");

    assertTrue(answer.startsWith("503 "), answer);
    assertTrue(answer.contains("\"errorCode\":\"UNAVAILABLE\""), answer);
  }

  @Test
  void whatTheServiceRefusesIsRefused() throws Exception {
    var unknown = send("{\"message\":{\"token\":\"a\",\"colour\":\"red\"}}");
    assertTrue(unknown.startsWith("400 "), unknown);
    assertTrue(unknown.contains("Unknown name \\\"colour\\\" at 'message'"), unknown);
    assertTrue(send("{\"message\":{\"token\":\"a\",\"data\":{\"n\":1}}}").startsWith("400 "));
    assertTrue(
        send("{\"message\":{\"token\":\"a\",\"data\":{\"from\":\"x\"}}}").startsWith("400 "));
    assertTrue(send("{\"message\":{}}").startsWith("400 "));
    assertTrue(send("{\"message\":{\"token\":\"a\",\"fid\":\"b\"}}").startsWith("400 "));
    assertTrue(send("{").startsWith("400 "));
    var large = "x".repeat(4_096);
    assertTrue(
        send("{\"message\":{\"token\":\"a\",\"data\":{\"k\":\"" + large + "\"}}}")
            .startsWith("400 "));
    assertTrue(stand.sent().isEmpty());
  }

  @Test
  void withoutATokenFromTheTokenEndpointNothingIsTaken() throws Exception {
    var answer =
        raw(
            "POST",
            "/v1/projects/demo-fcm/messages:send",
            "Bearer made-up",
            "{\"message\":{\"token\":\"a\"}}");

    assertTrue(answer.startsWith("401 "), answer);
  }

  private static Message.Builder message(String fid) {
    return Message.builder()
        .setFid(fid)
        .setNotification(Notification.builder().setTitle("Ready").setBody("Watch it now").build())
        .putData("storyId", "story-1")
        .setAndroidConfig(
            AndroidConfig.builder()
                .setTtl(Duration.ofDays(1).toMillis())
                .setPriority(AndroidConfig.Priority.HIGH)
                .setNotification(AndroidNotification.builder().setTag("ready").build())
                .build())
        .setApnsConfig(
            ApnsConfig.builder()
                .putHeader("apns-collapse-id", "ready")
                .setAps(Aps.builder().setSound("default").build())
                .build());
  }

  private static FirebaseMessagingException refused(String fid) {
    return assertThrows(
        FirebaseMessagingException.class,
        () -> FirebaseMessaging.getInstance(app).send(message(fid).build()));
  }

  private static String send(String body) throws Exception {
    credentials.refreshIfExpired();
    var token = credentials.getRequestMetadata().getOrDefault("Authorization", java.util.List.of());
    return raw("POST", "/v1/projects/demo-fcm/messages:send", token.getFirst(), body);
  }

  private static String raw(String method, String path, String authorization, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(stand.address().resolve(path))
            .method(method, BodyPublishers.ofString(body));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    var answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }
}
