package app.infinitestories.functions.web;

import app.infinitestories.platform.Hashes;
import app.infinitestories.platform.log.EventLog;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One event per request. It knows the route's template, never the path, the query or the body. */
final class AccessLog {
  private static final EventLog LOG = EventLog.of(AccessLog.class);
  private static final int HASH_CHARACTERS = 16;

  private AccessLog() {}

  static void answered(
      String requestId, String route, int status, Duration took, @Nullable String uid) {
    LOG.info(
        "http.answered",
        "requestId",
        requestId,
        "route",
        route,
        "status",
        status,
        "millis",
        took.toMillis(),
        "user",
        uid == null ? null : Hashes.sha256(uid).substring(0, HASH_CHARACTERS));
  }

  static void failed(String requestId, String route, Throwable fault) {
    LOG.error("http.failed", fault, "requestId", requestId, "route", route);
  }

  static void unavailable(String requestId, String route, @Nullable Throwable cause) {
    LOG.warn(
        "http.unavailable",
        "requestId",
        requestId,
        "route",
        route,
        "cause",
        cause == null ? null : cause.getClass().getName());
  }
}
