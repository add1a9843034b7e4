package app.infinitestories.functions.web;

/** A feature's routes: one class whose {@code mount} reads as a table. */
@FunctionalInterface
public interface RouteGroup {
  void mount(Routes r);
}
