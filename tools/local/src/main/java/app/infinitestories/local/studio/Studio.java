package app.infinitestories.local.studio;

import app.infinitestories.local.studio.openai.OpenAiApi;
import app.infinitestories.local.studio.runway.RunwayApi;
import com.google.common.hash.Hashing;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The offline studio: one HTTP server on the loopback address that speaks OpenAI's and Runway's
 * wire formats, so that the production clients work without keys, network and cost.
 */
public final class Studio implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Studio.class.getName());
  private static final String OPENAI = "/openai";
  private static final String RUNWAY = "/runway";

  static {
    // Without it every kept-alive answer waits about 40 ms for a delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Journal journal = new Journal();
  private final Desk desk;
  private final Control control;
  private final OpenAiApi openAi;
  private final RunwayApi runway;

  private Studio(StudioSettings settings, Clock clock) throws IOException {
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()), 0);
    desk = new Desk(settings, clock);
    control = new Control(desk, journal);
    openAi = new OpenAiApi(desk);
    runway = new RunwayApi(desk, runwayUrl());
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /**
   * Starts a studio.
   *
   * @throws UncheckedIOException if the port cannot be bound
   */
  public static Studio start(StudioSettings settings) {
    return start(settings, Clock.systemUTC());
  }

  /** Starts a studio whose models' retirement and clips' progress follow the given clock. */
  public static Studio start(StudioSettings settings, Clock clock) {
    try {
      Studio studio = new Studio(settings, clock);
      studio.server.start();
      return studio;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The studio cannot listen on port " + settings.port() + " of this machine", e);
    }
  }

  /** The root of the studio, without a slash at its end. */
  public String baseUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The base URL for an OpenAI client; ends in {@code /v1}. */
  public String openAiUrl() {
    return baseUrl() + OPENAI + "/v1";
  }

  /** The base URL for a Runway client, in place of {@code https://api.dev.runwayml.com}. */
  public String runwayUrl() {
    return baseUrl() + RUNWAY;
  }

  /** Every provider call answered so far, oldest first. */
  public List<Call> calls() {
    return journal.all();
  }

  /** Orders faults, replacing those not yet used up. */
  public void order(Faults faults) {
    desk.order(faults);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    runway.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request = Request.read(exchange);
      Reply reply = answer(request);
      if (reply.cut()) {
        return; // closing an exchange without headers closes the connection
      }
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      boolean bodiless = reply.body().length == 0 || request.method().equals("HEAD");
      if (request.method().equals("HEAD")) {
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(reply.body().length));
      }
      exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : reply.body().length);
      if (!bodiless) {
        exchange.getResponseBody().write(reply.body());
      }
    }
  }

  private Reply answer(Request request) {
    String path = request.path();
    if (path.startsWith("/studio/")) {
      return control.answer(request, path);
    }
    if (path.startsWith(OPENAI + "/")) {
      return noted(request, openAi, path.substring(OPENAI.length()));
    }
    if (path.startsWith(RUNWAY + "/")) {
      return noted(request, runway, path.substring(RUNWAY.length()));
    }
    return Reply.json(
        404,
        Json.object()
            .put("error", "This is the offline studio: use /openai/v1, /runway or /studio"));
  }

  private Reply noted(Request request, Provider provider, String path) {
    Reply reply = guarded(request, provider, path);
    journal.add(
        new Call(
            desk.clock().instant(),
            request.method(),
            path,
            request.model(),
            request.task(),
            Hashing.sha256().hashBytes(request.body()).toString(),
            reply.cut() ? 0 : reply.status()));
    return reply;
  }

  /** A defect of the studio itself is told and logged, never mistaken for a cut connection. */
  private static Reply guarded(Request request, Provider provider, String path) {
    try {
      return provider.answer(request, path);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "studio.broke path=" + path, e);
      return Reply.json(
          500,
          Json.object()
              .set(
                  "error",
                  Json.object()
                      .put("message", "The offline studio broke; its log says why.")
                      .put("type", "server_error")));
    }
  }
}
