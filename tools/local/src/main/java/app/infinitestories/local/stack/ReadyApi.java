package app.infinitestories.local.stack;

import app.infinitestories.local.part.PartException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Waits until the API says by {@code GET /api/health/ready} that all it depends on answers: that a
 * process listens does not mean yet that it can work.
 */
final class ReadyApi {
  private static final int OK = 200;

  private final Duration atMost;
  private final Duration pause;

  ReadyApi(Duration atMost, Duration pause) {
    this.atMost = atMost;
    this.pause = pause;
  }

  /**
   * Waits for it.
   *
   * @throws PartException with its last answer, when the time is over
   */
  void await(URI api) {
    var request =
        HttpRequest.newBuilder(api.resolve("/api/health/ready"))
            .timeout(Duration.ofSeconds(30))
            .build();
    long end = System.nanoTime() + atMost.toNanos();
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      String answer = answer(http, request);
      while (!answer.isEmpty()) {
        if (System.nanoTime() > end) {
          throw new PartException(
              "The api is not ready after %d s: %s".formatted(atMost.toSeconds(), answer));
        }
        Thread.sleep(pause.toMillis());
        answer = answer(http, request);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PartException("Interrupted while the api came up", e);
    }
  }

  /** Empty once it is ready, else what it says. */
  private static String answer(HttpClient http, HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return response.statusCode() == OK ? "" : response.statusCode() + " " + response.body();
    } catch (IOException e) {
      return "no answer: " + e;
    }
  }
}
