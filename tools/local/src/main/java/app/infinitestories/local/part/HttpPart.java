package app.infinitestories.local.part;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A part inside this JVM that answers HTTP, each request on its own virtual thread. */
public abstract class HttpPart implements Part {
  private static final Logger LOG = Logger.getLogger(HttpPart.class.getName());
  protected static final JsonMapper JSON = new JsonMapper();

  static {
    // Without it each small answer waits for the client's delayed acknowledgement, 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final String name;
  private int port;
  private @Nullable HttpServer server;
  private @Nullable ExecutorService threads;

  protected HttpPart(String name, int port) {
    this.name = name;
    this.port = port;
  }

  /** Answers one request; the exchange is closed afterwards. */
  protected abstract void handle(HttpExchange exchange) throws IOException;

  /** Called before the first request. */
  protected void onStart() {}

  /** Called after the last request. */
  protected void onStop() {}

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final URI address() {
    if (port == Ports.ANY) {
      throw new IllegalStateException("The " + name + " was not started yet");
    }
    return URI.create("http://" + Ports.LOOPBACK + ":" + port);
  }

  @Override
  public final synchronized void start() {
    if (server != null) {
      return;
    }
    try {
      var bound =
          HttpServer.create(
              new InetSocketAddress(InetAddress.ofLiteral(Ports.LOOPBACK), port), 1_024);
      port = bound.getAddress().getPort();
      onStart();
      threads = Executors.newVirtualThreadPerTaskExecutor();
      bound.setExecutor(threads);
      bound.createContext("/", this::answer);
      bound.start();
      server = bound;
    } catch (BindException e) {
      throw new PortInUseException(name, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public final synchronized void stop() {
    var running = server;
    if (running == null) {
      return;
    }
    running.stop(0);
    if (threads != null) {
      threads.shutdownNow();
    }
    server = null;
    onStop();
  }

  @Override
  public final synchronized boolean running() {
    return server != null;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      handle(exchange);
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, name + " failed at " + exchange.getRequestURI().getPath(), e);
      if (exchange.getResponseCode() == -1) {
        exchange.sendResponseHeaders(500, -1);
      }
    }
  }

  /** The request's body; Google's clients compress JSON bodies. */
  protected static InputStream body(HttpExchange exchange) throws IOException {
    var encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    return "gzip".equals(encoding)
        ? new GZIPInputStream(exchange.getRequestBody())
        : exchange.getRequestBody();
  }

  protected static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean empty = body.length == 0 || "HEAD".equals(exchange.getRequestMethod());
    exchange.sendResponseHeaders(status, empty ? -1 : body.length);
    if (!empty) {
      try (var out = exchange.getResponseBody()) {
        new ByteArrayInputStream(body).transferTo(out);
      }
    }
  }

  protected static void sendJson(HttpExchange exchange, int status, JsonNode body)
      throws IOException {
    send(exchange, status, "application/json; charset=UTF-8", JSON.writeValueAsBytes(body));
  }
}
