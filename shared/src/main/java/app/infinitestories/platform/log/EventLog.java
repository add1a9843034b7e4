package app.infinitestories.platform.log;

import app.infinitestories.platform.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Structured log events with stable names such as {@code job.claimed}: one JSON line each, in the
 * shape of Cloud Logging (severity, message, fields). Fields are ids, counts and durations, never a
 * child's data.
 */
public final class EventLog {
  private final Logger logger;

  private EventLog(Logger logger) {
    this.logger = logger;
  }

  /** The log of one class. */
  public static EventLog of(Class<?> type) {
    return new EventLog(Logger.getLogger(type.getName()));
  }

  /** Something that happened as it should. Fields alternate name, value. */
  public void info(String event, @Nullable Object... fields) {
    write(Level.INFO, event, null, fields);
  }

  /** Something to look at that the product dealt with by itself. */
  public void warn(String event, @Nullable Object... fields) {
    write(Level.WARNING, event, null, fields);
  }

  /** A fault: somebody should act. The cause's stack goes to the log, never to a client. */
  public void error(String event, Throwable cause, @Nullable Object... fields) {
    write(Level.SEVERE, event, cause, fields);
  }

  private void write(
      Level level, String event, @Nullable Throwable cause, @Nullable Object... fields) {
    if (!logger.isLoggable(level)) {
      return;
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("severity", severity(level));
    line.put("message", event);
    for (int i = 0; i + 1 < fields.length; i += 2) {
      Object value = fields[i + 1];
      if (value != null) {
        line.put(String.valueOf(fields[i]), value instanceof Number ? value : value.toString());
      }
    }
    logger.log(level, Json.write(line), cause);
  }

  private static String severity(Level level) {
    if (level.equals(Level.SEVERE)) {
      return "ERROR";
    }
    return level.equals(Level.WARNING) ? "WARNING" : "INFO";
  }
}
