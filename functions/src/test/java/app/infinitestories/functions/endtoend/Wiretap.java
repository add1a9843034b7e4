package app.infinitestories.functions.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between the functions and the paid providers: keeps every request, and lets a test act at
 * the moment when a request has come in or its answer is on the way.
 */
final class Wiretap implements AutoCloseable {
  private static final Set<String> OWN_HEADERS =
      Set.of("host", "content-length", "connection", "transfer-encoding", "upgrade", "expect");

  /** When a listener is called. */
  enum Moment {
    /** The provider does not have the request yet. */
    ARRIVING,
    /** The provider has the request, its answer has not left. */
    RECEIVED,
    /** The provider's answer is ready, the client does not have it. */
    ANSWERED,
    /** The client has the answer. */
    DELIVERED
  }

  /** Told of every request at every moment. */
  interface Listener {
    void at(Moment moment, Seen seen);
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Map<Seen, String> answers = new ConcurrentHashMap<>();
  private volatile Listener listener = (moment, request) -> {};
  private volatile URI target;

  private Wiretap(URI target) throws IOException {
    this.target = target;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  static Wiretap before(URI target) throws IOException {
    return new Wiretap(target);
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on requests go there. */
  void lead(URI newTarget) {
    target = newTarget;
  }

  void listen(Listener newListener) {
    listener = newListener;
  }

  void forget() {
    seen.clear();
    answers.clear();
    listener = (moment, request) -> {};
  }

  /** Every request since the last {@link #forget}, oldest first. */
  List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** What the provider answered with, empty while it has not. */
  String answer(Seen request) {
    return answers.getOrDefault(request, "");
  }

  List<Seen> posts() {
    return seen.stream().filter(Seen::isPost).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String full = exchange.getRequestURI().getPath();
      var request =
          new Seen(exchange.getRequestMethod(), full.substring(full.indexOf("/v1/")), body);
      seen.add(request);
      listener.at(Moment.ARRIVING, request);
      var answer = client.sendAsync(forwarded(exchange, body), BodyHandlers.ofByteArray());
      listener.at(Moment.RECEIVED, request);
      HttpResponse<byte[]> reply;
      try {
        reply = answer.join();
      } catch (java.util.concurrent.CompletionException cut) {
        return; // the provider cut the connection: so does this, by closing without an answer
      }
      if (reply.headers().firstValue("content-type").orElse("").contains("json")) {
        answers.put(request, new String(reply.body(), StandardCharsets.UTF_8));
      }
      listener.at(Moment.ANSWERED, request);
      reply
          .headers()
          .map()
          .forEach((name, values) -> {
            if (!name.startsWith(":") && !OWN_HEADERS.contains(name)) {
              exchange.getResponseHeaders().put(name, values);
            }
          });
      exchange.sendResponseHeaders(
          reply.statusCode(), reply.body().length == 0 ? -1 : reply.body().length);
      exchange.getResponseBody().write(reply.body());
      exchange.getResponseBody().flush();
      listener.at(Moment.DELIVERED, request);
    }
  }

  private HttpRequest forwarded(HttpExchange exchange, byte[] body) {
    var request =
        HttpRequest.newBuilder(target.resolve(exchange.getRequestURI().toString()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (!OWN_HEADERS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    return request.build();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }
}
