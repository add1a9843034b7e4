package app.infinitestories.functions.web;

import app.infinitestories.ratelimit.RateLimit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Every mounted route as one line of text, for reviews: who may call what, and how often. */
final class RouteList {
  private RouteList() {}

  static String write(List<Endpoint<?, ?>> endpoints) {
    List<List<String>> rows =
        endpoints.stream()
            .sorted(
                Comparator.<Endpoint<?, ?>, String>comparing(Endpoint::path)
                    .thenComparing(Endpoint::method))
            .map(RouteList::row)
            .toList();
    String line =
        "%%-%ds  %%-%ds  %%-%ds  %%-%ds  %%s"
            .formatted(width(rows, 0), width(rows, 1), width(rows, 2), width(rows, 3));
    return rows.stream()
        .map(row -> String.format(line, row.toArray()).stripTrailing())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1);
  }

  private static List<String> row(Endpoint<?, ?> endpoint) {
    return List.of(
        endpoint.method(),
        endpoint.path(),
        endpoint.authority().label(),
        endpoint.limit().map(RouteList::limit).orElse("-"),
        endpoint.successes().stream()
                .map(status -> Integer.toString(status.code()))
                .collect(Collectors.joining(","))
            + (endpoint.idempotent() ? " idempotent" : "")
            + endpoint.cached().map(fresh -> " cached " + fresh.toSeconds() + " s").orElse(""));
  }

  private static String limit(RateLimit limit) {
    return limit.name() + " " + limit.label();
  }
}
