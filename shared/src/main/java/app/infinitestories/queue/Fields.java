package app.infinitestories.queue;

import app.infinitestories.platform.firestore.Times;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads fields of the queue's documents. */
final class Fields {
  private Fields() {}

  static String required(DocumentSnapshot document, String field) {
    String value = document.getString(field);
    if (value == null) {
      throw new IllegalStateException(document.getReference().getPath() + " has no " + field);
    }
    return value;
  }

  static String text(DocumentSnapshot document, String field, String fallback) {
    String value = document.getString(field);
    return value == null ? fallback : value;
  }

  static long number(DocumentSnapshot document, String field) {
    Long value = document.getLong(field);
    return value == null ? 0 : value;
  }

  static boolean flag(DocumentSnapshot document, String field) {
    return Boolean.TRUE.equals(document.getBoolean(field));
  }

  static @Nullable Instant time(DocumentSnapshot document, String field) {
    Timestamp value = document.getTimestamp(field);
    return value == null ? null : Times.instant(value);
  }

  static Map<String, Object> map(DocumentSnapshot document, String field) {
    var copy = new HashMap<String, Object>();
    if (document.get(field) instanceof Map<?, ?> stored) {
      stored.forEach((key, value) -> copy.put(String.valueOf(key), value));
    }
    return copy;
  }
}
