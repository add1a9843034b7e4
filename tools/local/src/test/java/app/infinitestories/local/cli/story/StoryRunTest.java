package app.infinitestories.local.cli.story;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.part.PartException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoryRunTest {
  @TempDir Path folder;
  private final HttpCalls http = new HttpCalls(Duration.ofSeconds(20));
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private FakeBackend backend;

  @BeforeEach
  void start() throws IOException {
    backend = new FakeBackend();
  }

  @AfterEach
  void stop() {
    backend.close();
  }

  @Test
  void theStudioIsToldItsSeed() {
    backend.on("PUT /studio/settings", 200, "{\"seed\": 42}");

    var words = StudioSeed.set(http, backend.address(), 42);

    assertTrue(words.contains("--seed 42"), words);
    assertEquals(42, backend.asked("PUT /studio/settings").json().path("seed").asInt());
  }

  @Test
  void aProviderOutsideTakesNoSeedAndThatIsSaid() {
    var words = StudioSeed.set(http, backend.address().resolve("/v1"), 42);

    assertTrue(words.contains("seed 42 is ignored"), words);
    assertTrue(words.contains(backend.address().toString()), words);
  }

  @Test
  void onlyThePushToThisPhoneCounts() throws Exception {
    backend.on(
        "GET /messages",
        200,
        """
        {"messages": [{"message": {"token": "mine", "notification": {"title": "Ready"}}},
                      {"message": {"token": "another", "notification": {"title": "Other"}}}]}
        """);

    var mine = new Phone(http, backend.address(), "mine").awaitPush(Duration.ofSeconds(1));
    var none = new Phone(http, backend.address(), "none").awaitPush(Duration.ofMillis(1));

    assertEquals("Ready", mine.orElseThrow().path("notification").path("title").asText());
    assertTrue(none.isEmpty());
  }

  @Test
  void aPosterIsPngWhateverWasServed() throws IOException {
    var jpeg = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(8, 4, BufferedImage.TYPE_INT_RGB), "jpg", jpeg);
    var story = new StoryFolder(folder, "s1");

    var file = story.writePng("poster.png", jpeg.toByteArray());

    assertArrayEquals(
        new byte[] {(byte) 0x89, 'P', 'N', 'G'},
        java.util.Arrays.copyOf(Files.readAllBytes(file), 4));
    assertEquals(8, ImageIO.read(file.toFile()).getWidth());
    assertThrows(PartException.class, () -> story.writePng("no.png", new byte[] {1, 2, 3}));
    assertEquals(java.util.List.of(file), story.files());
  }

  @Test
  void theReportTellsTextPriceAndTime() throws IOException {
    var report = new StoryReport(out);
    report.story(
        HttpCalls.JSON.readTree(
            """
            {"title": "The Kite", "durationSeconds": 61.24,
             "scenes": [{"text": "%s"}, {"text": "The end."}]}
            """
                .formatted("word ".repeat(40).strip())));
    report.cost(
        HttpCalls.JSON.readTree(
            """
            {"currency": "USD", "total": 0.75, "cap": 3, "steps": [
              {"provider": "runway", "model": "gen", "cost": 0.25},
              {"provider": "runway", "model": "gen", "cost": 0.45},
              {"provider": "openai", "model": "tts", "cost": 0.05}]}
            """));
    report.phases(Map.of("booting", Duration.ofMillis(12_340)));

    var printed = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(printed.contains("  The Kite"), printed);
    assertTrue(printed.contains("The end."), printed);
    assertTrue(printed.lines().allMatch(line -> line.length() <= 79), printed);
    assertTrue(printed.contains("cost $0.75 (the cap is $3)"), printed);
    assertTrue(printed.matches("(?s).*runway gen +\\$0\\.70\n.*"), printed);
    assertTrue(printed.matches("(?s).*booting +12\\.3 s\n.*altogether +12\\.3 s\n"), printed);
  }

  @Test
  void aStackWithoutItsFunctionsIsRefused() throws IOException {
    var stack = HttpCalls.JSON.readTree("{\"projectId\": \"p\", \"apiUrl\": \"\"}");

    var problem = assertThrows(PartException.class, () -> Addresses.of(stack));

    assertTrue(String.valueOf(problem.getMessage()).contains("apiUrl"), problem.getMessage());
  }
}
