package app.infinitestories.local.cli.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The parent's phone, as far as pushes go: what Firebase Cloud Messaging has for its token. */
final class Phone {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  private final HttpCalls http;
  private final URI messages;
  private final String token;

  /**
   * @param fcm the local stand-in, which lists what it was sent
   */
  Phone(HttpCalls http, URI fcm, String token) {
    this.http = http;
    this.messages = fcm.resolve("/messages");
    this.token = token;
  }

  String token() {
    return token;
  }

  /** Waits for a push, but no longer than that. */
  Optional<JsonNode> awaitPush(Duration patience) throws InterruptedException {
    long looks = Math.max(1, patience.dividedBy(BETWEEN_LOOKS));
    for (long i = 0; i < looks; i++) {
      var push = lastPush();
      if (push.isPresent()) {
        return push;
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
    return lastPush();
  }

  private Optional<JsonNode> lastPush() {
    var sent =
        http.json("asking which push was sent", "GET", messages, Map.of(), null).path("messages");
    for (int i = sent.size() - 1; i >= 0; i--) {
      var message = sent.get(i).path("message");
      if (message.path("token").asText(message.path("fid").asText()).equals(token)) {
        return Optional.of(message);
      }
    }
    return Optional.empty();
  }
}
