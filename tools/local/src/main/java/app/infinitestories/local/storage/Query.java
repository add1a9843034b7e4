package app.infinitestories.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The decoded parameters of a request; those that an operation does not know are refused. */
record Query(Map<String, String> values) {
  private static final Set<String> EVERYWHERE =
      Set.of("alt", "prettyPrint", "fields", "key", "quotaUser", "projection", "$.xgafv");
  private static final Set<String> CONDITIONS =
      Set.of(
          "ifGenerationMatch",
          "ifGenerationNotMatch",
          "ifMetagenerationMatch",
          "ifMetagenerationNotMatch");

  static Query of(@Nullable String raw) {
    var values = new LinkedHashMap<String, String>();
    if (raw != null && !raw.isEmpty()) {
      for (String pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        var name = equals < 0 ? pair : pair.substring(0, equals);
        var value = equals < 0 ? "" : pair.substring(equals + 1);
        values.put(URLDecoder.decode(name, UTF_8), URLDecoder.decode(value, UTF_8));
      }
    }
    return new Query(values);
  }

  /**
   * @throws StorageFault 501 for a parameter that is neither general, nor a condition, nor named
   */
  Query allowing(String... names) {
    var own = Set.of(names);
    for (String name : values.keySet()) {
      if (!EVERYWHERE.contains(name) && !CONDITIONS.contains(name) && !own.contains(name)) {
        throw StorageFault.notHere("the parameter " + name);
      }
    }
    return this;
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  Optional<Long> number(String name) {
    return get(name).map(value -> parse(name, value));
  }

  String require(String name) {
    return get(name).orElseThrow(() -> StorageFault.invalid("Required parameter: " + name));
  }

  Preconditions preconditions() {
    return preconditions("");
  }

  /** The conditions for a copy's source start with {@code ifSource}. */
  Preconditions sourcePreconditions() {
    return preconditions("Source");
  }

  private Preconditions preconditions(String side) {
    var found = new HashMap<String, Long>();
    for (String condition : CONDITIONS) {
      var name = "if" + side + condition.substring(2);
      number(name).ifPresent(value -> found.put(condition, value));
    }
    return new Preconditions(found);
  }

  private static long parse(String name, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw StorageFault.invalid("Invalid value for " + name + ": " + value);
    }
  }
}
