package app.infinitestories.functions.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.functions.contract.OpenApiContract.Exchange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract notices what it is there to notice. */
class OpenApiContractTest {
  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/json; charset=utf-8", "x-request-id", "r1");

  private final OpenApiContract contract = OpenApiContract.checkedIn();

  private List<String> health(String body) {
    return contract.disagreements(new Exchange("GET", "/api/health", 200, HEADERS, body));
  }

  @Test
  void agreesWithADescribedAnswer() {
    assertEquals(List.of(), health("{\"status\":\"ok\",\"version\":\"1\"}"));
  }

  @Test
  void noticesAFieldThatIsMissingTooManyOrOfAnotherType() {
    assertTrue(health("{\"status\":\"ok\"}").toString().contains("version"));
    assertTrue(
        health("{\"status\":\"ok\",\"version\":\"1\",\"secret\":1}").toString().contains("secret"));
    assertTrue(health("{\"status\":7,\"version\":\"1\"}").toString().contains("status"));
  }

  @Test
  void noticesAStatusAHeaderAndAContentTypeThatAreNotDescribed() {
    String body = "{\"status\":\"ok\",\"version\":\"1\"}";

    assertEquals(
        List.of("the status is not described"),
        contract.disagreements(new Exchange("GET", "/api/health", 418, HEADERS, body)));
    assertEquals(
        List.of("header X-Request-Id is missing"),
        contract.disagreements(
            new Exchange(
                "GET", "/api/health", 200, Map.of("Content-Type", "application/json"), body)));
    assertEquals(
        List.of("content type 'text/plain' is not described"),
        contract.disagreements(
            new Exchange(
                "GET",
                "/api/health",
                200,
                Map.of("Content-Type", "text/plain", "X-Request-Id", "r1"),
                body)));
  }

  @Test
  void noticesACodeThatTheStatusDoesNotHave() {
    String body = "{\"error\":\"No.\",\"code\":\"%s\",\"details\":{}}";

    assertEquals(
        List.of(),
        contract.disagreements(
            new Exchange("GET", "/api/health", 500, HEADERS, body.formatted("INTERNAL"))));
    assertTrue(
        contract
            .disagreements(
                new Exchange("GET", "/api/health", 500, HEADERS, body.formatted("CONFLICT")))
            .toString()
            .contains("code"));
  }

  @Test
  void knowsPathsByTheirTemplatesFixedOnesFirst() {
    String none = "";

    assertEquals(
        List.of("the path is not described"),
        contract.disagreements(new Exchange("GET", "/api/v9/none", 200, HEADERS, none)));
    assertEquals(
        List.of(), contract.disagreements(new Exchange("PUT", "/api/health", 405, HEADERS, none)));
    assertTrue(
        contract
            .disagreements(new Exchange("GET", "/api/v2/user-stories/queue", 200, HEADERS, "{}"))
            .toString()
            .contains("capacity"));
  }
}
