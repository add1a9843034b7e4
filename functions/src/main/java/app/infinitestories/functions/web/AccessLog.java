package app.infinitestories.functions.web;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event per request. It knows the route's template, never the path, the query or the body. */
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final int HASH_CHARACTERS = 16;

  private AccessLog() {}

  static void answered(
      String requestId, String route, int status, Duration took, @Nullable String uid) {
    LOG.atInfo()
        .addKeyValue("requestId", requestId)
        .addKeyValue("route", route)
        .addKeyValue("status", status)
        .addKeyValue("millis", took.toMillis())
        .addKeyValue("user", uid == null ? "-" : hash(uid))
        .log("http.answered");
  }

  static void failed(String requestId, String route, Throwable fault) {
    LOG.atError()
        .addKeyValue("requestId", requestId)
        .addKeyValue("route", route)
        .setCause(fault)
        .log("http.failed");
  }

  static void unavailable(String requestId, String route, @Nullable Throwable cause) {
    LOG.atWarn()
        .addKeyValue("requestId", requestId)
        .addKeyValue("route", route)
        .setCause(cause)
        .log("http.unavailable");
  }

  private static String hash(String uid) {
    return Hashing.sha256()
        .hashString(uid, StandardCharsets.UTF_8)
        .toString()
        .substring(0, HASH_CHARACTERS);
  }
}
