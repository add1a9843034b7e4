package app.infinitestories.functions.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One validation annotation, understood: how it judges a value and how it shows in the schema. An
 * annotation that is not understood stops the start, so that none is silently ignored.
 *
 * @param judge the problem with a value, or null; asked only about values that are there
 */
record Constraint(
    boolean required, Function<Object, @Nullable String> judge, Consumer<ObjectNode> schema) {

  /** The constraints among some annotations, for a value of the given type. */
  static List<Constraint> of(Annotation[] annotations, Class<?> type, String where) {
    List<Constraint> constraints = new ArrayList<>();
    for (Annotation annotation : annotations) {
      Constraint constraint = of(annotation, type, where);
      if (constraint != null) {
        constraints.add(constraint);
      }
    }
    return constraints;
  }

  private static @Nullable Constraint of(Annotation annotation, Class<?> type, String where) {
    return switch (annotation) {
      case NotNull notNull -> new Constraint(true, value -> null, schema -> {});
      case NotBlank notBlank when type == String.class ->
          new Constraint(
              true,
              value -> ((String) value).isBlank() ? "must not be blank" : null,
              schema -> raise(schema, "minLength", 1));
      case Size size when type == String.class || type == List.class || type == Map.class ->
          size(size, type);
      case Min min when isWhole(type) ->
          new Constraint(
              false,
              value ->
                  ((Number) value).longValue() < min.value()
                      ? "must be at least " + min.value()
                      : null,
              schema -> schema.put("minimum", min.value()));
      case Max max when isWhole(type) ->
          new Constraint(
              false,
              value ->
                  ((Number) value).longValue() > max.value()
                      ? "must be at most " + max.value()
                      : null,
              schema -> schema.put("maximum", max.value()));
      case Pattern pattern when type == String.class && pattern.flags().length == 0 ->
          pattern(pattern);
      case OneOf oneOf when type == String.class -> oneOf(List.of(oneOf.value()));
      // records are always looked into; the annotation is allowed because people expect it
      case Valid valid -> null;
      default -> sharedList(annotation, type, where);
    };
  }

  private static boolean isWhole(Class<?> type) {
    return type == int.class || type == Integer.class || type == long.class || type == Long.class;
  }

  private static Constraint size(Size size, Class<?> type) {
    String unit = type == String.class ? "Length" : type == List.class ? "Items" : "Properties";
    return new Constraint(
        false,
        value -> {
          int length = length(value);
          if (length >= size.min() && length <= size.max()) {
            return null;
          }
          String what = type == String.class ? " characters long" : " entries long";
          if (size.max() == Integer.MAX_VALUE) {
            return "must be at least " + size.min() + what;
          }
          return size.min() == 0
              ? "must be at most " + size.max() + what
              : "must be " + size.min() + " to " + size.max() + what;
        },
        schema -> {
          if (size.min() > 0) {
            raise(schema, "min" + unit, size.min());
          }
          if (size.max() < Integer.MAX_VALUE) {
            schema.put("max" + unit, size.max());
          }
        });
  }

  private static void raise(ObjectNode schema, String key, int value) {
    schema.put(key, Math.max(schema.path(key).asInt(0), value));
  }

  /** Characters as people and JSON Schema count them: an emoji is one, not two. */
  private static int length(Object value) {
    return switch (value) {
      case String text -> text.codePointCount(0, text.length());
      case List<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      default -> throw new IllegalArgumentException("no length: " + value.getClass());
    };
  }

  private static Constraint pattern(Pattern pattern) {
    var compiled = java.util.regex.Pattern.compile(pattern.regexp());
    String problem =
        pattern.message().startsWith("{") ? "has not the right form" : pattern.message();
    return new Constraint(
        false,
        value -> compiled.matcher((String) value).matches() ? null : problem,
        schema -> schema.put("pattern", "^(?:" + pattern.regexp() + ")$"));
  }

  static Constraint oneOf(List<String> values) {
    return new Constraint(
        false,
        value -> values.contains((String) value) ? null : "must be one of " + join(values),
        schema -> values.forEach(schema.withArray("enum")::add));
  }

  static String join(List<String> values) {
    return String.join(", ", values);
  }

  private static @Nullable Constraint sharedList(
      Annotation annotation, Class<?> type, String where) {
    OneOf list = annotation.annotationType().getAnnotation(OneOf.class);
    return list != null && type == String.class
        ? oneOf(List.of(list.value()))
        : refuseUnknown(annotation, type, where);
  }

  private static @Nullable Constraint refuseUnknown(
      Annotation annotation, Class<?> type, String where) {
    String name = annotation.annotationType().getName();
    boolean isConstraint =
        name.startsWith("jakarta.validation.")
            || annotation.annotationType() == OneOf.class
            || annotation.annotationType().isAnnotationPresent(OneOf.class)
            || Arrays.stream(annotation.annotationType().getAnnotations())
                .anyMatch(meta -> meta.annotationType() == jakarta.validation.Constraint.class);
    if (isConstraint) {
      throw new IllegalStateException(
          where + ": @" + name + " on " + type.getSimpleName() + " is not understood here");
    }
    return null;
  }
}
