package app.infinitestories.local.cli.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void elsewhereThanOnATerminalEachChangeIsOneLine() throws JsonProcessingException {
    var display = new ProgressDisplay(out, false);

    display.show(node("{'state': 'queued', 'position': 3, 'positionExact': true}"));
    display.show(node("{'state': 'queued', 'position': 250, 'positionExact': false}"));
    display.show(
        node("{'state': 'running', 'step': 'picture.0@1', 'progress': 30, 'etaP50Seconds': 40}"));
    display.show(
        node("{'state': 'running', 'step': 'picture.0@1', 'progress': 30, 'etaP50Seconds': 38}"));
    display.note("a picture: out/1.png");
    display.show(
        node("{'state': 'running', 'step': 'assemble@1', 'progress': 90, 'etaP50Seconds': 300}"));
    display.show(node("{'state': 'succeeded', 'progress': 100, 'etaP50Seconds': 0}"));
    display.end();

    assertEquals(
        List.of(
            "      0 %  waiting in line, place 3",
            "      0 %  waiting in line, at most place 250",
            "     30 %  painting the pictures, about 40 s left",
            "    a picture: out/1.png",
            "     90 %  cutting the film, about 5 min left",
            "    100 %  the film is ready"),
        printed().lines().toList());
  }

  @Test
  void onATerminalOneLineIsRewrittenAndNeverWraps() throws JsonProcessingException {
    var display = new ProgressDisplay(out, true);

    display.show(
        node(
            "{'state': 'running', 'step': 'clip.1@1', 'progress': 50, 'etaP50Seconds': 999999999}"));
    display.note("a picture: out/1.png");
    display.end();

    var lines = printed().split("\r\u001b\\[K", -1);
    assertTrue(lines[1].startsWith("[############------------]  50 %  bringing"), lines[1]);
    assertTrue(lines[1].length() <= 79, lines[1]);
    assertTrue(lines[2].startsWith("    a picture: out/1.png\n"), lines[2]);
    assertTrue(lines[2].contains(lines[1]), "the progress goes on below the note");
    assertTrue(printed().endsWith("\n"));
  }

  @Test
  void everyStepOfThePipelineHasWords() {
    for (String step :
        List.of("photo", "hero-sheet@1", "script", "picture-check.2@1", "clip.0.1@2", "publish")) {
      var words = StepWords.of(step);
      assertTrue(words.contains("ing "), step + ": " + words);
      assertFalse(words.contains("@"), words);
    }
    assertEquals("drawing the hero", StepWords.of("hero-sheet-moderation@1"));
    assertEquals("some new step", StepWords.of("some-new-step.3@1"));
    assertEquals("getting ready", StepWords.of(null));
  }

  @Test
  void theApiTellsTheSameAsTheDatabase() throws JsonProcessingException {
    var database =
        node(
            "{'state': 'failed', 'step': 'script', 'progress': 9, 'etaP50Seconds': 5,"
                + " 'preview': {'scene': 2, 'path': 'p'}, 'error': {'code': 'INTERNAL'}}");
    var api =
        JobNode.ofApi(
            HttpCalls.JSON.readTree(
                """
                {"state": "failed", "step": "script", "progress": 9, "eta": {"p50Seconds": 5},
                 "position": null, "previews": [{"scene": 1}, {"scene": 2}],
                 "error": {"code": "INTERNAL", "message": "m"}}
                """));

    assertEquals(database, api);
    assertTrue(api.finished());
  }

  private static JobNode node(String json) throws JsonProcessingException {
    return JobNode.ofDatabase(HttpCalls.JSON.readTree(json.replace('\'', '"')));
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
