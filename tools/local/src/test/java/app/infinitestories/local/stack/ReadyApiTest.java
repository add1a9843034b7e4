package app.infinitestories.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.part.HttpPart;
import app.infinitestories.local.part.PartException;
import app.infinitestories.local.part.Ports;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadyApiTest {

  /** An API whose dependencies answer from some call on. */
  private static final class SlowApi extends HttpPart {
    private final AtomicInteger calls = new AtomicInteger();
    private final int readyAt;

    SlowApi(int readyAt) {
      super("api", Ports.ANY);
      this.readyAt = readyAt;
    }

    @Override
    protected void handle(HttpExchange exchange) throws IOException {
      assertEquals("/api/health/ready", exchange.getRequestURI().getPath());
      boolean ready = calls.incrementAndGet() >= readyAt;
      send(exchange, ready ? 200 : 503, "text/plain", "firestore is down".getBytes(UTF_8));
    }
  }

  private static void await(SlowApi api, Duration atMost) {
    api.start();
    try (api) {
      new ReadyApi(atMost, Duration.ofMillis(1)).await(api.address());
    }
  }

  @Test
  void waitsUntilAllThatTheApiDependsOnAnswers() {
    var api = new SlowApi(3);

    await(api, Duration.ofMinutes(1));

    assertEquals(3, api.calls.get());
  }

  @Test
  void saysWhatIsMissingWhenTheTimeIsOver() {
    var late =
        assertThrows(
            PartException.class, () -> await(new SlowApi(Integer.MAX_VALUE), Duration.ZERO));

    assertTrue(String.valueOf(late.getMessage()).contains("503 firestore is down"));
  }
}
