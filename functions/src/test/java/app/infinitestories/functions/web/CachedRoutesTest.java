package app.infinitestories.functions.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.platform.failure.Failure;
import app.infinitestories.ratelimit.RateLimit;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that anybody may keep, over real HTTP. */
class CachedRoutesTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Shop shop = new Shop();
  private JdkHttp http;

  record Ware(String name, @JsonUnwrapped @Nullable Mine mine) {}

  record Mine(boolean isMine, @Nullable String note) {}

  record Envelope(@JsonUnwrapped Ware ware, int count) {}

  /** Wares that everybody sees, and some of which are somebody's. */
  private static final class Shop implements RouteGroup {
    private String name = "kite";

    @Override
    public void mount(Routes r) {
      r.get("/wares")
          .auth(Authority.OPTIONAL)
          .limit(RateLimit.READS)
          .query(Fixture.ToyQuery.class)
          .returns(Status.OK, Envelope.class)
          .cached(Duration.ofSeconds(60))
          .to((call, query) ->
              new Envelope(
                  new Ware(name, call.user().map(user -> new Mine(true, null)).orElse(null)), 1));
      r.get("/wares/none")
          .auth(Authority.OPTIONAL)
          .limit(RateLimit.READS)
          .returns(Status.OK, Ware.class)
          .cached(Duration.ofSeconds(60))
          .to(call -> {
            throw new Failure.NotFound();
          });
    }
  }

  @BeforeEach
  void serve() throws IOException {
    http = new JdkHttp(Fixture.router(shop));
  }

  @AfterEach
  void stop() {
    http.close();
    client.close();
  }

  private HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(http.url(path)).method(method, HttpRequest.BodyPublishers.noBody());
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("(none)");
  }

  @Test
  void anAnonymousAnswerMayBeKeptAndCarriesItsTag() throws Exception {
    var answer = send("GET", "/wares");

    assertEquals(200, answer.statusCode());
    assertEquals("{\"name\":\"kite\",\"count\":1}", answer.body());
    assertEquals("public, max-age=60", header(answer, "Cache-Control"));
    assertTrue(header(answer, "ETag").matches("\"[0-9a-f]{32}\""), header(answer, "ETag"));
    assertTrue(header(answer, "Vary").contains("Authorization"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void whoHasTheAnswerIsToldSoWithoutTheBody(String method) throws Exception {
    var first = send("GET", "/wares");

    var again = send(method, "/wares", "If-None-Match", "\"x\", W/" + header(first, "ETag"));

    assertEquals(304, again.statusCode());
    assertEquals("", again.body());
    assertEquals("(none)", header(again, "Content-Type"));
    assertFalse(
        again.headers().firstValue("Content-Length").filter(n -> !n.equals("0")).isPresent());
    for (String same : List.of("ETag", "Cache-Control", "Vary", "X-Content-Type-Options")) {
      assertEquals(header(first, same), header(again, same), same);
    }
    assertEquals("98", header(again, "RateLimit-Remaining"), "it was a request like any other");
  }

  @Test
  void aHeadTellsTagAndLength() throws Exception {
    var get = send("GET", "/wares");
    var head = send("HEAD", "/wares");

    assertEquals(200, head.statusCode());
    assertEquals(header(get, "ETag"), header(head, "ETag"));
    assertEquals(Integer.toString(get.body().length()), header(head, "Content-Length"));
  }

  @Test
  void aChangedAnswerIsSentWithItsOwnTag() throws Exception {
    String before = header(send("GET", "/wares"), "ETag");
    shop.name = "ball";

    var after = send("GET", "/wares", "If-None-Match", before);

    assertEquals(200, after.statusCode());
    assertEquals("{\"name\":\"ball\",\"count\":1}", after.body());
    assertNotEquals(before, header(after, "ETag"));
  }

  @Test
  void anAnswerForAUserIsNeverKeptAndNeverConfirmed() throws Exception {
    var answer = send("GET", "/wares", "Authorization", "Bearer user-a", "If-None-Match", "*");

    assertEquals(200, answer.statusCode());
    assertEquals(
        "{\"name\":\"kite\",\"isMine\":true,\"note\":null,\"count\":1}",
        answer.body(),
        "with a user the user's own fields are there, null where they have no value");
    assertEquals("private, no-store", header(answer, "Cache-Control"));
    assertEquals("(none)", header(answer, "ETag"));
    assertTrue(header(answer, "Vary").contains("Authorization"));
  }

  @Test
  void refusalsAreNotKept() throws Exception {
    for (String path : List.of("/wares/none", "/wares?limit=0")) {
      var answer = send("GET", path, "If-None-Match", "*");

      assertTrue(answer.statusCode() >= 400, path);
      assertEquals("no-store", header(answer, "Cache-Control"), path);
      assertEquals("(none)", header(answer, "ETag"), path);
    }
  }

  @Test
  void onlyAnonymousReadsCanBeKept() {
    RouteGroup writes =
        r ->
            r.post("/wares")
                .auth(Authority.OPTIONAL)
                .limit(RateLimit.WRITES)
                .returns(Status.OK, Ware.class)
                .cached(Duration.ofSeconds(1))
                .to(call -> new Ware("", null));
    RouteGroup personal =
        r ->
            r.get("/wares")
                .auth(Authority.USER)
                .limit(RateLimit.READS)
                .returns(Status.OK, Ware.class)
                .cached(Duration.ofSeconds(1))
                .to(call -> new Ware("", null));

    assertThrows(IllegalStateException.class, () -> Routes.collect(writes));
    assertThrows(IllegalStateException.class, () -> Routes.collect(personal));
  }

  @Test
  void theDocumentsSayWhatIsKept() throws Exception {
    JsonNode document = new ObjectMapper().readTree(ApiDocuments.openApi(shop, "1"));
    JsonNode get = document.at("/paths/~1wares/get");

    assertTrue(ApiDocuments.routeList(shop).lines().allMatch(l -> l.endsWith("200 cached 60 s")));
    assertTrue(get.at("/responses/200/headers").has("ETag"));
    assertTrue(get.at("/responses/304/headers").has("ETag"));
    assertFalse(get.at("/responses/304").has("content"));
    assertEquals("If-None-Match", get.at("/parameters/2/name").textValue());
    assertEquals(
        Map.of(
            "Envelope",
            "[\"name\",\"count\"]",
            "properties",
            "[\"name\",\"isMine\",\"note\",\"count\"]"),
        Map.of(
            "Envelope",
            document.at("/components/schemas/Envelope/required").toString(),
            "properties",
            new ObjectMapper()
                .valueToTree(
                    document.at("/components/schemas/Envelope/properties").properties().stream()
                        .map(Map.Entry::getKey)
                        .toList())
                .toString()));
  }
}
