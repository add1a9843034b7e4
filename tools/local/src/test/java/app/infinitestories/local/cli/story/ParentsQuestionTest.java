package app.infinitestories.local.cli.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParentsQuestionTest {
  private static final String APPROVE = "POST /api/v2/user-stories/j1/approve";

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private FakeBackend backend;

  @BeforeEach
  void start() throws IOException {
    backend = new FakeBackend();
    backend.on(
        "GET /api/v2/user-stories/j1",
        200,
        """
        {"job": {"script": {"title": "The Kite",
                            "scenes": [{"index": 0, "text": "Ann ran up the hill."}]}}}
        """);
    backend.on(APPROVE, 200, "{\"job\": {}}");
  }

  @AfterEach
  void stop() {
    backend.close();
  }

  @Test
  void theScriptIsShownAndAYesHandedOn() {
    var said = answer("", "Yes");

    assertTrue(said.path("approved").asBoolean());
    assertFalse(said.has("changes"));
    var shown = screen.toString(StandardCharsets.UTF_8);
    assertTrue(shown.contains("The Kite") && shown.contains("Ann ran up the hill."), shown);
    assertEquals(2, shown.split("Make this film", -1).length - 1, "nothing said is no answer");
  }

  @Test
  void aNoAndNobodyThereAreTheSame() {
    assertFalse(answer("n").path("approved").asBoolean(true));
    assertFalse(answer().path("approved").asBoolean(true));
  }

  @Test
  void anythingElseIsAWish() {
    var said = answer("No dragons, please.");

    assertFalse(said.path("approved").asBoolean(true));
    assertEquals("No dragons, please.", said.path("changes").asText());
  }

  private JsonNode answer(String... lines) {
    Iterator<String> typed = Arrays.asList(lines).iterator();
    var app =
        new AppCalls(
            new HttpCalls(Duration.ofSeconds(20)), backend.address(), new Parent("ann", "t"));
    var out = new PrintStream(screen, true, StandardCharsets.UTF_8);
    new ParentsQuestion(
            app, out, () -> typed.hasNext() ? Optional.of(typed.next()) : Optional.empty())
        .ask("j1");
    return backend.asked(APPROVE).json();
  }
}
