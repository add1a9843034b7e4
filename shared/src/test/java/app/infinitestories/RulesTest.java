package app.infinitestories;

import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.cloud.TestCloud;
import app.infinitestories.local.firestore.FirestoreEmulator;
import app.infinitestories.testkit.Checkout;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.TestProject;
import com.google.cloud.firestore.Firestore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What clients may do without the server: listen to their own node, and nothing else. */
@FirestoreTest
class RulesTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void clientsNeitherReadNorWriteFirestore(
      Firestore firestore, FirestoreEmulator emulator, TestProject project) throws Exception {
    emulator.putRules(project.id(), Files.readString(Checkout.file("firestore.rules")));
    var documents =
        List.of("users/anna", "users/anna/stories/s", "jobs/j", "accounts/anna", "photoUses/j");
    for (String path : documents) {
      on(firestore.document(path).set(Map.of("uid", "anna")));
    }
    var root =
        emulator.address() + "/v1/projects/" + project.id() + "/databases/(default)/documents/";

    for (String token : List.of("", unsigned(project.id(), "anna"))) {
      for (String path : documents) {
        assertEquals(403, call("GET", root + path, token, ""), path);
        assertEquals(403, call("PATCH", root + path, token, "{\"fields\":{}}"), path);
        assertEquals(403, call("DELETE", root + path, token, ""), path);
      }
      assertEquals(403, call("POST", root + "jobs", token, "{\"fields\":{}}"));
    }
    assertEquals(200, call("GET", root + "jobs/j", "owner", ""), "the server passes by");
  }

  @Test
  void clientsReadTheirOwnNodeAndTheSystemsAndWriteNothing() throws Exception {
    try (var cloud = new TestCloud()) {
      var database = cloud.database();
      var nodes = cloud.nodes(database);
      nodes.put("queue/users/anna/jobs/j", Map.of("state", "queued"), 1);
      nodes.put("queue/users/anna", Map.of("queued", 1), 1);
      nodes.put("queue/system", Map.of("pending", 1), 1);
      String anna = unsigned("demo-cloud", "anna");
      String eve = unsigned("demo-cloud", "eve");

      for (String own : List.of("queue/users/anna", "queue/users/anna/jobs/j", "queue/system")) {
        assertEquals(200, call("GET", database.address() + "/" + own + ".json", anna, ""), own);
      }
      assertEquals(200, call("GET", database.address() + "/queue/system.json", eve, ""));
      for (String foreign :
          List.of("queue/users/anna", "queue/users/anna/jobs/j", "queue/users", "queue", "other")) {
        assertEquals(
            401, call("GET", database.address() + "/" + foreign + ".json", eve, ""), foreign);
      }
      for (String any : List.of("queue/system", "queue/users/anna")) {
        assertEquals(401, call("GET", database.address() + "/" + any + ".json", "", ""), any);
      }
      for (String path :
          List.of("queue/users/anna", "queue/users/anna/jobs/j", "queue/system", "other")) {
        for (String token : List.of(anna, eve, "")) {
          assertEquals(
              401,
              call("PUT", database.address() + "/" + path + ".json", token, "{\"a\":1}"),
              path);
        }
      }
      assertEquals("queued", nodes.read("queue/users/anna/jobs/j").get("state"));
    }
  }

  /** No emulator here runs storage rules: the text itself must deny everything and nothing else. */
  @Test
  void clientsDoNotReachTheBucket() throws Exception {
    var rules =
        Files.readString(Checkout.file("storage.rules"))
            .replaceAll("//[^\n]*", "")
            .replaceAll("\\s+", " ");

    assertTrue(rules.contains("match /{object=**} { allow read, write: if false; }"), rules);
    assertEquals(2, rules.split("allow ", -1).length, "one statement, which denies");
    assertFalse(rules.contains("if true") || rules.contains("request.auth"), rules);
  }

  private static int call(String method, String address, String token, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(address)).method(method, BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  /** A token as the Auth emulator issues it: the other emulators read it without a signature. */
  private static String unsigned(String project, String uid) {
    long now = System.currentTimeMillis() / 1000;
    String claims =
        """
        {"iss":"https://securetoken.google.com/%s","aud":"%s","sub":"%s","user_id":"%s",\
        "auth_time":%d,"iat":%d,"exp":%d,"firebase":{"sign_in_provider":"password"}}\
        """
            .formatted(project, project, uid, uid, now, now, now + 3_600);
    return encode("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + encode(claims) + ".";
  }

  private static String encode(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
