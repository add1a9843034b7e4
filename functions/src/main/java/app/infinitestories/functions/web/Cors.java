package app.infinitestories.functions.web;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which pages of other origins may call, as browsers want to be told. */
final class Cors {
  private static final String REQUEST_HEADERS =
      "Authorization, Content-Type, Idempotency-Key, If-None-Match, X-Request-Id";
  private static final String ANSWER_HEADERS =
      "ETag, Idempotent-Replayed, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset,"
          + " Retry-After, X-Request-Id";
  private static final String ONE_HOUR_IN_SECONDS = "3600";

  private final Set<String> origins;

  Cors(Set<String> origins) {
    this.origins = origins;
  }

  /** OPTIONS on a path that exists; whether the origin may call shows in the headers alone. */
  Outgoing preflight(Incoming incoming, List<String> allowed) {
    Outgoing answer = new Outgoing(Status.NO_CONTENT.code(), new byte[0]);
    answer.headers().put("Allow", String.join(", ", allowed));
    if (isAllowed(incoming)) {
      answer.headers().put("Access-Control-Allow-Methods", String.join(", ", allowed));
      answer.headers().put("Access-Control-Allow-Headers", REQUEST_HEADERS);
      answer.headers().put("Access-Control-Max-Age", ONE_HOUR_IN_SECONDS);
    }
    return answer;
  }

  /** For every answer. */
  void addTo(Map<String, String> headers, Incoming incoming) {
    if (origins.isEmpty()) {
      return;
    }
    headers.merge("Vary", "Origin", (before, more) -> before + ", " + more);
    if (isAllowed(incoming)) {
      headers.put("Access-Control-Allow-Origin", incoming.header("Origin").orElseThrow());
      headers.put("Access-Control-Expose-Headers", ANSWER_HEADERS);
    }
  }

  private boolean isAllowed(Incoming incoming) {
    return incoming.header("Origin").filter(origins::contains).isPresent();
  }
}
