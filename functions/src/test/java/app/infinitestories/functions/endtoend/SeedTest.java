package app.infinitestories.functions.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.cli.RunningStack;
import app.infinitestories.local.cli.seed.SampleCatalogue;
import app.infinitestories.local.cli.story.HttpCalls;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The sample catalogue, published by the route of staff and read as anybody reads it. */
@ProductTest
class SeedTest {
  private final Product product;

  SeedTest(Product product) {
    this.product = product;
  }

  @Test
  void whatStaffPublishIsThereForAnybodyAndASecondRunChangesNothing() throws Exception {
    var first = seed();
    var second = seed();

    assertEquals(new SampleCatalogue.Result(3, 3, 0), first);
    assertEquals(new SampleCatalogue.Result(0, 0, 3), second);
    var stories = get("/api/v1/stories?language=es").path("stories");
    assertEquals(3, stories.size());
    for (JsonNode story : stories) {
      assertEquals(3, story.path("chapterCount").asInt());
      assertEquals("image/jpeg", typeOf(story.path("posterUrl")));
    }
    String free = "/api/v1/stories/sample-es-tortuga/chapters/chapter-1";
    for (JsonNode scene : get(free).path("chapter").path("scenes")) {
      assertEquals("image/jpeg", typeOf(scene.path("imageUrl")));
      assertEquals("audio/mpeg", typeOf(scene.path("audioUrl")));
      assertEquals("text/vtt", typeOf(scene.path("captionsUrl")));
    }
    var premium = product.stranger().get("/api/v1/stories/sample-es-estrella/chapters/chapter-3");
    assertEquals(401, premium.status());
    long rows =
        product.documents("audit").stream()
            .filter(row -> String.valueOf(row.getString("storyId")).startsWith("sample-es-"))
            .count();
    assertEquals(6, rows, "every call of staff is in the audit log");
  }

  private SampleCatalogue.Result seed() throws InterruptedException {
    var stack = RunningStack.describe(product.stack());
    // the studio itself, not the wiretap before it
    stack.put("studioUrl", product.studio().baseUrl());
    return SampleCatalogue.of(
            stack,
            new HttpCalls(Duration.ofMinutes(1)),
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
            System::nanoTime)
        .seed(List.of("es"));
  }

  private JsonNode get(String path) {
    var answer = product.stranger().get(path);
    assertEquals(200, answer.status(), () -> answer.body().toString());
    return answer.body();
  }

  private static String typeOf(JsonNode url) throws IOException, InterruptedException {
    assertFalse(url.asText().isEmpty());
    try (var http = HttpClient.newHttpClient()) {
      var answer =
          http.send(
              HttpRequest.newBuilder(URI.create(url.asText())).build(), BodyHandlers.ofByteArray());
      assertEquals(200, answer.statusCode());
      assertTrue(answer.body().length > 0);
      return answer.headers().firstValue("Content-Type").orElse("");
    }
  }
}
