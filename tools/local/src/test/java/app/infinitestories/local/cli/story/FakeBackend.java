package app.infinitestories.local.cli.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;

/** Answers what a test told it to answer, over HTTP, and keeps what it was asked. */
public final class FakeBackend implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** A request as it came. */
  public static final class Asked {
    private final String call;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    Asked(String call, Map<String, List<String>> headers, byte[] body) {
      this.call = call;
      this.headers = headers;
      this.body = body;
    }

    String call() {
      return call;
    }

    byte[] body() {
      return body.clone();
    }

    public Optional<String> header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> header.getValue().getFirst())
          .findFirst();
    }

    public JsonNode json() {
      try {
        return HttpCalls.JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private interface Answer {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  public FakeBackend() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * Answers a call so from now on.
   *
   * @param call method and path, for example {@code GET /messages}
   */
  public FakeBackend on(String call, int status, String body) {
    return on(call, status, body.getBytes(StandardCharsets.UTF_8));
  }

  FakeBackend on(String call, int status, byte[] body) {
    answers.put(
        call,
        exchange -> {
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
        });
    return this;
  }

  /** The status is asked for at each call. */
  public FakeBackend on(String call, IntSupplier status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    answers.put(
        call,
        exchange -> {
          exchange.sendResponseHeaders(status.getAsInt(), bytes.length);
          exchange.getResponseBody().write(bytes);
        });
    return this;
  }

  /** That call is never answered. */
  FakeBackend silentOn(String call) {
    answers.put(call, exchange -> closed.await());
    return this;
  }

  public List<String> calls() {
    return asked.stream().map(Asked::call).toList();
  }

  public Asked asked(String call) {
    return asked.stream()
        .filter(one -> one.call().equals(call))
        .findFirst()
        .orElseThrow(() -> new AssertionError(call + " was not called, only " + calls()));
  }

  /** The latest of those calls. */
  public Asked lastAsked(String call) {
    return asked.reversed().stream()
        .filter(one -> one.call().equals(call))
        .findFirst()
        .orElseThrow(() -> new AssertionError(call + " was not called, only " + calls()));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      asked.add(
          new Asked(
              call,
              Map.copyOf(exchange.getRequestHeaders()),
              exchange.getRequestBody().readAllBytes()));
      answers.getOrDefault(call, unknown -> unknown.sendResponseHeaders(404, -1)).to(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
