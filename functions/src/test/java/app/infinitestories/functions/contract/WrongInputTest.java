package app.infinitestories.functions.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The wrong inputs are wrong in every way that a schema can be broken, and each in one. */
class WrongInputTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static Set<WrongInput> bodies(String schema) throws Exception {
    return new HashSet<>(WrongInput.bodies(JSON.readTree(schema)));
  }

  private static WrongInput wrong(String input, String... fields) {
    return new WrongInput(input, Set.of(fields));
  }

  @Test
  void everyRuleOfAFieldIsBroken() throws Exception {
    var wrong =
        bodies(
            """
            {"type": "object", "required": ["age"], "additionalProperties": false, "properties": {
              "age": {"type": "integer", "minimum": 1, "maximum": 18},
              "mood": {"type": ["string", "null"], "enum": ["sad", "glad", null]},
              "nick": {"type": ["string", "null"], "minLength": 1, "maxLength": 6}}}
            """);

    String rest = ",\"mood\":\"sad\",\"nick\":\"sample\"}";
    for (String age : List.of("0", "19", "1.5", "\"x\"", "true", "[]", "{}", "null")) {
      assertTrue(wrong.contains(wrong("{\"age\":" + age + rest, "age")), age);
    }
    assertTrue(wrong.contains(wrong("{" + rest.substring(1), "age")), "left out");
    for (String mood : List.of("1", "\"unheard-of\"", "\"sad \"", "\"\"")) {
      assertTrue(
          wrong.contains(wrong("{\"age\":1,\"mood\":" + mood + ",\"nick\":\"sample\"}", "mood")));
    }
    for (String nick : List.of("1", "\"\"", "\"aaaaaaa\"")) {
      assertTrue(
          wrong.contains(wrong("{\"age\":1,\"mood\":\"sad\",\"nick\":" + nick + "}", "nick")));
    }
    assertTrue(
        wrong.contains(
            wrong("{\"age\":1,\"mood\":\"sad\",\"nick\":\"sample\",\"unknown\":null}", "unknown")));
    assertTrue(
        wrong.contains(wrong("{\"age\":[],\"mood\":[],\"nick\":[]}", "age", "mood", "nick")));
    assertTrue(wrong.contains(wrong("[]", "body")));
    assertTrue(wrong.contains(wrong("null", "body")));
  }

  @Test
  void whatIsDeepInsideHasItsWholePath() throws Exception {
    var wrong =
        bodies(
            """
            {"type": "object", "properties": {
              "story": {"anyOf": [{"type": "object", "properties": {
                "pages": {"type": "array", "minItems": 1, "maxItems": 2, "items": {
                  "type": "string", "pattern": "^[a-z]*$"}}}}, {"type": "null"}]}}}
            """);

    assertTrue(wrong.contains(wrong("{\"story\":{\"pages\":[\"a/b\"]}}", "story.pages[0]")));
    assertTrue(wrong.contains(wrong("{\"story\":{\"pages\":[]}}", "story.pages")));
    assertTrue(
        wrong.contains(
            wrong("{\"story\":{\"pages\":[\"sample\",\"sample\",\"sample\"]}}", "story.pages")));
    assertTrue(wrong.contains(wrong("{\"story\":[]}", "story")));
  }

  @Test
  void everyParameterIsWrongAloneAndAllTogether() throws Exception {
    JsonNode limit = JSON.readTree("{\"type\": \"integer\", \"minimum\": 1, \"maximum\": 100}");
    JsonNode device = JSON.readTree("{\"type\": \"string\", \"pattern\": \"^[a-z]+$\"}");

    var wrong =
        new HashSet<>(
            WrongInput.queries(
                List.of(
                    new DescribedOperation.Parameter("query", "limit", false, limit),
                    new DescribedOperation.Parameter("query", "device", true, device))));

    for (String value : List.of("0", "101", "x", "", "%FF", "1&limit=1")) {
      assertTrue(wrong.contains(wrong("device=sample&limit=" + value, "limit")), value);
    }
    assertTrue(wrong.contains(wrong("device=a%2Fb", "device")));
    assertTrue(wrong.contains(wrong("", "device")), "left out");
    assertTrue(wrong.stream().anyMatch(w -> w.fields().equals(Set.of("limit", "device"))));
  }

  @Test
  void theLeastBodyHasWhatIsRequired() throws Exception {
    assertEquals(
        "{\"action\":\"publish\"}",
        WrongInput.leastBody(
            JSON.readTree(
                """
                {"type": "object", "required": ["action"], "properties": {
                  "action": {"type": "string", "enum": ["publish"]}, "why": {"type": "string"}}}
                """)));
  }
}
