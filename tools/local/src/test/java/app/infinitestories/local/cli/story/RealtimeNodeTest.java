package app.infinitestories.local.cli.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class RealtimeNodeTest {
  private final RealtimeNode node = new RealtimeNode();

  @Test
  void writesToItAndBelowItAreSeen() throws JsonProcessingException {
    node.set("", json("{\"state\": \"queued\"}"));
    node.set("/state", json("\"running\""));
    node.set("/preview/scene", json("2"));

    assertEquals(json("{\"state\": \"running\", \"preview\": {\"scene\": 2}}"), node.value());
  }

  @Test
  void nullDeletes() throws JsonProcessingException {
    node.set("/", json("{\"state\": \"queued\", \"position\": 1}"));
    node.set("/position", json("null"));
    assertEquals(json("{\"state\": \"queued\"}"), node.value());

    node.set("", json("null"));
    assertTrue(node.value().isMissingNode());
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return HttpCalls.JSON.readTree(text);
  }
}
