package app.infinitestories.functions.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.platform.firestore.Waiting;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.core.SettableApiFuture;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every promise that holds for all routes, over real HTTP. */
class RouterTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOY = "{\"name\":\"Bo\",\"age\":3}";

  private final HttpClient client = HttpClient.newHttpClient();
  private JdkHttp http;

  @BeforeEach
  void serve() throws IOException {
    http = new JdkHttp(Fixture.router(r -> r.under("/api", new Fixture.Toys())));
  }

  @AfterEach
  void stop() {
    http.close();
    client.close();
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(http.url(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> as(String token, String method, String path)
      throws IOException, InterruptedException {
    return send(method, path, "", "Authorization", "Bearer " + token);
  }

  private HttpResponse<String> postToy(String body, String... headers)
      throws IOException, InterruptedException {
    String[] more = Arrays.copyOf(headers, headers.length + 4);
    more[headers.length] = "Authorization";
    more[headers.length + 1] = "Bearer user-a";
    more[headers.length + 2] = "Content-Type";
    more[headers.length + 3] = "application/json";
    return send("POST", "/api/toys", body, more);
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("(none)");
  }

  private static void assertError(HttpResponse<String> answer, int status, String code)
      throws IOException {
    assertEquals(status, answer.statusCode(), answer.body());
    JsonNode body = json(answer);
    assertEquals(code, body.path("code").textValue(), answer.body());
    assertEquals(List.of("error", "code", "details"), names(body));
    assertTrue(body.get("error").textValue().endsWith("."), "a sentence");
    assertTrue(body.get("details").isObject());
    assertEquals("application/json; charset=utf-8", header(answer, "Content-Type"));
    assertFalse(header(answer, "X-Request-Id").equals("(none)"));
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(java.util.Map.Entry::getKey).toList();
  }

  @Test
  void answersWithTheHandlersValueAndWritesEveryField() throws Exception {
    HttpResponse<String> answer = postToy(TOY);

    assertEquals(201, answer.statusCode());
    assertEquals(
        "{\"id\":\"t1\",\"name\":\"Bo\",\"note\":null,\"mood\":\"very_shy\","
            + "\"at\":\"1970-01-01T00:00:00Z\"}",
        answer.body());
  }

  @Test
  void letsTheHandlerChooseAmongItsStatuses() throws Exception {
    assertEquals(200, postToy("{\"name\":\"Bo\",\"age\":1}").statusCode());
  }

  @Test
  void sendsSecurityHeadersAndForbidsStorageOfSignedInAnswers() throws Exception {
    HttpResponse<String> answer = as("user-a", "GET", "/api/toys/x");

    assertEquals("private, no-store", header(answer, "Cache-Control"));
    assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
    assertEquals("DENY", header(answer, "X-Frame-Options"));
    assertEquals(
        "max-age=31536000; includeSubDomains", header(answer, "Strict-Transport-Security"));
  }

  @Test
  void letsAnAnonymousAnswerBeStoredIfTheHandlerSaysSo() throws Exception {
    assertEquals("public, max-age=60", header(send("GET", "/api/toys/best", ""), "Cache-Control"));
    assertEquals("no-store", header(send("GET", "/api/page", ""), "Cache-Control"));
  }

  @Test
  void takesOverASaneRequestIdAndReplacesAnyOther() throws Exception {
    assertEquals(
        "abc-1.2_X",
        header(send("GET", "/api/page", "", "X-Request-Id", "abc-1.2_X"), "X-Request-Id"));
    assertTrue(
        header(send("GET", "/api/page", "", "X-Request-Id", "a b"), "X-Request-Id")
            .startsWith("request-"));
    assertTrue(
        header(send("GET", "/api/page", "", "X-Request-Id", "a".repeat(129)), "X-Request-Id")
            .startsWith("request-"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api/nothing",
        "/api/toys/",
        "/api//toys",
        "/api/toys/x/",
        "/API/toys",
        "/api/toys/%C3",
        "/api/toys/a/b"
      })
  void doesNotKnowOtherPaths(String path) throws Exception {
    assertEquals(404, RawHttp.status(http.port(), "GET", path), path);
  }

  @Test
  void describesAnUnknownPathLikeAnUnknownThing() throws Exception {
    HttpResponse<String> noPath = send("GET", "/api/nothing", "");
    HttpResponse<String> noThing = as("user-a", "POST", "/api/toys/x/fail/gone");

    assertError(noPath, 404, "NOT_FOUND");
    assertEquals(noPath.body(), noThing.body());
  }

  @Test
  void tellsWhichMethodsAPathHas() throws Exception {
    HttpResponse<String> answer = send("PUT", "/api/toys", "");

    assertError(answer, 405, "METHOD_NOT_ALLOWED");
    assertEquals("GET, HEAD, OPTIONS, POST", header(answer, "Allow"));
  }

  @Test
  void prefersAFixedPathEvenWhenItHasNotTheMethod() throws Exception {
    HttpResponse<String> answer = as("user-a", "DELETE", "/api/toys/best");

    assertError(answer, 405, "METHOD_NOT_ALLOWED");
    assertEquals("GET, HEAD, OPTIONS", header(answer, "Allow"));
  }

  @Test
  void answersHeadLikeGetWithoutTheBody() throws Exception {
    HttpResponse<String> answer = send("HEAD", "/api/page", "");

    assertEquals(200, answer.statusCode());
    assertEquals("", answer.body());
    assertEquals("2", header(answer, "Content-Length"));
    assertEquals("text/plain", header(answer, "Content-Type"));
  }

  @Test
  void answersAPreflightOfAnAllowedOrigin() throws Exception {
    HttpResponse<String> answer =
        send("OPTIONS", "/api/toys", "", "Origin", "https://app.example.com");

    assertEquals(204, answer.statusCode());
    assertEquals("https://app.example.com", header(answer, "Access-Control-Allow-Origin"));
    assertEquals("GET, HEAD, OPTIONS, POST", header(answer, "Access-Control-Allow-Methods"));
    assertTrue(header(answer, "Access-Control-Allow-Headers").contains("Idempotency-Key"));
    assertEquals("Origin", header(answer, "Vary"));
  }

  @Test
  void answersAPreflightOfAnyOtherOriginWithoutLeave() throws Exception {
    HttpResponse<String> answer = send("OPTIONS", "/api/toys", "", "Origin", "https://evil.test");

    assertEquals(204, answer.statusCode());
    assertEquals("(none)", header(answer, "Access-Control-Allow-Origin"));
    assertEquals("(none)", header(answer, "Access-Control-Allow-Methods"));
    assertEquals(404, send("OPTIONS", "/api/nothing", "").statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic dXNlcg==", "Bearer", "Bearer ", "Bearer nonsense", "user-a"})
  void refusesWhoIsNotSignedIn(String authorization) throws Exception {
    HttpResponse<String> answer =
        authorization.isEmpty()
            ? send("GET", "/api/toys/x", "")
            : send("GET", "/api/toys/x", "", "Authorization", authorization);

    assertError(answer, 401, "UNAUTHENTICATED");
    assertEquals("Bearer", header(answer, "WWW-Authenticate"));
  }

  @Test
  void readsTheSchemeOfATokenInAnyCase() throws Exception {
    assertEquals(
        200, send("GET", "/api/toys/x", "", "Authorization", "bearer user-a").statusCode());
  }

  @Test
  void knowsTheUserOnAnOptionalRouteOnlyWithAGoodToken() throws Exception {
    HttpResponse<String> anonymous = send("GET", "/api/toys", "");
    HttpResponse<String> signedIn = as("user-a", "GET", "/api/toys");

    assertEquals("nobody", json(anonymous).get("caller").textValue());
    assertEquals("user-a", json(signedIn).get("caller").textValue());
    assertTrue(header(anonymous, "Vary").contains("Authorization"));
    assertError(as("nonsense", "GET", "/api/toys"), 401, "UNAUTHENTICATED");
  }

  @Test
  void ignoresTokensWhereNobodySignsIn() throws Exception {
    assertEquals(200, as("nonsense", "GET", "/api/page").statusCode());
  }

  @Test
  void saysThatItCannotTellWhenTheAuthServiceIsDown() throws Exception {
    HttpResponse<String> answer = as("down", "GET", "/api/toys/x");

    assertError(answer, 503, "UPSTREAM_UNAVAILABLE");
    assertEquals("5", header(answer, "Retry-After"));
  }

  @Test
  void doesNotLetAnybodyWaitForFirestoreForLong() throws Exception {
    http.close();
    RouteGroup silent =
        r ->
            r.get("/api/silent")
                .auth(Authority.NONE)
                .unlimited()
                .returns(Status.OK, Object.class)
                .to(call -> Waiting.on(SettableApiFuture.create()));
    var settings = new HttpSettings(Set.of(), 1, Duration.ofMillis(50));
    http = new JdkHttp(Routers.of(silent, settings, Clock.systemUTC()));

    assertError(send("GET", "/api/silent", ""), 503, "UPSTREAM_UNAVAILABLE");
  }

  @Test
  void letsOnlyAdminsIntoAdminRoutes() throws Exception {
    assertError(as("user-a", "GET", "/api/admin/jobs/3"), 403, "FORBIDDEN");
    assertError(send("GET", "/api/admin/jobs/3", ""), 401, "UNAUTHENTICATED");
    assertEquals(3, json(as("admin-a", "GET", "/api/admin/jobs/3")).get("limit").intValue());
    assertError(as("admin-a", "GET", "/api/admin/jobs/three"), 404, "NOT_FOUND");
  }

  @Test
  void decodesAPathParameterOnce() throws Exception {
    assertEquals("a~b", json(as("user-a", "GET", "/api/toys/a%7Eb")).get("caller").textValue());
    assertError(as("user-a", "GET", "/api/toys/a%2Fb"), 404, "NOT_FOUND");
    assertError(as("user-a", "GET", "/api/toys/a%252Fb"), 404, "NOT_FOUND");
    assertError(as("user-a", "GET", "/api/toys/a%00b"), 404, "NOT_FOUND");
    assertError(as("user-a", "GET", "/api/toys/__x__"), 404, "NOT_FOUND");
  }

  @Test
  void refusesABodyOverOneMebibyteHoweverItIsSent() throws Exception {
    String exact = "{\"name\":\"Bo\",\"age\":3}" + " ".repeat((1 << 20) - TOY.length());

    assertEquals(201, postToy(exact).statusCode());
    assertError(postToy(exact + " "), 413, "PAYLOAD_TOO_LARGE");
    HttpRequest chunked =
        HttpRequest.newBuilder(http.url("/api/toys"))
            .header("Authorization", "Bearer user-a")
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofInputStream(() ->
                    new java.io.ByteArrayInputStream(
                        (exact + " ").getBytes(StandardCharsets.UTF_8))))
            .build();
    assertError(client.send(chunked, BodyHandlers.ofString()), 413, "PAYLOAD_TOO_LARGE");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, 201",
    "application/json; charset=utf-8, 201",
    "Application/JSON;charset=\"UTF-8\", 201",
    "application/json; charset=latin1, 415",
    "text/plain, 415",
    "application/json-patch+json, 415",
    "multipart/form-data; boundary=x, 415"
  })
  void readsOnlyJson(String type, int status) throws Exception {
    HttpResponse<String> answer =
        send("POST", "/api/toys", TOY, "Authorization", "Bearer user-a", "Content-Type", type);

    assertEquals(status, answer.statusCode(), answer.body());
  }

  @Test
  void refusesABodyInPartsOfWhichNothingIsLeft() throws Exception {
    assertError(
        send(
            "POST",
            "/api/toys",
            "",
            "Authorization",
            "Bearer user-a",
            "Content-Type",
            "Multipart/Form-Data; boundary=x"),
        415,
        "UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void refusesABodyWithoutATypeAndAnyEncoding() throws Exception {
    assertError(
        send("POST", "/api/toys", TOY, "Authorization", "Bearer user-a"),
        415,
        "UNSUPPORTED_MEDIA_TYPE");
    assertError(postToy(TOY, "Content-Encoding", "gzip"), 415, "UNSUPPORTED_MEDIA_TYPE");
    assertError(postToy(TOY, "Content-Encoding", "identity"), 415, "UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void readsAnEmptyBodyAsAnObjectWithNothingInIt() throws Exception {
    HttpResponse<String> answer = send("POST", "/api/toys", "", "Authorization", "Bearer user-a");

    assertError(answer, 400, "VALIDATION_FAILED");
    assertEquals(List.of("name", "age"), names(json(answer).get("details")));
  }

  @Test
  void namesEveryBadFieldAtOnce() throws Exception {
    HttpResponse<String> answer =
        postToy(
            """
            {"name":" ","age":19,"traits":["kind","mean"],"mood":"glad","colour":"red",
             "friend":{"name":"too long","age":1},"madeAt":"today","size":4}
            """);

    assertError(answer, 400, "VALIDATION_FAILED");
    JsonNode details = json(answer).get("details");
    assertEquals("is not known", details.path("size").textValue());
    assertEquals("must not be blank", details.path("name").textValue());
    assertEquals("must be at most 18", details.path("age").textValue());
    assertEquals("must be one of kind, loud", details.path("traits[1]").textValue());
    assertEquals("must be one of brave, very_shy", details.path("mood").textValue());
    assertEquals("must be a colour", details.path("colour").textValue());
    assertEquals("must be at most 5 characters long", details.path("friend.name").textValue());
    assertEquals("is not known", details.path("friend.age").textValue());
    assertEquals("must be a time such as 2026-01-31T12:00:00Z", details.path("madeAt").textValue());
    assertEquals(9, details.size());
  }

  @Test
  void namesFieldsThatCannotBeKeptAmongTheOthers() throws Exception {
    HttpResponse<String> answer =
        postToy(
            """
            {"name":"a\\u0000b","age":0,"traits":["kind\\ud800"],"friend":{"name":"\\u0000"},
             "photo":"\\udc00"}
            """);

    assertError(answer, 400, "VALIDATION_FAILED");
    JsonNode details = json(answer).get("details");
    for (String field : List.of("name", "traits[0]", "friend.name", "photo")) {
      assertEquals("has a character that is not allowed", details.path(field).textValue(), field);
    }
    assertEquals("must be at least 1", details.path("age").textValue());
    assertEquals(5, details.size());
  }

  @Test
  void asksRulesAcrossFieldsOnceEachFieldIsRight() throws Exception {
    HttpResponse<String> answer =
        postToy("{\"name\":\"Bo\",\"age\":3,\"photo\":\"p\",\"heroId\":\"h\"}");

    assertError(answer, 400, "VALIDATION_FAILED");
    assertEquals(
        "give a photo or a heroId, not both", json(answer).at("/details/photo").textValue());
  }

  @Test
  void readsQueriesStrictlyButIgnoresWhatItDoesNotKnow() throws Exception {
    assertEquals(5, json(send("GET", "/api/toys?limit=5&utm=1&utm=2", "")).get("limit").intValue());
    for (String bad :
        List.of(
            "limit=0",
            "limit=101",
            "limit=99999999999999999999",
            "limit=x",
            "limit=",
            "limit=5&limit=5",
            "limit=%ff",
            "limit=%2B5",
            "limit=%EF%BC%95",
            "limit=%D9%A5")) {
      HttpResponse<String> answer = send("GET", "/api/toys?" + bad, "");
      assertError(answer, 400, "VALIDATION_FAILED");
      assertEquals(List.of("limit"), names(json(answer).get("details")), bad);
    }
  }

  @Test
  void checksTheSyntaxOfAnIdempotencyKey() throws Exception {
    assertEquals(201, postToy(TOY, "Idempotency-Key", "k".repeat(255)).statusCode());
    for (String bad : List.of("k".repeat(256), "a b", "")) {
      HttpResponse<String> answer = postToy(TOY, "Idempotency-Key", bad);
      assertError(answer, 400, "VALIDATION_FAILED");
      assertEquals(List.of("Idempotency-Key"), names(json(answer).get("details")));
    }
    assertError(
        postToy(TOY, "Idempotency-Key", "a", "Idempotency-Key", "b"), 400, "VALIDATION_FAILED");
  }

  @Test
  void checksInTheOrderThatItPromises() throws Exception {
    String tooLarge = "x".repeat((1 << 20) + 1);

    // the path before who calls, who before the body's size and kind, these before its content
    assertEquals(404, send("POST", "/api/nothing", tooLarge).statusCode());
    assertEquals(405, send("PATCH", "/api/toys", "x").statusCode());
    assertEquals(401, send("POST", "/api/toys", "x").statusCode());
    assertEquals(
        415, send("POST", "/api/toys", "x", "Authorization", "Bearer user-a").statusCode());
    // a request that is refused for its content costs nothing
    for (int i = 0; i < 30; i++) {
      assertEquals(400, postToy("{").statusCode());
    }
    for (int i = 0; i < 20; i++) {
      assertEquals(201, postToy(TOY).statusCode());
    }
    assertEquals(429, postToy(TOY).statusCode());
    assertEquals(400, postToy("{").statusCode());
  }

  @Test
  void limitsEachCallerAndEachRouteByItself() throws Exception {
    for (int i = 19; i >= 0; i--) {
      HttpResponse<String> answer = postToy(TOY);
      assertEquals("20", header(answer, "RateLimit-Limit"));
      assertEquals(Integer.toString(i), header(answer, "RateLimit-Remaining"));
      assertEquals("60", header(answer, "RateLimit-Reset"));
    }

    HttpResponse<String> refused = postToy(TOY);

    assertError(refused, 429, "RATE_LIMITED");
    assertEquals("60", header(refused, "Retry-After"));
    assertEquals("0", header(refused, "RateLimit-Remaining"));
    assertEquals(204, as("user-a", "DELETE", "/api/toys/x").statusCode());
    assertEquals(
        201,
        send(
                "POST",
                "/api/toys",
                TOY,
                "Authorization",
                "Bearer user-b",
                "Content-Type",
                "application/json")
            .statusCode());
  }

  @Test
  void limitsAnonymousCallersByAddressFromTheRight() throws Exception {
    for (int i = 0; i < 100; i++) {
      assertEquals(
          200,
          send("GET", "/api/toys", "", "X-Forwarded-For", "6.6.6." + i + ", 1.2.3.4").statusCode());
    }

    assertEquals(
        429, send("GET", "/api/toys", "", "X-Forwarded-For", "9.9.9.9, 1.2.3.4").statusCode());
    assertEquals(200, send("GET", "/api/toys", "", "X-Forwarded-For", "1.2.3.5").statusCode());
  }

  @Test
  void tellsWhatTheAcceptingBatchChargedOrRefused() throws Exception {
    HttpResponse<String> accepted = as("user-a", "POST", "/api/stories");
    HttpResponse<String> refused = as("user-a", "POST", "/api/stories/refused");

    assertEquals(202, accepted.statusCode());
    assertEquals("7", header(accepted, "RateLimit-Remaining"));
    assertEquals("1800", header(accepted, "RateLimit-Reset"));
    assertError(refused, 429, "RATE_LIMITED");
    assertEquals("2", header(refused, "Retry-After"));
    assertEquals("10", header(refused, "RateLimit-Limit"));
    assertEquals("0", header(refused, "RateLimit-Remaining"));
    assertEquals("2", header(refused, "RateLimit-Reset"));
  }

  @Test
  void keepsADoorShutWhenNobodyCanCount() throws Exception {
    assertError(as("user-a", "POST", "/api/register"), 503, "UPSTREAM_UNAVAILABLE");
  }

  @ParameterizedTest
  @CsvSource({
    "tokens, 402, INSUFFICIENT_TOKENS",
    "premium, 402, ENTITLEMENT_REQUIRED",
    "consent, 403, CONSENT_REQUIRED",
    "gone, 404, NOT_FOUND",
    "conflict, 409, CONFLICT",
    "redeemed, 409, ALREADY_REDEEMED",
    "rejected, 422, CONTENT_REJECTED",
    "full, 429, QUEUE_FULL",
    "fault, 500, INTERNAL",
    "store-bug, 500, INTERNAL",
    "service-bug, 500, INTERNAL",
    "store-down, 503, UPSTREAM_UNAVAILABLE",
    "service-down, 503, UPSTREAM_UNAVAILABLE",
    "down, 503, UPSTREAM_UNAVAILABLE"
  })
  void mapsWhatAHandlerThrows(String how, int status, String code) throws Exception {
    HttpResponse<String> answer = as("user-a", "POST", "/api/toys/x/fail/" + how);

    assertError(answer, status, code);
    assertFalse(answer.body().contains("secret"), answer.body());
  }

  @Test
  void givesDetailsAndWaitsWhereTheyHelp() throws Exception {
    assertEquals(
        "{\"needed\":3,\"available\":1}",
        json(as("user-a", "POST", "/api/toys/x/fail/tokens")).get("details").toString());
    assertEquals(
        "{\"state\":\"running\"}",
        json(as("user-a", "POST", "/api/toys/x/fail/conflict")).get("details").toString());
    assertEquals("90", header(as("user-a", "POST", "/api/toys/x/fail/full"), "Retry-After"));
    assertEquals("7", header(as("user-a", "POST", "/api/toys/x/fail/down"), "Retry-After"));
  }

  @Test
  void writesDocumentsThatWereMadeElsewhere() throws Exception {
    assertEquals("{\"a\":1}", send("GET", "/api/raw", "").body());
  }
}
