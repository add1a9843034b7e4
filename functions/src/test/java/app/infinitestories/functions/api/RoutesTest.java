package app.infinitestories.functions.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.functions.contract.DescribedOperation;
import app.infinitestories.functions.contract.WrongInput;
import app.infinitestories.functions.web.RouterCaller;
import app.infinitestories.functions.web.RouterCaller.Answer;
import app.infinitestories.functions.wiring.RunningApi;
import app.infinitestories.testkit.FirestoreTest;
import com.google.cloud.firestore.Firestore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What every route of docs/api does with what it must not take. */
@FirestoreTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesTest {
  private static final List<DescribedOperation> ALL = DescribedOperation.all();
  static final List<DescribedOperation> SIGNED_IN = of(o -> !o.authority().equals("NONE"));
  static final List<DescribedOperation> OF_STAFF = of(o -> o.authority().equals("ADMIN"));
  static final List<DescribedOperation> WITH_BODY = of(DescribedOperation::hasBody);
  static final List<DescribedOperation> WITH_QUERY = of(o -> !o.parameters("query").isEmpty());
  static final List<DescribedOperation> WITH_ID = of(o -> !o.parameters("path").isEmpty());
  static final List<DescribedOperation> WITH_KEY =
      of(o -> o.parameters("header").stream().anyMatch(h -> h.name().equals("Idempotency-Key")));
  static final List<String> PATHS =
      ALL.stream().map(DescribedOperation::path).distinct().sorted().toList();

  private static final byte[] NONSENSE = "{".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NOTHING = {};

  private final RunningApi api;
  private final RouterCaller caller;

  RoutesTest(Firestore firestore) {
    api = new RunningApi(firestore);
    caller = api.as("admin-reader");
  }

  @AfterAll
  void close() {
    api.close();
  }

  /** Of the routes for people; what machines may send is tested where they are known. */
  private static List<DescribedOperation> of(Predicate<DescribedOperation> choice) {
    return ALL.stream()
        .filter(o -> Set.of("NONE", "OPTIONAL", "USER", "ADMIN").contains(o.authority()))
        .filter(choice)
        .toList();
  }

  @ParameterizedTest
  @FieldSource("SIGNED_IN")
  void nobodyIsLetInWithoutAGoodTokenWhateverElseIsWrong(DescribedOperation route) {
    Stream<String> tokens = Stream.of("Basic eDp5", "Bearer", "Bearer ", "Bearer bad");
    var strangers =
        new ArrayList<>(tokens.map(token -> api.nobody().with("Authorization", token)).toList());
    if (!route.authority().equals("OPTIONAL")) {
      strangers.add(api.nobody());
    }

    for (RouterCaller stranger : strangers) {
      Answer answer = stranger.ask(route.method(), route.pathWith("..%2F") + "?limit=0", NONSENSE);

      assertEquals(401, answer.status());
      assertEquals("UNAUTHENTICATED", answer.code());
      assertTrue(answer.body().path("details").isObject());
      assertEquals(0, answer.body().path("details").size());
      assertEquals("Bearer", answer.header("WWW-Authenticate"));
      assertFalse(answer.headers().containsKey("RateLimit-Limit"), "nothing was charged");
    }
  }

  @ParameterizedTest
  @FieldSource("OF_STAFF")
  void whatIsForStaffIsForNobodyElse(DescribedOperation route) {
    Answer answer = api.as("reader").ask(route.method(), route.pathWith("..%2F"), NONSENSE);

    assertEquals(403, answer.status());
    assertEquals("FORBIDDEN", answer.code());
  }

  @ParameterizedTest
  @FieldSource("PATHS")
  void anotherMethodIsToldWhichOnesThereAreBeforeWhoIsAsked(String path) {
    var there = new TreeSet<>(Set.of("OPTIONS"));
    ALL.stream().filter(o -> o.path().equals(path)).forEach(o -> there.add(o.method()));
    if (there.contains("GET")) {
      there.add("HEAD");
    }

    for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "get")) {
      if (!there.contains(method)) {
        Answer answer = api.nobody().ask(method, path.replaceAll("\\{\\w+}", "sample"), NOTHING);

        assertEquals(405, answer.status(), method);
        assertEquals("METHOD_NOT_ALLOWED", answer.code());
        assertEquals(there, new TreeSet<>(List.of(answer.header("Allow").split(", ", -1))));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("WITH_BODY")
  void aBodyThatIsNoneIsRefusedBeforeItsFieldsAreLookedAt(DescribedOperation route) {
    String path = route.pathWith("sample");
    byte[] json = "{}".getBytes(StandardCharsets.UTF_8);

    Answer text = caller.with("Content-Type", "text/plain").ask(route.method(), path, json);
    assertEquals(415, text.status());
    assertEquals("UNSUPPORTED_MEDIA_TYPE", text.code());
    assertEquals(415, caller.ask(route.method(), path, json).status(), "of no type");
    RouterCaller inParts = caller.with("Content-Type", "multipart/form-data; boundary=x");
    assertEquals(415, inParts.ask(route.method(), path, NOTHING).status(), "already read");
    Answer packed = caller.with("Content-Encoding", "gzip").send(route.method(), path, "{}");
    assertEquals(415, packed.status());

    Answer large = caller.send(route.method(), path, " ".repeat((1 << 20) + 1));
    assertEquals(413, large.status());
    assertEquals("PAYLOAD_TOO_LARGE", large.code());

    for (String bad :
        List.of(
            "{",
            "x",
            "{\"a\":1,\"a\":2}",
            "{} {}",
            "{\"\\u0000\":1}",
            "[".repeat(65) + "]".repeat(65))) {
      Answer answer = caller.send(route.method(), path, bad);
      assertEquals(400, answer.status(), bad);
      assertEquals("MALFORMED_JSON", answer.code(), bad);
      assertTrue(answer.body().path("details").isObject(), bad);
    }
  }

  @ParameterizedTest
  @FieldSource("WITH_BODY")
  void everyWrongFieldOfABodyIsNamedAndNoOther(DescribedOperation route) {
    List<WrongInput> bodies = WrongInput.bodies(route.body());

    assertEquals(
        List.of(),
        misunderstood(
            bodies, wrong -> caller.send(route.method(), route.pathWith("sample"), wrong.input())));
  }

  @ParameterizedTest
  @FieldSource("WITH_QUERY")
  void everyWrongParameterIsNamedAndNoOther(DescribedOperation route) {
    List<WrongInput> queries = WrongInput.queries(route.parameters("query"));

    assertEquals(
        List.of(),
        misunderstood(
            queries,
            wrong ->
                caller.ask(
                    route.method(), route.pathWith("sample") + "?" + wrong.input(), NOTHING)));
  }

  @ParameterizedTest
  @FieldSource("WITH_QUERY")
  void aCursorThatNoListGaveIsNamed(DescribedOperation route) {
    boolean paged = route.parameters("query").stream().anyMatch(q -> q.name().equals("cursor"));

    for (String cursor : List.of("nonsense", "%20", "!", "AAAA", "MjAyNi0wMS0wMVQwMDowMDowMFog")) {
      Answer answer =
          caller.ask(route.method(), route.pathWith("sample") + "?cursor=" + cursor, NOTHING);

      assertEquals(paged, answer.details().containsKey("cursor"), cursor);
    }
  }

  @ParameterizedTest
  @FieldSource("WITH_KEY")
  void anIdempotencyKeyOfAnotherFormIsNamed(DescribedOperation route) {
    for (String key : List.of("", "a b", "k".repeat(256), "schl\u00fcssel")) {
      Answer answer =
          caller
              .with("Idempotency-Key", key)
              .send(route.method(), route.pathWith("sample"), "{\"unknown\":1}");

      assertEquals(400, answer.status(), key);
      assertTrue(answer.details().containsKey("Idempotency-Key"), key);
    }
  }

  /** What cannot be an id is not told from an id that nothing has. */
  @ParameterizedTest
  @FieldSource("WITH_ID")
  void whatIsNoIdIsNotFound(DescribedOperation route) {
    String body = route.hasBody() ? WrongInput.leastBody(route.body()) : "";
    String query =
        route.parameters("query").stream().anyMatch(DescribedOperation.Parameter::required)
            ? "?deviceId=a"
            : "";
    Answer unknown = caller.send(route.method(), route.pathWith("unknown-id") + query, body);
    assertEquals(404, unknown.status(), unknown.toString());
    assertEquals("NOT_FOUND", unknown.code());

    for (String id :
        List.of(
            "..%2Fx",
            "%2E%2E", "%2E", "__x__", "a%2Fb", "a%20b", "%00", "%C3%A9", "i".repeat(201))) {
      Answer answer = caller.send(route.method(), route.pathWith(id) + query, body);

      assertEquals(404, answer.status(), id);
      assertEquals(unknown.body(), answer.body(), id);
    }
  }

  /** The answers that do not name exactly the wrong fields. */
  private static List<String> misunderstood(
      List<WrongInput> wrongs, Function<WrongInput, Answer> ask) {
    var misunderstood = new ArrayList<String>();
    assertFalse(wrongs.isEmpty());
    for (WrongInput wrong : wrongs) {
      Answer answer = ask.apply(wrong);
      if (answer.status() != 400
          || !answer.code().equals("VALIDATION_FAILED")
          || !answer.details().keySet().equals(wrong.fields())
          || answer.details().values().stream().anyMatch(String::isBlank)) {
        String input = wrong.toString();
        misunderstood.add(
            "%s, but %d %s"
                .formatted(
                    input.substring(0, Math.min(input.length(), 600)),
                    answer.status(),
                    answer.body()));
      }
    }
    return misunderstood;
  }
}
