package app.infinitestories.functions.api.users;

import static app.infinitestories.functions.wiring.RunningApi.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.functions.wiring.RunningApi;
import app.infinitestories.testkit.FirestoreTest;
import com.google.cloud.firestore.Firestore;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registration, own profile and push targets, and every refusal of them. */
@FirestoreTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistrationRoutesTest {
  private static final String USERS = "/api/v1/users";
  private static final String ME = "/api/v1/users/me";
  private static final String TOKEN = "/api/v1/users/me/fcm-token";

  private final RunningApi api;

  RegistrationRoutesTest(Firestore firestore) {
    api = new RunningApi(firestore);
  }

  @AfterAll
  void close() {
    api.close();
  }

  @Test
  void theFirstRegistrationMakesTheProfileALaterOneChangesNothing() {
    var first = api.as("new").send("POST", USERS, json("displayName", "Sam", "language", "de"));
    var second = api.as("new").send("POST", USERS, json("displayName", "Max", "language", "fr"));

    assertEquals(201, first.status());
    assertEquals("Sam", first.body().at("/user/displayName").asText());
    assertEquals(200, second.status());
    assertEquals(first.body(), second.body());
    assertEquals(first.body(), api.as("new").get(ME).body());
  }

  @Test
  void aRegistrationWithoutAWordIsOne() {
    var answer = api.as("silent").send("POST", USERS, "");

    assertEquals(201, answer.status());
    assertTrue(answer.body().at("/user/displayName").isNull());
    assertTrue(answer.body().at("/user/guardianConsentAt").isNull());
  }

  @Test
  void whoeverIsSignedInHasAProfileWithEveryField() {
    var user = api.as("fresh").get(ME).body().path("user");

    for (String field :
        new String[] {
          "id",
          "email",
          "displayName",
          "language",
          "pictureUrl",
          "tokens",
          "subscription",
          "monthlyStories",
          "guardianConsentAt",
          "createdAt"
        }) {
      assertTrue(user.has(field), field);
    }
    assertEquals("fresh", user.path("id").asText());
    assertEquals(3, user.at("/tokens/available").asInt());
  }

  @Test
  void theDoorOfRegistrationIsCountedInTheStoreForAllInstances(Firestore firestore) {
    try (var first = new RunningApi(firestore, "RATE_LIMIT_FACTOR", "0.1");
        var second = new RunningApi(firestore, "RATE_LIMIT_FACTOR", "0.1")) {
      assertEquals(201, first.as("door").send("POST", USERS, "{}").status());

      var limited = second.as("door").send("POST", USERS, "{}");

      assertEquals(429, limited.status());
      assertEquals("1", limited.headers().get("RateLimit-Limit"));
      assertTrue(limited.headers().containsKey("Retry-After"));
      assertEquals(400, second.as("door").send("POST", USERS, "{\"x\":1}").status());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"deviceId\":\"d\",\"platform\":\"ios\"}",
        "{\"token\":null,\"fid\":null,\"deviceId\":\"d\",\"platform\":\"web\"}"
      })
  void aPushTargetNeedsATokenOrAnInstallation(String body) {
    var answer = api.as("anna").send("PUT", TOKEN, body);

    assertEquals(400, answer.status());
    assertEquals(Set.of("token"), answer.details().keySet());
  }

  @Test
  void aPushTargetIsKeptWithoutAnAnswer() {
    var answer =
        api.as("anna")
            .send("PUT", TOKEN, json("fid", "f", "deviceId", "d-1", "platform", "android"));

    assertEquals(204, answer.status());
    assertTrue(answer.body().isMissingNode());
    assertFalse(answer.headers().containsKey("Content-Type"));
    assertEquals("private, no-store", answer.headers().get("Cache-Control"));
  }
}
