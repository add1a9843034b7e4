package app.infinitestories.functions.web;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import java.util.Set;

/**
 * The names that nothing may have as its id, because a fixed path takes them before a parameter
 * can: read from the routes themselves, so that a new route is heeded from its first day.
 */
public final class FixedSegments {
  private FixedSegments() {}

  /**
   * What {@code {id}} cannot be in a path such as {@code /api/v1/things/{id}}.
   *
   * @param routes everything that is mounted; read when the names are first asked for
   */
  public static Supplier<Set<String>> insteadOf(String path, RouteGroup routes) {
    return Suppliers.memoize(() -> new RouteTable(Routes.collect(routes)).fixedInsteadOf(path));
  }
}
