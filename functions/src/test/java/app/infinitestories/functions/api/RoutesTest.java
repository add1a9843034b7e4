package app.infinitestories.functions.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.functions.wiring.ApiUnderTest;
import app.infinitestories.testkit.FirestoreTest;
import com.google.cloud.firestore.Firestore;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every route that asks for a user answers before it looks at what it is about. */
@FirestoreTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesTest {
  private final ApiUnderTest api;

  RoutesTest(Firestore firestore) {
    api = new ApiUnderTest(firestore);
  }

  @AfterAll
  void close() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/v1/users",
    "GET, /api/v1/users/me",
    "PUT, /api/v1/users/me/fcm-token",
    "POST, /api/v2/files/upload",
    "POST, /api/v2/files/confirm",
    "POST, /api/v2/user-stories",
    "GET, /api/v2/user-stories",
    "GET, /api/v2/user-stories/queue",
    "GET, /api/v2/user-stories/x",
    "DELETE, /api/v2/user-stories/x",
    "POST, /api/v2/user-stories/x/cancel",
    "GET, /api/v2/user-stories/x/cost"
  })
  void nobodyIsLetInWithoutAGoodTokenWhateverElseIsWrong(String method, String path) {
    byte[] nonsense = "{".getBytes(StandardCharsets.UTF_8);

    for (String authorization :
        new String[] {"", "Basic eDp5", "Bearer", "Bearer ", "Bearer bad"}) {
      var answer =
          authorization.isEmpty()
              ? api.nobody().ask(method, path + "?limit=0", nonsense)
              : api.nobody()
                  .with("Authorization", authorization)
                  .ask(method, path + "?limit=0", nonsense);

      assertEquals(401, answer.status(), authorization);
      assertEquals("UNAUTHENTICATED", answer.code());
      assertTrue(answer.body().path("details").isObject());
      assertEquals(0, answer.body().path("details").size());
      assertEquals("Bearer", answer.headers().get("WWW-Authenticate"));
      assertFalse(answer.headers().containsKey("RateLimit-Limit"), "nothing was charged");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PATCH, /api/v2/files/upload, POST",
    "GET, /api/v2/files/confirm, POST",
    "DELETE, /api/v2/user-stories, 'GET, HEAD, POST'",
    "POST, /api/v2/user-stories/x, 'DELETE, GET, HEAD'",
    "GET, /api/v2/user-stories/x/cancel, POST",
    "POST, /api/v2/user-stories/x/cost, 'GET, HEAD'"
  })
  void anotherMethodIsToldWhichOnesThereAreBeforeWhoIsAsked(
      String method, String path, String allowed) {
    var answer = api.nobody().ask(method, path, new byte[0]);

    assertEquals(405, answer.status());
    assertEquals("METHOD_NOT_ALLOWED", answer.code());
    assertEquals(
        Set.of((allowed + ", OPTIONS").split(", ", -1)),
        Set.of(String.valueOf(answer.headers().get("Allow")).split(", ", -1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /api/v1/users",
        "PUT /api/v1/users/me/fcm-token",
        "POST /api/v2/files/upload",
        "POST /api/v2/files/confirm",
        "POST /api/v2/user-stories"
      })
  void aBodyThatIsNoneIsRefusedBeforeItsFieldsAreLookedAt(String route) {
    String method = route.split(" ", -1)[0];
    String path = route.split(" ", -1)[1];

    var text =
        api.as("reader")
            .with("Content-Type", "text/plain")
            .ask(method, path, "{}".getBytes(StandardCharsets.UTF_8));
    assertEquals(415, text.status());
    assertEquals("UNSUPPORTED_MEDIA_TYPE", text.code());

    var packed = api.as("reader").with("Content-Encoding", "gzip").send(method, path, "{}");
    assertEquals(415, packed.status());

    var large = api.as("reader").send(method, path, " ".repeat((1 << 20) + 1));
    assertEquals(413, large.status());
    assertEquals("PAYLOAD_TOO_LARGE", large.code());

    for (String json :
        new String[] {
          "{",
          "[]",
          "null",
          "7",
          "{\"a\":1e999}",
          "{\"a\":1,\"a\":2}",
          "{} {}",
          "{\"a\":\"\\u0000\"}"
        }) {
      var bad = api.as("reader").send(method, path, json);
      assertEquals(400, bad.status(), json);
      assertTrue(bad.body().path("details").isObject(), json);
    }
    assertEquals("MALFORMED_JSON", api.as("reader").send(method, path, "{").code());
  }
}
