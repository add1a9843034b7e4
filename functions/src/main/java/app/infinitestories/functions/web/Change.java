package app.infinitestories.functions.web;

import org.jspecify.annotations.Nullable;

/**
 * A field of a PATCH body: left out, set to a value, or cleared by null where the value's type is
 * {@code @Nullable}. Constraints stand at the value's type: {@code Change<@Size(max = 9) String>}.
 *
 * @param given whether the client named the field
 * @param value what it is to be; null when it is not given or cleared
 */
public record Change<T extends @Nullable Object>(boolean given, @Nullable T value) {
  /** The field was left out. */
  public static <T extends @Nullable Object> Change<T> none() {
    return new Change<>(false, null);
  }

  /** The field was null. */
  public static <T extends @Nullable Object> Change<T> cleared() {
    return new Change<>(true, null);
  }

  /** The field has this value. */
  public static <T extends @Nullable Object> Change<T> to(T value) {
    return new Change<>(true, value);
  }
}
