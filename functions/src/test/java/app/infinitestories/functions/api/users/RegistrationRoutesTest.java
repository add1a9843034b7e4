package app.infinitestories.functions.api.users;

import static app.infinitestories.functions.wiring.ApiUnderTest.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.functions.wiring.ApiUnderTest;
import app.infinitestories.testkit.FirestoreTest;
import com.google.cloud.firestore.Firestore;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Registration, own profile and push targets, and every refusal of them. */
@FirestoreTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistrationRoutesTest {
  private static final String USERS = "/api/v1/users";
  private static final String ME = "/api/v1/users/me";
  private static final String TOKEN = "/api/v1/users/me/fcm-token";

  private final ApiUnderTest api;

  RegistrationRoutesTest(Firestore firestore) {
    api = new ApiUnderTest(firestore);
  }

  @AfterAll
  void close() {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"displayName\":\"\",\"language\":\"xx\",\"fcmToken\":\"\",\"guardianConsent\":\"yes\"}",
        "{\"displayName\":1,\"language\":[],\"fcmToken\":true,\"guardianConsent\":1}",
        "{\"displayName\":{},\"language\":\"EN\",\"fcmToken\":{},\"guardianConsent\":[]}"
      })
  void everyBadFieldOfARegistrationIsNamedAtOnce(String body) {
    var answer = api.as("anna").send("POST", USERS, body);

    assertEquals(400, answer.status());
    assertEquals("VALIDATION_FAILED", answer.code());
    assertEquals(
        Set.of("displayName", "language", "fcmToken", "guardianConsent"),
        answer.details().keySet());
  }

  @Test
  void whatIsTooLongAndWhatIsUnknownIsNamed() {
    var answer =
        api.as("anna")
            .send(
                "POST",
                USERS,
                json(
                    "displayName",
                    "a".repeat(101),
                    "fcmToken",
                    "t".repeat(4_097),
                    "role",
                    "admin"));

    assertEquals(Set.of("displayName", "fcmToken", "role"), answer.details().keySet());
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
    try (var first = new ApiUnderTest(firestore, "RATE_LIMIT_FACTOR", "0.1");
        var second = new ApiUnderTest(firestore, "RATE_LIMIT_FACTOR", "0.1")) {
      assertEquals(201, first.as("door").send("POST", USERS, "{}").status());

      var limited = second.as("door").send("POST", USERS, "{}");

      assertEquals(429, limited.status());
      assertEquals("1", limited.headers().get("RateLimit-Limit"));
      assertTrue(limited.headers().containsKey("Retry-After"));
      assertEquals(400, second.as("door").send("POST", USERS, "{\"x\":1}").status());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|deviceId,platform",
        "{\"token\":\"\",\"fid\":\"\",\"deviceId\":\"a/b\",\"platform\":\"windows\"}"
            + "|token,fid,deviceId,platform",
        "{\"token\":1,\"fid\":2,\"deviceId\":3,\"platform\":4}|token,fid,deviceId,platform",
        "{\"token\":\"t\",\"deviceId\":\"\",\"platform\":\"ios\",\"appVersion\":\"1\"}"
            + "|deviceId,appVersion",
        "{\"deviceId\":\"d\",\"platform\":\"ios\"}|token",
        "{\"token\":null,\"fid\":null,\"deviceId\":\"d\",\"platform\":\"web\"}|token"
      })
  void everyBadFieldOfAPushTargetIsNamedAtOnce(String body, String fields) {
    var answer = api.as("anna").send("PUT", TOKEN, body);

    assertEquals(400, answer.status());
    assertEquals(Set.of(fields.split(",", -1)), answer.details().keySet());
  }

  @ParameterizedTest
  @CsvSource({"token, 4097", "fid, 201", "deviceId, 101"})
  void aPushTargetHasItsLimits(String field, int length) {
    String value = "a".repeat(length);
    var answer =
        api.as("anna")
            .send(
                "PUT",
                TOKEN,
                switch (field) {
                  case "token" -> json("token", value, "deviceId", "d", "platform", "ios");
                  case "fid" -> json("fid", value, "deviceId", "d", "platform", "ios");
                  default -> json("token", "t", "deviceId", value, "platform", "ios");
                });

    assertEquals(Set.of(field), answer.details().keySet());
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
