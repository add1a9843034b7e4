package app.infinitestories.catalog;

import static app.infinitestories.platform.firestore.Times.instant;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Fields of a stored document by type; one that is missing is named in the exception. */
record Fields(Map<String, ?> values) {

  static Fields of(DocumentSnapshot document) {
    return new Fields(
        Objects.requireNonNull(document.getData(), () -> document.getReference().getPath()));
  }

  String text(String name) {
    return (String) there(name);
  }

  @Nullable String textOrNull(String name) {
    return (String) values.get(name);
  }

  boolean bool(String name) {
    return (Boolean) there(name);
  }

  long number(String name) {
    return ((Number) there(name)).longValue();
  }

  int integer(String name) {
    return Math.toIntExact(number(name));
  }

  double decimal(String name) {
    return ((Number) there(name)).doubleValue();
  }

  Instant time(String name) {
    return instant((Timestamp) there(name));
  }

  /** A list of maps, each read as one value. */
  @SuppressWarnings("unchecked") // Firestore's maps have texts as keys
  <T> List<T> list(String name, Function<Fields, T> read) {
    return ((List<?>) there(name))
        .stream().map(item -> read.apply(new Fields((Map<String, ?>) item))).toList();
  }

  private Object there(String name) {
    return Objects.requireNonNull(values.get(name), name);
  }
}
