package app.infinitestories.functions.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer whose status or headers the handler decides; handlers with one kind of success just
 * return the value.
 */
public record Reply<R>(Status status, @Nullable R body, Map<String, String> headers) {
  public Reply {
    headers = Map.copyOf(headers);
  }

  public static <R> Reply<R> of(Status status, R body) {
    return new Reply<>(status, body, Map.of());
  }

  /** The same answer with one header more. */
  public Reply<R> with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply<>(status, body, more);
  }
}
