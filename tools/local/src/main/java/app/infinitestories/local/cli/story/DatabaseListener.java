package app.infinitestories.local.cli.story;

import app.infinitestories.local.part.PartException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Listens to one node of the Realtime Database as a signed-in user, by the protocol of Firebase's
 * client SDKs: the ID token is shown first, so the database's rules hold. The Admin SDK would not
 * do: it comes as the owner, for whom there are no rules.
 */
final class DatabaseListener implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int AUTH = 1;
  private static final int LISTEN = 2;

  /** What was heard. */
  sealed interface Heard {
    /** The node is now like this; missing when there is none. */
    record Value(JsonNode node) implements Heard {}

    /** Nothing more will come. */
    record Over(String why) implements Heard {}
  }

  private final String path;
  private final String idToken;
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private final RealtimeNode node = new RealtimeNode();
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private @Nullable WebSocket socket;

  private DatabaseListener(String path, String idToken) {
    this.path = path;
    this.idToken = idToken;
  }

  /**
   * Begins to listen.
   *
   * @param host {@code host:port} of the database
   * @param path without a leading slash
   * @throws PartException when the database does not answer
   */
  static DatabaseListener listen(String host, String projectId, String path, String idToken) {
    var uri = URI.create("ws://" + host + "/.ws?v=5&ns=" + projectId + "-default-rtdb");
    var listener = new DatabaseListener(path, idToken);
    try {
      listener.socket =
          listener
              .http
              .newWebSocketBuilder()
              .connectTimeout(CONNECT)
              .buildAsync(uri, listener.new Frames())
              .join();
      return listener;
    } catch (CompletionException e) {
      listener.http.shutdownNow();
      throw new PartException(
          "The Realtime Database at " + host + " does not answer: " + e.getCause(), e);
    }
  }

  /** The next thing that is heard; empty when nothing is within that time. */
  Optional<Heard> next(Duration patience) throws InterruptedException {
    var next = heard.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (next == null && socket != null) {
      var _ = socket.sendText("0", true); // else the database takes us for gone
    }
    return Optional.ofNullable(next);
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.abort();
    }
    http.shutdownNow();
  }

  private void handle(WebSocket from, JsonNode message) {
    var data = message.path("d");
    switch (message.path("t").asText()) {
      case "c" -> control(from, data);
      case "d" -> data(data);
      default -> heard.add(new Heard.Over("an unknown kind of message: " + message));
    }
  }

  private void control(WebSocket to, JsonNode data) {
    if (data.path("t").asText().equals("h")) {
      var _ =
          to.sendText(request(AUTH, "auth", body -> body.put("cred", idToken)), true)
              .thenCompose(sent ->
                  to.sendText(
                      request(LISTEN, "q", body -> body.put("p", "/" + path).put("h", "")), true));
    } else {
      heard.add(new Heard.Over("the database sent us away: " + data));
    }
  }

  private void data(JsonNode data) {
    var body = data.path("b");
    if (data.has("r")) {
      if (!body.path("s").asText().equals("ok")) {
        var what = data.path("r").asInt() == AUTH ? "the ID token" : "to listen to " + path;
        heard.add(new Heard.Over(what + " was refused: " + body.path("s").asText()));
      }
      return;
    }
    switch (data.path("a").asText()) {
      case "d" -> changed(body, false);
      case "m" -> changed(body, true);
      default -> heard.add(new Heard.Over("the database took back the listener: " + data));
    }
  }

  private void changed(JsonNode body, boolean merge) {
    var at = body.path("p").asText();
    at = at.startsWith("/") ? at.substring(1) : at;
    if (!at.startsWith(path)) {
      return;
    }
    var below = at.substring(path.length());
    if (merge) {
      body.path("d").properties().forEach(e -> node.set(below + "/" + e.getKey(), e.getValue()));
    } else {
      node.set(below, body.path("d"));
    }
    heard.add(new Heard.Value(node.value()));
  }

  private static String request(
      int number, String action, java.util.function.Consumer<ObjectNode> fill) {
    var message = JsonNodeFactory.instance.objectNode().put("t", "d");
    fill.accept(message.putObject("d").put("r", number).put("a", action).putObject("b"));
    return message.toString();
  }

  /** Puts messages together: a frame with a number says how many frames the next message has. */
  private final class Frames implements WebSocket.Listener {
    private final StringBuilder frame = new StringBuilder();
    private final StringBuilder message = new StringBuilder();
    private int missing;

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      frame.append(part);
      if (last) {
        var text = frame.toString();
        frame.setLength(0);
        complete(from, text);
      }
      from.request(1);
      return null;
    }

    private void complete(WebSocket from, String text) {
      if (missing == 0 && text.matches("\\d{1,6}")) {
        missing = Integer.parseInt(text);
        return;
      }
      message.append(text);
      missing = Math.max(0, missing - 1);
      if (missing == 0) {
        var whole = message.toString();
        message.setLength(0);
        try {
          handle(from, HttpCalls.JSON.readTree(whole));
        } catch (JsonProcessingException e) {
          heard.add(new Heard.Over("the database did not speak JSON"));
        }
      }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      heard.add(new Heard.Over("the database hung up (" + code + " " + reason + ")"));
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      heard.add(new Heard.Over("the connection to the database broke: " + error));
    }
  }
}
