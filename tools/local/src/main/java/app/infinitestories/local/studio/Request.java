package app.infinitestories.local.studio;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request as the endpoints see it: read whole, without the transport. */
public final class Request {
  private final HttpExchange exchange;
  private final byte[] body;
  private @Nullable String model;
  private @Nullable String task;

  private Request(HttpExchange exchange, byte[] body) {
    this.exchange = exchange;
    this.body = body;
  }

  static Request read(HttpExchange exchange) throws IOException {
    return new Request(exchange, exchange.getRequestBody().readAllBytes());
  }

  public String method() {
    return exchange.getRequestMethod();
  }

  public String path() {
    return exchange.getRequestURI().getPath();
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  public byte[] body() {
    return body;
  }

  /** Notes what the journal shall say about this request: ids only, nothing that was said. */
  public void concerns(@Nullable String modelId, @Nullable String schemaName) {
    model = modelId;
    task = schemaName;
  }

  @Nullable String model() {
    return model;
  }

  @Nullable String task() {
    return task;
  }
}
