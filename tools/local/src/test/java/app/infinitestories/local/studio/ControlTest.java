package app.infinitestories.local.studio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The studio's own endpoints: settings at run time and the journal. */
class ControlTest {
  private final Wire wire = new Wire();
  private Studio studio;

  @BeforeEach
  void start() {
    studio = Studio.start(StudioSettings.quick(), new SetClock("2026-11-21T10:00:00Z"));
  }

  @AfterEach
  void stop() {
    studio.close();
    wire.close();
  }

  @Test
  void settingsCanBeReadAndChanged() throws IOException {
    JsonNode before = wire.get(studio.baseUrl() + "/studio/settings").json();
    JsonNode after = put("{\"seed\": 5, \"latency\": 2, \"faults\": \"refusal@chat=3\"}").json();

    assertEquals("{\"seed\":1,\"latency\":0.0,\"faults\":\"\"}", before.toString());
    assertEquals("{\"seed\":5,\"latency\":2.0,\"faults\":\"refusal@chat=3\"}", after.toString());
  }

  @Test
  void aBadSettingChangesNothing() throws IOException {
    Wire.Answer answer = put("{\"seed\": 5, \"faults\": \"earthquake\"}");

    assertEquals(400, answer.status());
    assertTrue(answer.json().path("error").asText().contains("earthquake"));
    assertEquals(1, wire.get(studio.baseUrl() + "/studio/settings").json().path("seed").asInt());
  }

  @Test
  void theJournalCountsCallsAndKeepsNoneOfTheirWords() throws IOException {
    ObjectNode body =
        Json.object().put("model", "omni-moderation-latest").put("input", "Mira and the fox");
    wire.openAi(studio, "/moderations", body);
    wire.openAi(studio, "/moderations", body.deepCopy().put("colour", "red"));

    String text =
        new String(wire.get(studio.baseUrl() + "/studio/calls").bytes(), StandardCharsets.UTF_8);
    JsonNode calls = Json.read(text).orElseThrow().path("calls");

    assertFalse(text.contains("Mira"));
    assertEquals(2, calls.size());
    assertEquals("POST", calls.at("/0/method").asText());
    assertEquals("/v1/moderations", calls.at("/0/path").asText());
    assertEquals("omni-moderation-latest", calls.at("/0/model").asText());
    assertEquals(200, calls.at("/0/status").asInt());
    assertEquals(400, calls.at("/1/status").asInt());
    assertTrue(calls.at("/0/bodySha256").asText().matches("[0-9a-f]{64}"));
  }

  @Test
  void theJournalCanBeCleared() throws IOException {
    wire.openAi(studio, "/moderations", Json.object());

    Wire.Answer answer =
        wire.send(new Request.Builder().url(studio.baseUrl() + "/studio/calls").delete().build());

    assertEquals(204, answer.status());
    assertEquals(0, studio.calls().size());
  }

  @Test
  void anotherPathSaysWhereToGo() throws IOException {
    Wire.Answer answer = wire.get(studio.baseUrl() + "/v1/models");

    assertEquals(404, answer.status());
    assertTrue(answer.json().path("error").asText().contains("/openai/v1"));
  }

  private Wire.Answer put(String json) throws IOException {
    return wire.send(
        new Request.Builder()
            .url(studio.baseUrl() + "/studio/settings")
            .put(RequestBody.create(json, MediaType.get("application/json")))
            .build());
  }
}
