package app.infinitestories.functions.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How an enum constant is written in JSON: its {@code @JsonProperty} name, else its own name in
 * lower case, so that FAIRY_TALE is {@code fairy_tale}.
 */
final class WireNames {
  private WireNames() {}

  static String of(Enum<?> constant) {
    try {
      JsonProperty named =
          constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
      return named == null ? constant.name().toLowerCase(Locale.ROOT) : named.value();
    } catch (NoSuchFieldException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** All constants of an enum by wire name, in order of declaration. */
  static Map<String, Enum<?>> table(Class<?> type) {
    Map<String, Enum<?>> table = new LinkedHashMap<>();
    for (Object constant : type.getEnumConstants()) {
      table.put(of((Enum<?>) constant), (Enum<?>) constant);
    }
    return table;
  }
}
