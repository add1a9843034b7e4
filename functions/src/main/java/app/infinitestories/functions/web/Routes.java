package app.infinitestories.functions.web;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The table that route groups write themselves into; see {@link RouteStages} for one line of it.
 */
public final class Routes {
  private final String prefix;
  private final Ledger ledger;

  /** What was begun and what was finished: a line without a handler is an error at start. */
  private static final class Ledger {
    final Set<String> begun = new LinkedHashSet<>();
    final List<Endpoint<?, ?>> finished = new ArrayList<>();
  }

  private Routes(String prefix, Ledger ledger) {
    this.prefix = prefix;
    this.ledger = ledger;
  }

  /** Also answers HEAD. */
  public RouteStages.NeedsAuthority get(String path) {
    return begin("GET", path);
  }

  public RouteStages.NeedsAuthority post(String path) {
    return begin("POST", path);
  }

  public RouteStages.NeedsAuthority put(String path) {
    return begin("PUT", path);
  }

  public RouteStages.NeedsAuthority patch(String path) {
    return begin("PATCH", path);
  }

  public RouteStages.NeedsAuthority delete(String path) {
    return begin("DELETE", path);
  }

  /** Mounts a group below a prefix such as {@code /api/v2}. */
  public void under(String morePrefix, RouteGroup group) {
    group.mount(new Routes(prefix + morePrefix, ledger));
  }

  private RouteStages.NeedsAuthority begin(String method, String path) {
    String full = prefix + path;
    if (!ledger.begun.add(method + " " + full)) {
      throw new IllegalStateException(method + " " + full + " is mounted twice");
    }
    return new RouteStages.NeedsAuthority(method, full, ledger.finished::add);
  }

  /** What a group mounts; a mistake in a route is thrown from here. */
  static List<Endpoint<?, ?>> collect(RouteGroup group) {
    Ledger ledger = new Ledger();
    group.mount(new Routes("", ledger));
    Set<String> open = new LinkedHashSet<>(ledger.begun);
    ledger.finished.forEach(endpoint -> open.remove(endpoint.name()));
    if (!open.isEmpty()) {
      throw new IllegalStateException("routes without a handler: " + open);
    }
    return List.copyOf(ledger.finished);
  }
}
