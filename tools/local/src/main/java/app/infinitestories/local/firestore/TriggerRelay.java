package app.infinitestories.local.firestore;

import app.infinitestories.local.part.Ports;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Carries the Firestore emulator's trigger events to functions as Eventarc would: the emulator
 * sends the protobuf body as base64 text and never tries again; functions get it as bytes, and
 * again after a failure.
 */
final class TriggerRelay {
  private static final Logger LOG = Logger.getLogger(TriggerRelay.class.getName());
  private static final Pattern PATH =
      Pattern.compile("/functions/projects/([^/]+)/triggers/([^/]+)");
  private static final int ATTEMPTS = 6;

  private final Map<String, URI> functions = new ConcurrentHashMap<>();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private @Nullable HttpServer server;

  synchronized void start() {
    if (server != null) {
      return;
    }
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(Ports.LOOPBACK), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.createContext("/", this::receive);
    var dispatcher = server;
    // The server's own thread would keep the JVM alive; it is started from a daemon, so it is one.
    Thread.ofPlatform().daemon().start(dispatcher::start);
  }

  String host() {
    var running = server;
    if (running == null) {
      throw new IllegalStateException("The trigger relay was not started");
    }
    return Ports.LOOPBACK + ":" + running.getAddress().getPort();
  }

  void route(String project, String key, URI function) {
    functions.put(project + "/" + key, function);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = PATH.matcher(exchange.getRequestURI().getPath());
      var function = path.matches() ? functions.get(path.group(1) + "/" + path.group(2)) : null;
      byte[] body = exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(function == null ? 404 : 200, -1);
      if (function != null) {
        var event = event(exchange, function, body);
        Thread.startVirtualThread(() -> deliver(event));
      }
    }
  }

  private static HttpRequest event(HttpExchange exchange, URI function, byte[] base64) {
    var request = HttpRequest.newBuilder(function).timeout(Duration.ofMinutes(2));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          var header = name.toLowerCase(Locale.ROOT);
          if (header.startsWith("ce-")) {
            // The emulator doubles a path segment: //firestore.googleapis.com/projects/projects/…
            request.header(header, values.getFirst().replace("projects/projects/", "projects/"));
          }
        });
    request.header("Content-Type", "application/protobuf");
    return request.POST(BodyPublishers.ofByteArray(Base64.getMimeDecoder().decode(base64))).build();
  }

  private void deliver(HttpRequest event) {
    String why = "";
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        int status = http.send(event, BodyHandlers.discarding()).statusCode();
        if (status < 300) {
          return;
        }
        why = "status " + status;
      } catch (IOException e) {
        why = e.toString();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      try {
        Thread.sleep(Duration.ofMillis(250L << attempt));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    LOG.warning("A Firestore event was dropped after %d attempts: %s".formatted(ATTEMPTS, why));
  }
}
