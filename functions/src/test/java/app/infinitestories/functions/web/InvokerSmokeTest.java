package app.infinitestories.functions.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same router under the framework's own server, as production starts it, on this JDK. */
class InvokerSmokeTest {
  private static final Path INVOKER =
      Path.of("target", "invoker", "java-function-invoker-2.0.0.jar");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static Process invoker;
  private static int port;

  @BeforeAll
  static void start() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    invoker =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-jar",
                    INVOKER.toString(),
                    "--classpath",
                    System.getProperty("java.class.path"),
                    "--target",
                    SmokeFunction.class.getName(),
                    "--port",
                    Integer.toString(port)))
            .redirectErrorStream(true)
            .start();
    // the framework says when it listens; if it ends instead, so does its output
    BufferedReader output = invoker.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
      if (line.contains("URL: http://")) {
        Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {}));
        return;
      }
    }
    throw new IllegalStateException("the framework did not start:\n" + said);
  }

  @AfterAll
  static void stop() {
    invoker.destroyForcibly();
    CLIENT.close();
  }

  private static HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return send(method, path, body, "application/json");
  }

  private static HttpResponse<String> send(String method, String path, String body, String type)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, BodyPublishers.ofString(body))
            .header("Authorization", "Bearer user-a")
            .header("Content-Type", type)
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  void answersErrorsHeadersAndBodiesAsUnderTest() throws Exception {
    HttpResponse<String> created = send("POST", "/api/toys", "{\"name\":\"Zoë\",\"age\":3}");

    assertEquals(201, created.statusCode(), created.body());
    assertTrue(created.body().contains("\"name\":\"Zoë\""), created.body());
    assertEquals("19", created.headers().firstValue("RateLimit-Remaining").orElse(""));
    assertEquals(
        "application/json; charset=utf-8",
        created.headers().firstValue("Content-Type").orElse("").toLowerCase(java.util.Locale.ROOT));
    assertEquals(400, send("POST", "/api/toys", "{").statusCode());
    assertEquals(413, send("POST", "/api/toys", "x".repeat((1 << 20) + 1)).statusCode());
    assertEquals(404, send("GET", "/api/nothing", "").statusCode());
    assertEquals(405, send("PATCH", "/api/toys", "").statusCode());
    assertEquals(204, send("OPTIONS", "/api/toys", "").statusCode());
    assertEquals(204, send("DELETE", "/api/toys/x", "").statusCode());
    assertEquals(400, send("GET", "/api/toys?limit=1&limit=2", "").statusCode());
  }

  @Test
  void refusesFormsInPartsWhichTheFrameworkReadsItself() throws Exception {
    String form =
        "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nZo\u00eb\r\n--x--\r\n";

    for (String body : List.of(form, "--x--\r\n", "{\"name\":\"Zo\u00eb\",\"age\":3}", "")) {
      HttpResponse<String> answer =
          send("POST", "/api/toys", body, "multipart/form-data; boundary=x");

      assertEquals(415, answer.statusCode(), body + answer.body());
    }
    assertEquals(415, send("POST", "/api/toys", form, "multipart/form-data").statusCode());
    assertEquals(415, send("POST", "/api/toys", form, "multipart/mixed; boundary=x").statusCode());
  }

  @Test
  void answersHeadWithTheLengthAndWithoutTheBody() throws Exception {
    HttpResponse<String> answer = send("HEAD", "/api/page", "");

    assertEquals(200, answer.statusCode());
    assertEquals("2", answer.headers().firstValue("Content-Length").orElse(""));
    assertEquals("", answer.body());
  }

  @Test
  void neverTakesAnEncodedSlashForASeparator() throws Exception {
    // whether the server or the router refuses it: it must not reach /toys/best/...
    int status = send("GET", "/api/toys%2Fbest", "").statusCode();

    assertTrue(status == 404 || status == 400, "status " + status);
  }
}
