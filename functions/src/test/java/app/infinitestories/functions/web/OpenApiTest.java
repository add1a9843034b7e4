package app.infinitestories.functions.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The generated documents say what the routes of the fixture are. */
class OpenApiTest {
  private JsonNode document;

  @BeforeEach
  void generate() throws IOException {
    document =
        new ObjectMapper()
            .readTree(ApiDocuments.openApi(r -> r.under("/api/v2", new Fixture.Toys()), "1.2.3"));
  }

  private JsonNode operation(String path, String method) {
    return document.path("paths").path("/api/v2" + path).path(method);
  }

  private JsonNode schema(String name) {
    return document.path("components").path("schemas").path(name);
  }

  @Test
  void listsEveryRouteWithWhoHowOftenAndSuccess() {
    String list = ApiDocuments.routeList(new Fixture.Toys());

    assertTrue(
        list.lines()
            .anyMatch(line -> line.matches("POST +/toys +USER +WRITES 20/min +201,200 idempotent")),
        list);
    assertTrue(list.lines().anyMatch(line -> line.matches("GET +/toys/best +NONE +- +200")), list);
    assertEquals(12, list.lines().count());
  }

  @Test
  void namesVersionOperationAndTag() {
    assertEquals("3.1.0", document.path("openapi").textValue());
    assertEquals("1.2.3", document.at("/info/version").textValue());
    assertEquals(
        "deleteV2ToysId", operation("/toys/{id}", "delete").get("operationId").textValue());
    assertEquals("toys", operation("/toys/{id}", "delete").at("/tags/0").textValue());
  }

  @Test
  void describesABodyByItsAnnotations() {
    JsonNode toy = schema("Toy");

    assertEquals(
        "#/components/schemas/Toy",
        operation("/toys", "post")
            .at("/requestBody/content/application~1json/schema/$ref")
            .textValue());
    assertEquals("[\"name\",\"age\"]", toy.get("required").toString());
    assertFalse(toy.get("additionalProperties").booleanValue());
    assertEquals(
        "{\"type\":\"string\",\"minLength\":1,\"maxLength\":10}",
        toy.at("/properties/name").toString());
    assertEquals(
        "{\"type\":\"integer\",\"format\":\"int32\",\"minimum\":1,\"maximum\":18}",
        toy.at("/properties/age").toString());
    assertEquals(
        "{\"type\":[\"array\",\"null\"],\"items\":{\"type\":\"string\",\"enum\":[\"kind\",\"loud\"]},"
            + "\"maxItems\":2}",
        toy.at("/properties/traits").toString());
    assertEquals(
        "{\"type\":[\"string\",\"null\"],\"enum\":[\"brave\",\"very_shy\",null]}",
        toy.at("/properties/mood").toString());
    assertEquals(
        "{\"anyOf\":[{\"$ref\":\"#/components/schemas/Friend\"},{\"type\":\"null\"}]}",
        toy.at("/properties/friend").toString());
    assertEquals("date-time", toy.at("/properties/madeAt/format").textValue());
  }

  @Test
  void describesAnAnswerWithEveryFieldThere() {
    assertEquals(
        "[\"id\",\"name\",\"note\",\"mood\",\"at\"]", schema("ToyView").get("required").toString());
    assertEquals("[\"string\",\"null\"]", schema("ToyView").at("/properties/note/type").toString());
  }

  @Test
  void tellsParametersSecurityAndErrors() {
    JsonNode post = operation("/toys", "post");
    JsonNode list = operation("/toys", "get");

    assertEquals("Idempotency-Key", post.at("/parameters/0/name").textValue());
    assertEquals("limit", list.at("/parameters/0/name").textValue());
    assertEquals("query", list.at("/parameters/0/in").textValue());
    assertEquals(100, list.at("/parameters/0/schema/maximum").intValue());
    assertEquals("[{},{\"bearer\":[]}]", list.get("security").toString());
    assertEquals("[{\"bearer\":[]}]", post.get("security").toString());
    assertEquals("[]", operation("/page", "get").get("security").toString());
    assertEquals("CONFLICT", post.at("/responses/409/description").textValue());
    assertEquals(
        "MALFORMED_JSON, VALIDATION_FAILED", post.at("/responses/400/description").textValue());
    assertTrue(post.at("/responses/429/headers").has("Retry-After"));
    assertTrue(post.at("/responses/201/headers").has("RateLimit-Remaining"));
    assertTrue(post.path("responses").has("200"));
    assertFalse(operation("/page", "get").path("responses").has("429"));
    assertTrue(operation("/admin/jobs/{index}", "get").path("responses").has("403"));
  }
}
